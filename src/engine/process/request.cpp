// request.cpp - how a process ended, in words and as a failure.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/request.hpp"

#include <fmt/format.h>
#include <string.h>

namespace oche::detail {
namespace {

std::string name_of(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

}  // namespace

std::string describe(const ProcessResult& result) {
  if (result.not_started) return result.not_started->what;
  if (result.timed_out) return "timed out";
  if (result.cancelled) return "cancelled";
  if (!result.exit_code) return fmt::format("killed by {}", name_of(result.signal));
  const int code = *result.exit_code;
  if (result.sandboxed && code > 128 && ::sigabbrev_np(code - 128) != nullptr) {
    return fmt::format("exit status {}, as after {}", code, name_of(code - 128));
  }
  return fmt::format("exit status {}", code);
}

std::optional<Failure> failure_of(const ProcessResult& result) {
  if (result.is_success()) return std::nullopt;
  if (result.timed_out) return Failure{.what = "timed out", .kind = FailureClass::timed_out};
  if (result.cancelled) return Failure{.what = "cancelled", .kind = FailureClass::cancelled};
  if (result.not_started) return result.not_started;
  return Failure{.what = describe(result), .kind = FailureClass::failed};
}

}  // namespace oche::detail
