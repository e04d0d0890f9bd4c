// golden.hpp - compares a text with the one that was kept, and keeps the new one when told to.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace oche::testing {

/// All of a file's bytes; empty if there is none.
[[nodiscard]] inline std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// True if `text` means what the file says; `means` gives what is compared (the text itself, or its
/// structure). With OCHE_PROMOTE=1 in the environment a different file is replaced, which is then
/// right. Without it what was seen is written to `<file's name>.seen`, where the program runs.
template <class Means>
[[nodiscard]] bool golden(const std::filesystem::path& file, std::string_view text, Means means) {
  const bool exists = std::filesystem::exists(file);
  if (exists && means(read_text(file)) == means(std::string(text))) return true;
  const char* const promote = std::getenv("OCHE_PROMOTE");
  const bool is_promoted = promote != nullptr && std::string_view(promote) == "1";
  const std::filesystem::path to =
      is_promoted ? file : std::filesystem::path(file.filename().string() + ".seen");
  if (is_promoted && file.has_parent_path()) {
    std::filesystem::create_directories(file.parent_path());
  }
  std::ofstream(to, std::ios::binary | std::ios::trunc) << text;
  return is_promoted;
}
[[nodiscard]] inline bool golden(const std::filesystem::path& file, std::string_view text) {
  return golden(file, text, [](std::string same) { return same; });
}

}  // namespace oche::testing
