// tree.hpp - what names files: a directory, a file, an image.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/shape.hpp>

#include <string>

namespace oche {

/// A directory with all that is in it, by its git tree id in hexadecimal.
struct Tree {
  std::string id;
  friend bool operator==(const Tree&, const Tree&) = default;
};

/// One file's content under a name.
struct File {
  std::string name;
  std::string digest;  ///< SHA-256 in hexadecimal
  friend bool operator==(const File&, const File&) = default;
};

/// A container image: what it is called, and which one exactly.
struct Image {
  std::string reference;
  std::string digest;  ///< as registries write it: `sha256:…`
  friend bool operator==(const Image&, const Image&) = default;
};

template <>
inline constexpr bool has_table<Tree> = true;
template <>
struct TypeOf<Tree> {
  static const Type value;
};
template <>
inline constexpr bool has_table<File> = true;
template <>
struct TypeOf<File> {
  static const Type value;
};
template <>
inline constexpr bool has_table<Image> = true;
template <>
struct TypeOf<Image> {
  static const Type value;
};

}  // namespace oche
