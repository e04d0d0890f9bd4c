// terminal.hpp - where the commands print, and what they may print there.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/text.hpp"
#include <oche/base/failure.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace oche::cli {

using detail::did_you_mean;

/// Is this stream a terminal that understands cursor movements?
[[nodiscard]] bool is_terminal(std::FILE* stream);
/// Coloured for a terminal, unless NO_COLOR is set.
[[nodiscard]] TextStyle style_of(std::FILE* stream);
[[nodiscard]] unsigned width_of(std::FILE* stream);

/// To standard error, as style.md's errors look.
void print_failure(const Failure& failure);
/// To standard output; a closed pipe is the reader's choice and no error.
void print(std::string_view text);

/// The same into a file, if one is named. Fails: throws oche::Error if it cannot be written.
void print_to(const std::string& file, std::string_view text);

}  // namespace oche::cli
