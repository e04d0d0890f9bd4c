// folder_feed.cpp - a folder with numbered versions and a pointer to the latest.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/feed/folder_feed.hpp"

#include "engine/process/descriptor.hpp"
#include <oche/base/error.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <fstream>
#include <utility>

namespace oche::detail {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view partial_prefix = ".partial-";
constexpr std::string_view tree_suffix = ".tree";

std::optional<std::uint32_t> number_of(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// What was written to this file system is on its disk.
void sync(const fs::path& folder) {
  const Descriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open() || syncfs(opened.get()) != 0) {
    throw fs::filesystem_error("cannot sync", folder,
                               std::error_code(errno, std::generic_category()));
  }
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

FolderFeed::FolderFeed(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  for (const auto& entry : fs::directory_iterator(folder_)) {
    if (entry.path().filename().native().starts_with(partial_prefix)) fs::remove_all(entry.path());
  }
}

std::optional<std::uint32_t> FolderFeed::find(const Tree& tree) const {
  for (const auto& entry : fs::directory_iterator(folder_)) {
    if (entry.path().extension() != tree_suffix) continue;
    const auto number = number_of(entry.path().stem().native());
    // The name of a version comes last: without its folder it was never published.
    if (number && content(entry.path()) == tree.id && fs::exists(folder_ / entry.path().stem())) {
      return number;
    }
  }
  return std::nullopt;
}

std::uint32_t FolderFeed::newest() const {
  std::uint32_t newest = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    if (const auto number = number_of(entry.path().filename().native())) {
      newest = std::max(newest, *number);
    }
  }
  return newest;
}

std::uint32_t FolderFeed::add(const Tree& tree,
                              const std::function<void(const std::string& folder)>& fill) {
  const std::uint32_t version = newest() + 1;
  const std::string name = std::to_string(version);
  const fs::path aside = folder_ / (std::string(partial_prefix) + name);
  fill(aside.string());
  const fs::path aside_tree =
      folder_ / (std::string(partial_prefix) + name + std::string(tree_suffix));
  {
    std::ofstream out(aside_tree, std::ios::binary);
    out << tree.id;
    if (!out.flush()) {
      throw fs::filesystem_error("cannot write", aside_tree,
                                 std::error_code(errno, std::generic_category()));
    }
  }
  sync(folder_);
  fs::rename(aside_tree, folder_ / (name + std::string(tree_suffix)));
  fs::rename(aside, folder_ / name);
  return version;
}

void FolderFeed::set_latest(std::uint32_t version) {
  const fs::path aside = folder_ / (std::string(partial_prefix) + "latest");
  fs::remove(aside);
  fs::create_symlink(std::to_string(version), aside);
  fs::rename(aside, folder_ / "latest");
  sync(folder_);
}

}  // namespace oche::detail
