// opened.hpp - a state folder that is being read.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/store_reader.hpp"
#include "engine/trees/trees.hpp"
#include <oche/engine/state_folder.hpp>

#include <memory>
#include <string>

namespace oche {

struct StateFolder::Opened {
  std::string folder;
  std::unique_ptr<detail::StoreReader> reader;
};

namespace detail {
/// Fails: nothing ran there; names the nearest path that did.
[[nodiscard]] Result<Attempt> newest_attempt(StoreReader& reader, std::string_view path);
}  // namespace detail

}  // namespace oche
