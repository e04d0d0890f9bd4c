// read_disk.cpp - what files and folders say now.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/fs/read_disk.hpp"

#include "engine/process/descriptor.hpp"
#include "plugins/folder_watch.hpp"
#include <oche/base/digest.hpp>
#include <oche/base/error.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

namespace oche::detail {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largest = 16U << 20U;

Failure cannot_read(const std::string& path, const std::string& reason) {
  return {.what = "cannot read " + path,
          .kind = FailureClass::errored,
          .facts = {{"reason", reason}},
          .hint = "it is read again as soon as it changes"};
}

/// Hands the bytes of a file to `take`, piece by piece. Not of a pipe, which would wait.
struct stat read_pieces(const std::string& path, const std::function<void(std::string_view)>& take,
                        std::uintmax_t most) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat is = {};
  if (!file.is_open() || fstat(file.get(), &is) != 0) {
    throw Error(cannot_read(path, std::strerror(errno)));
  }
  if (!S_ISREG(is.st_mode)) throw Error(cannot_read(path, "it is no file"));
  std::array<char, 65536> buffer;
  std::uintmax_t sum = 0;
  for (;;) {
    const ssize_t got = read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(cannot_read(path, std::strerror(errno)));
    if (got == 0) return is;
    sum += static_cast<std::uintmax_t>(got);
    if (sum > most) throw Error(cannot_read(path, "it is larger than 16 MiB"));
    take({buffer.data(), static_cast<std::size_t>(got)});
  }
}

/// What vanishes meanwhile is told of by the watch, and read again then.
void add_file(const fs::path& file, const fs::path& folder, std::vector<WatchedFile>& files) {
  Sha256 digest;
  try {
    const struct stat is = read_pieces(
        file.string(), [&](std::string_view bytes) { digest.update(bytes); }, ~std::uintmax_t{0});
    files.push_back({file.lexically_relative(folder).generic_string(), digest.finish().hex(),
                     (is.st_mode & S_IXUSR) != 0});
  } catch (const Error&) {
    if (fs::exists(file)) throw;
  }
}

}  // namespace

Result<std::string> read_whole_file(const std::string& path) {
  try {
    std::string text;
    read_pieces(path, [&](std::string_view bytes) { text += bytes; }, largest);
    return text;
  } catch (const Error& error) {
    return error.failure();
  }
}

Result<WatchedFolder> list_folder(const std::string& path) {
  try {
    WatchedFolder folder{path, {}};
    for (auto entry = fs::recursive_directory_iterator(path);
         entry != fs::recursive_directory_iterator(); ++entry) {
      if (entry->path().filename() == ".git") {
        entry.disable_recursion_pending();
      } else if (entry->is_regular_file() && !entry->is_symlink()) {
        add_file(entry->path(), path, folder.files);
      }
    }
    std::sort(folder.files.begin(), folder.files.end(),
              [](const WatchedFile& a, const WatchedFile& b) { return a.path < b.path; });
    return folder;
  } catch (const fs::filesystem_error& error) {
    return cannot_read(path, error.code().message());
  } catch (const Error& error) {
    return error.failure();
  }
}

Action watch_path(const std::string& path, Action changed) {
  auto watching = std::make_shared<FolderWatch>(
      std::vector{path}, [](std::string_view name) { return name == ".git"; },
      [changed = std::move(changed)] { changed(); });
  return [held = std::make_shared<std::shared_ptr<FolderWatch>>(std::move(watching))] {
    held->reset();
  };
}

}  // namespace oche::detail
