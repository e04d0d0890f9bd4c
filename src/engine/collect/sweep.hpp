// sweep.hpp - removes the files that nothing names any more.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/collect/reach.hpp"
#include "engine/collect/stock.hpp"
#include <oche/engine/retention.hpp>

#include <chrono>
#include <string>

namespace oche::detail {

struct Sweep {
  std::string folder;  ///< the state folder
  bool is_dry = false;
  /// Objects as young as this stay: somebody who has no lock may be about to use them.
  std::chrono::seconds spared{};

  /// Logs of attempts that are not kept, and of none.
  void logs(const Stock& stock, Collected& collected) const;
  /// Objects that are not marked. A pack of which a part is needed is written anew.
  void objects(const ObjectFiles& files, const Reach& reach, Objects& store,
               Collected& collected) const;
};

}  // namespace oche::detail
