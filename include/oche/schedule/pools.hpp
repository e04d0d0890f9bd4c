// pools.hpp - what steps share beside slots, and what each takes of it.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/step_options.hpp>

#include <compare>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oche::scheduling {

/// One thing of which there is so much: the processors or the memory of a pool.
using ResourceId = std::uint32_t;

/// So much of one thing.
struct Share {
  ResourceId resource = 0;
  std::uint64_t amount = 0;
  friend auto operator<=>(const Share&, const Share&) = default;
};

/// What one piece of work takes while it runs, in the order of the resources.
using Claim = std::vector<Share>;
/// A claim that is kept with others like it; 0 is the empty one.
using ClaimId = std::uint32_t;

/// Claims, each kept once: pieces of work are many, what they need is of few kinds.
class Claims {
 public:
  [[nodiscard]] ClaimId add(const Claim& claim);
  [[nodiscard]] const Claim& operator[](ClaimId id) const { return claims_[id]; }
  [[nodiscard]] ClaimId size() const { return static_cast<ClaimId>(claims_.size()); }

 private:
  std::vector<Claim> claims_ = {{}};
  std::map<Claim, ClaimId> ids_ = {{{}, 0}};
};

/// The pools that a step names: `lab`, or several as `lab, licence`. A step that names none is of
/// the pool that is called "".
[[nodiscard]] std::vector<std::string_view> pool_names(std::string_view pool);

/// The pools that there are, by name. A pool that there is not limits nothing.
class Pools {
 public:
  Pools() = default;
  explicit Pools(const std::map<std::string, Needs>& has);

  /// What it has from now on; a new one if there was none of this name.
  void resize(const std::string& name, const Needs& has);
  /// What a step takes; of each pool that it names, the same.
  [[nodiscard]] Claim claim(std::string_view pool, const Needs& needs) const;
  /// How much there is of each resource: processors in thousandths, memory in bytes; zero: no
  /// limit.
  [[nodiscard]] std::span<const std::uint64_t> sizes() const { return sizes_; }

 private:
  std::map<std::string, ResourceId, std::less<>> first_;  ///< its processors; its memory is next
  std::vector<std::uint64_t> sizes_;
};

}  // namespace oche::scheduling
