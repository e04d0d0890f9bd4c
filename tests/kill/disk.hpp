// disk.hpp - a disk that loses what was not synced when its power is cut.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace power_cut {

struct Node;
using NodePointer = std::shared_ptr<Node>;
using Entries = std::map<std::string, NodePointer, std::less<>>;

enum class Kind : std::uint8_t { folder, file, link };

/// A file or folder: as programs see it, and as it is on the platters.
struct Node {
  Kind kind = Kind::file;
  mode_t mode = 0;
  timespec modified = {};

  std::string bytes;  ///< of a file; where a link leads
  std::string safe_bytes;
  /// What was written since the last sync, page by page; an empty one shortens to its offset.
  struct Write {
    std::size_t offset = 0;
    std::string bytes;
  };
  std::vector<Write> unsynced;

  Entries entries;
  Entries safe_entries;

  /// Where it is, and where it would be after a power cut; null: nowhere.
  struct Place {
    Node* folder = nullptr;
    std::string name;
  };
  Place place;
  Place safe_place;
};

/// What POSIX promises and nothing more: an fsync of a file keeps its bytes, an fsync of a folder
/// its entries. A rename is atomic: after a cut the file has its old place or its new one.
///
/// Threads: one.
class Disk {
 public:
  Disk();

  [[nodiscard]] NodePointer root() const { return root_; }
  /// Null if there is none.
  [[nodiscard]] NodePointer find(std::string_view path) const;

  NodePointer add(Node& folder, const std::string& name, Kind kind, mode_t mode);
  void remove(Node& node);
  void move(const NodePointer& node, Node& folder, const std::string& name);
  void write(Node& file, std::size_t offset, std::string_view bytes);
  void resize(Node& file, std::size_t size);

  void sync_file(Node& file);
  void sync_folder(Node& folder);

  /// What was not synced is lost: all of it, or what `chance` says, in any order.
  void cut_power(std::mt19937& chance);

  /// Reads what a real folder holds, as synced; writes what is seen now into a new one.
  void load(const std::string& folder);
  void save(const std::string& folder) const;

 private:
  void sync_entries(Node& folder, const std::function<bool()>& is_kept);
  void place_safely(const NodePointer& node, Node& folder, const std::string& name);
  NodePointer root_;
};

}  // namespace power_cut
