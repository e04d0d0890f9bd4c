// sandbox.cpp - the bubblewrap command line that a command is wrapped in.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// The root is an empty tmpfs on which the host's system folders are bound read-only, one by one,
// and which is made read-only itself at the end. An engine run by root stays root on the host's
// disk (its work folders are root's), without any capability, so that what only root may read would
// still be readable: entries that others may not read are therefore covered, in the folders where
// systems keep such things.
#include "engine/process/sandbox.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace oche::detail {
namespace {

namespace fs = std::filesystem;

/// Made anew, or kept out: devices, state, other people's.
constexpr std::array<std::string_view, 14> not_shown = {
    "proc", "dev",   "sys", "run", "tmp",        "home",  "root",
    "mnt",  "media", "srv", "var", "lost+found", "build", "boot"};

/// Of what is kept out, what programs need: package data, processor counts.
constexpr std::array<std::string_view, 3> shown_after_all = {"var/lib", "var/cache",
                                                             "sys/devices/system/cpu"};

/// Where things that only root may read lie among things for everyone.
constexpr std::array<std::string_view, 5> with_private_entries = {"etc", "etc/ssl", "etc/ssh",
                                                                  "var/lib", "var/cache"};

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) {
    out.push_back(at->path());
  }
  std::ranges::sort(out);
  return out;
}

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

void show(const fs::path& host, const std::string& inside, std::vector<std::string>& out) {
  std::error_code error;
  if (fs::is_symlink(host, error)) {
    out.insert(out.end(), {"--symlink", fs::read_symlink(host, error).string(), inside});
  } else if (is_folder(host)) {
    out.insert(out.end(), {"--ro-bind", host.string(), inside});
  }
}

void cover_private(const fs::path& folder, const std::string& inside,
                   std::vector<std::string>& out) {
  for (const auto& entry : entries_of(folder)) {
    struct stat facts{};
    if (::lstat(entry.c_str(), &facts) != 0 || S_ISLNK(facts.st_mode)) continue;
    const auto place = fmt::format("{}/{}", inside, entry.filename().string());
    if (S_ISDIR(facts.st_mode)) {
      const bool is_private = (facts.st_mode & (S_IROTH | S_IXOTH)) != (S_IROTH | S_IXOTH);
      if (is_private) out.insert(out.end(), {"--perms", "0755", "--tmpfs", place});
    } else if ((facts.st_mode & S_IROTH) == 0) {
      out.insert(out.end(), {"--ro-bind", "/dev/null", place});
    }
  }
}

void add_bind(const Bind& bind, std::vector<std::string>& out) {
  out.insert(out.end(),
             {bind.writable ? "--bind" : "--ro-bind", bind.host.string(), bind.inside.string()});
}

int number_after(std::string_view text, std::string_view name, int otherwise) {
  const auto at = text.find(name);
  if (at == std::string_view::npos) return otherwise;
  text.remove_prefix(at + name.size());
  text.remove_prefix(std::min(text.find_first_not_of(": "), text.size()));
  int number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

SandboxRoot::SandboxRoot(const std::string& root) {
  const fs::path host{root};
  for (const auto& entry : entries_of(host)) {
    const auto name = entry.filename().string();
    if (std::ranges::find(not_shown, name) == not_shown.end()) show(entry, "/" + name, shown_);
  }
  for (const auto name : shown_after_all)
    show(host / name, fmt::format("/{}", name), shown_);
  for (const auto name : with_private_entries) {
    if (is_folder(host / name)) cover_private(host / name, fmt::format("/{}", name), shown_);
  }
}

std::vector<std::string> SandboxRoot::wrap(const std::string& bwrap, const std::string& program,
                                           const ProcessRequest& request) const {
  const auto user = std::to_string(sandbox_user);
  const std::string folder{sandbox_folder};
  std::vector<std::string> out = {bwrap,
                                  "--unshare-all",
                                  "--unshare-user",
                                  "--uid",
                                  user,
                                  "--gid",
                                  user,
                                  "--die-with-parent",
                                  "--new-session",
                                  "--cap-drop",
                                  "ALL",
                                  "--json-status-fd",
                                  std::to_string(sandbox_status)};
  if (request.network) out.emplace_back("--share-net");
  out.insert(out.end(), shown_.begin(), shown_.end());
  if (request.network) {  // where /etc/resolv.conf may lead
    out.insert(out.end(), {"--ro-bind-try", "/run/systemd/resolve", "/run/systemd/resolve"});
  }
  out.insert(out.end(), {"--dev", "/dev", "--proc", "/proc", "--perms", "1777", "--tmpfs", "/tmp",
                         "--perms", "1777", "--tmpfs", "/var/tmp", "--dir", "/run", "--symlink",
                         "/run", "/var/run", "--tmpfs", std::string(sandbox_home)});
  for (const auto& hidden : request.hidden) {
    if (is_folder(hidden)) out.insert(out.end(), {"--tmpfs", hidden.string()});
  }
  add_bind({request.folder, folder, true}, out);
  for (const auto& bind : request.binds) {
    add_bind(bind, out);
  }
  auto start = fs::path{folder};
  if (!request.start_in.empty()) start = (start / request.start_in).lexically_normal();
  out.insert(out.end(), {"--remount-ro", "/", "--chdir", start.string(), "--", program});
  return out;
}

SandboxStatus read_sandbox_status(std::string_view text) {
  constexpr std::string_view exit = "\"exit-code\"";
  return {.ran = text.find(exit) != std::string_view::npos,
          .exit_code = number_after(text, exit, -1),
          .init = number_after(text, "\"child-pid\"", 0)};
}

}  // namespace oche::detail
