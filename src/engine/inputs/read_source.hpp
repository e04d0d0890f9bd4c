// read_source.hpp - reads an input whatever its reader does.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/error.hpp>
#include <oche/term/payload.hpp>

namespace oche::detail {

/// A source is a user's code: what it throws is a failed read and no more.
[[nodiscard]] inline Result<Value> read_source(Source& source) {
  try {
    return source.read();
  } catch (const Error& error) {
    return error.failure();
  } catch (const std::exception& error) {
    return Failure{.what = error.what(), .kind = FailureClass::errored};
  } catch (...) {
    return Failure{.what = "reading threw something that is no std::exception",
                   .kind = FailureClass::errored};
  }
}

}  // namespace oche::detail
