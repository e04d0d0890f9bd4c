// caught.hpp - failures as exceptions inside a room's part, as values outside.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>

#include <exception>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace oche::detail {

/// An Error of class `errored`: something could not be done at all.
[[nodiscard]] inline Error errored(std::string what, std::vector<Fact> facts,
                                   std::string hint = {}) {
  return Error(
      Failure{std::move(what), FailureClass::errored, std::move(facts), std::move(hint), {}});
}

/// An Error of class `failed`: it could be done, and the answer is no.
[[nodiscard]] inline Error said_no(std::string what, std::vector<Fact> facts,
                                   std::string hint = {}) {
  return Error(
      Failure{std::move(what), FailureClass::failed, std::move(facts), std::move(hint), {}});
}

/// What the system says of an `errno`: "No space left on device".
[[nodiscard]] inline std::string reason_of(int error) {
  return std::generic_category().message(error);
}

/// What `work` gives, or the failure that it threw.
template <class Work>
[[nodiscard]] auto caught(Work work) -> Result<decltype(work())> {
  try {
    return work();
  } catch (const Error& error) {
    return error.failure();
  } catch (const std::exception& error) {
    return Failure{"out of memory or worse", FailureClass::errored, {{"reason", error.what()}}};
  }
}

}  // namespace oche::detail
