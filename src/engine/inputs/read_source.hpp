// read_source.hpp - calls an input's source, whatever that does.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/error.hpp>
#include <oche/term/payload.hpp>

#include <functional>
#include <utility>

namespace oche::detail {

/// What `call` gives. A source is a user's code: what it throws is a failure and no more.
template <class Call>
[[nodiscard]] Result<Value> guarded(Call call) {
  try {
    return call();
  } catch (const Error& error) {
    return error.failure();
  } catch (const std::exception& error) {
    return Failure{.what = error.what(), .kind = FailureClass::errored};
  } catch (...) {
    return Failure{.what = "it threw something that is no std::exception",
                   .kind = FailureClass::errored};
  }
}

[[nodiscard]] inline Result<Value> read_source(Source& source) {
  return guarded([&] { return source.read(); });
}

/// Ends a subscription; that a source throws then is of no interest to anybody.
inline void end_subscription(const std::function<void()>& unsubscribe) {
  [[maybe_unused]] const Result<Value> ignored = guarded([&]() -> Result<Value> {
    if (unsubscribe) unsubscribe();
    return Failure{};
  });
}

}  // namespace oche::detail
