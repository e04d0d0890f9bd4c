// power_cut.cpp - a FUSE file system whose power can be cut, and which can be full.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: power_cut BACKING MOUNT-POINT SEED. What BACKING holds is mounted, and written back when
// the file system is unmounted. Signals: USR1 fills the disk, USR2 makes room, TERM says that the
// unmount to come is a power cut: whoever sends it has killed everybody who uses the disk.
#define FUSE_USE_VERSION 35
#include "disk.hpp"

#include <fuse.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <random>

namespace {

using namespace power_cut;

volatile std::sig_atomic_t is_full = 0;
volatile std::sig_atomic_t is_cut = 0;

Disk& disk() { return *static_cast<Disk*>(fuse_get_context()->private_data); }

/// An open file stays what it is when it is removed or moved.
NodePointer node_of(const char* path, const fuse_file_info* info) {
  if (info != nullptr && info->fh != 0) return *reinterpret_cast<NodePointer*>(info->fh);
  return disk().find(path);
}

void hold(fuse_file_info* info, const NodePointer& node) {
  info->fh = reinterpret_cast<std::uint64_t>(new NodePointer(node));
}

int let_go(const char*, fuse_file_info* info) {
  delete reinterpret_cast<NodePointer*>(info->fh);
  return 0;
}

/// The folder that holds a path, and the path's last name.
struct Target {
  explicit Target(std::string_view path)
      : folder(disk().find(path.substr(0, path.rfind('/')))),
        name(path.substr(path.rfind('/') + 1)) {}
  NodePointer folder;
  std::string name;
};

int add(const char* path, Kind kind, mode_t mode, NodePointer* made = nullptr) {
  const Target target(path);
  if (target.folder == nullptr) return -ENOENT;
  if (target.folder->entries.contains(target.name)) return -EEXIST;
  if (is_full != 0) return -ENOSPC;
  const NodePointer node = disk().add(*target.folder, target.name, kind, mode);
  if (made != nullptr) *made = node;
  return 0;
}

void describe(const Node& node, struct stat* facts) {
  *facts = {};
  facts->st_mode = node.mode | (node.kind == Kind::folder ? S_IFDIR
                                : node.kind == Kind::link ? S_IFLNK
                                                          : S_IFREG);
  facts->st_nlink = node.kind == Kind::folder ? 2 : 1;
  facts->st_size = static_cast<off_t>(node.bytes.size());
  facts->st_blocks = (facts->st_size + 511) / 512;
  facts->st_mtim = facts->st_ctim = facts->st_atim = node.modified;
}

void* begin(fuse_conn_info*, fuse_config* config) {
  config->kernel_cache = 1;  // nobody else changes anything
  config->entry_timeout = config->attr_timeout = 3600;
  config->hard_remove = 1;
  config->nullpath_ok = 1;
  return fuse_get_context()->private_data;
}

int get_facts(const char* path, struct stat* facts, fuse_file_info* info) {
  const NodePointer node = node_of(path, info);
  if (node == nullptr) return -ENOENT;
  describe(*node, facts);
  return 0;
}

int read_folder(const char* path, void* buffer, fuse_fill_dir_t fill, off_t, fuse_file_info* info,
                fuse_readdir_flags) {
  const NodePointer node = node_of(path, info);
  if (node == nullptr) return -ENOENT;
  fill(buffer, ".", nullptr, 0, {});
  fill(buffer, "..", nullptr, 0, {});
  for (const auto& [name, entry] : node->entries)
    fill(buffer, name.c_str(), nullptr, 0, {});
  return 0;
}

int open_node(const char* path, fuse_file_info* info) {
  const NodePointer node = disk().find(path);
  if (node == nullptr) return -ENOENT;
  hold(info, node);
  return 0;
}

int create(const char* path, mode_t mode, fuse_file_info* info) {
  NodePointer node;
  if (const int error = add(path, Kind::file, mode, &node); error != 0) return error;
  hold(info, node);
  return 0;
}

int make_folder(const char* path, mode_t mode) { return add(path, Kind::folder, mode); }

int make_link(const char* to, const char* path) {
  NodePointer node;
  if (const int error = add(path, Kind::link, 0777, &node); error != 0) return error;
  node->bytes = to;
  return 0;
}

int read_link(const char* path, char* buffer, std::size_t size) {
  const NodePointer node = disk().find(path);
  if (node == nullptr) return -ENOENT;
  std::snprintf(buffer, size, "%s", node->bytes.c_str());
  return 0;
}

int read_bytes(const char* path, char* buffer, std::size_t size, off_t offset,
               fuse_file_info* info) {
  const NodePointer node = node_of(path, info);
  const auto from = std::min(static_cast<std::size_t>(offset), node->bytes.size());
  return static_cast<int>(node->bytes.copy(buffer, size, from));
}

int write_bytes(const char* path, const char* bytes, std::size_t size, off_t offset,
                fuse_file_info* info) {
  const NodePointer node = node_of(path, info);
  const auto from = static_cast<std::size_t>(offset);
  if (is_full != 0 && from + size > node->bytes.size()) return -ENOSPC;
  disk().write(*node, from, {bytes, size});
  return static_cast<int>(size);
}

int resize(const char* path, off_t size, fuse_file_info* info) {
  const NodePointer node = node_of(path, info);
  if (node == nullptr) return -ENOENT;
  if (is_full != 0 && static_cast<std::size_t>(size) > node->bytes.size()) return -ENOSPC;
  disk().resize(*node, static_cast<std::size_t>(size));
  return 0;
}

int remove_file(const char* path) {
  const NodePointer node = disk().find(path);
  if (node == nullptr) return -ENOENT;
  disk().remove(*node);
  return 0;
}

int remove_folder(const char* path) {
  const NodePointer node = disk().find(path);
  if (node == nullptr) return -ENOENT;
  if (!node->entries.empty()) return -ENOTEMPTY;
  disk().remove(*node);
  return 0;
}

int move(const char* from, const char* to, unsigned flags) {
  if (flags != 0) return -EINVAL;
  const NodePointer node = disk().find(from);
  const Target target(to);
  if (node == nullptr || target.folder == nullptr) return -ENOENT;
  disk().move(node, *target.folder, target.name);
  return 0;
}

int change_mode(const char* path, mode_t mode, fuse_file_info* info) {
  const NodePointer node = node_of(path, info);
  if (node == nullptr) return -ENOENT;
  node->mode = mode & 07777;
  return 0;
}

int change_owner(const char*, uid_t, gid_t, fuse_file_info*) { return 0; }

int change_times(const char* path, const timespec times[2], fuse_file_info* info) {
  const NodePointer node = node_of(path, info);
  if (node == nullptr) return -ENOENT;
  node->modified = times[1];
  return 0;
}

int sync_file(const char* path, int, fuse_file_info* info) {
  disk().sync_file(*node_of(path, info));
  return 0;
}

int sync_folder(const char* path, int, fuse_file_info* info) {
  disk().sync_folder(*node_of(path, info));
  return 0;
}

int room(const char*, struct statvfs* facts) {
  *facts = {};
  facts->f_bsize = facts->f_frsize = 4096;
  facts->f_blocks = facts->f_files = 1'000'000;
  facts->f_bfree = facts->f_bavail = facts->f_ffree = facts->f_favail = is_full != 0 ? 0 : 500'000;
  facts->f_namemax = 255;
  return 0;
}

fuse_operations operations() {
  fuse_operations all{};
  all.init = begin;
  all.getattr = get_facts;
  all.readdir = read_folder;
  all.open = all.opendir = open_node;
  all.release = all.releasedir = let_go;
  all.create = create;
  all.mkdir = make_folder;
  all.symlink = make_link;
  all.readlink = read_link;
  all.read = read_bytes;
  all.write = write_bytes;
  all.truncate = resize;
  all.unlink = remove_file;
  all.rmdir = remove_folder;
  all.rename = move;
  all.chmod = change_mode;
  all.chown = change_owner;
  all.utimens = change_times;
  all.fsync = sync_file;
  all.fsyncdir = sync_folder;
  all.statfs = room;
  return all;
}

void on(int signal, void (*handler)(int)) {
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(signal, &action, nullptr);
}

/// False if it could not be mounted.
bool serve(Disk& disk, const char* program, const char* mount_point) {
  const fuse_operations all = operations();
  char name[] = "-ofsname=power_cut";
  char* arguments[] = {const_cast<char*>(program), name, nullptr};
  fuse_args options = FUSE_ARGS_INIT(2, arguments);
  fuse* const file_system = fuse_new(&options, &all, sizeof all, &disk);
  if (file_system == nullptr || fuse_mount(file_system, mount_point) != 0) return false;
  std::puts("mounted");
  std::fflush(stdout);
  fuse_loop(file_system);  // until somebody unmounts it
  fuse_unmount(file_system);
  fuse_destroy(file_system);
  fuse_opt_free_args(&options);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return std::fputs("usage: power_cut BACKING MOUNT-POINT SEED\n", stderr), 64;
  on(SIGUSR1, [](int) { is_full = 1; });
  on(SIGUSR2, [](int) { is_full = 0; });
  on(SIGTERM, [](int) { is_cut = 1; });
  try {
    Disk disk;
    disk.load(argv[1]);
    if (!serve(disk, argv[0], argv[2])) return 77;  // as ctest's tests say "skipped"
    std::mt19937 chance(static_cast<std::uint32_t>(std::stoul(argv[3])));
    if (is_cut != 0) disk.cut_power(chance);
    disk.save(argv[1]);
    return 0;
  } catch (const std::exception& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
}
