// read_file.hpp - files that another command has written.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cli/commands.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace oche::cli {

/// What `parse` makes of the file; `hint` says which command writes one.
/// Fails: throws WrongUsage where there is no such file or it holds something else.
template <class T>
[[nodiscard]] T read_file(const std::string& name, Result<T> (*parse)(std::string_view),
                          std::string hint) {
  std::ifstream file(name, std::ios::binary);
  if (!file)
    throw WrongUsage(Failure{.what = fmt::format("there is no file {} that can be read", name),
                             .hint = std::move(hint)});
  Result<T> read = parse(std::string(std::istreambuf_iterator<char>(file), {}));
  if (!read) {
    Failure failure = read.failure();
    failure.facts.push_back({"file", name});
    throw WrongUsage(std::move(failure));
  }
  return std::move(read).value();
}

}  // namespace oche::cli
