// error.hpp - the exception that carries a failure.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/failure.hpp>

#include <memory>
#include <stdexcept>

namespace oche {

/// Thrown where a pipeline is built wrongly, and by functions that promise a value or this.
/// `what()` is the failure's first line; `render(failure())` is all of it.
class Error : public std::runtime_error {
 public:
  explicit Error(Failure failure);
  explicit Error(std::string what) : Error(Failure{static_cast<std::string&&>(what)}) {}
  [[nodiscard]] const Failure& failure() const noexcept { return *failure_; }

 private:
  // Shared, since copying an exception must not throw.
  std::shared_ptr<const Failure> failure_;
};

}  // namespace oche
