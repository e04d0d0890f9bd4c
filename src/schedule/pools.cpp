// pools.cpp - what steps share beside slots, and what each takes of it.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/pools.hpp>

#include "base/make_set.hpp"

#include <algorithm>
#include <cmath>

namespace oche::scheduling {
namespace {

constexpr double most = 1e12;

std::uint64_t needed(double cpus) {
  return static_cast<std::uint64_t>(std::clamp(std::ceil(cpus * 1000), 0.0, most));
}
/// A pool without processors lets one step in at a time.
std::uint64_t available(double cpus) {
  return static_cast<std::uint64_t>(std::clamp(std::floor(cpus * 1000), 1.0, most));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

ClaimId Claims::add(const Claim& claim) {
  const auto [place, is_new] = ids_.try_emplace(claim, size());
  if (is_new) claims_.push_back(claim);
  return place->second;
}

std::vector<std::string_view> pool_names(std::string_view pool) {
  std::vector<std::string_view> names;
  for (std::size_t from = 0; from <= pool.size();) {
    const std::size_t to = std::min(pool.find(',', from), pool.size());
    names.push_back(trimmed(pool.substr(from, to - from)));
    from = to + 1;
  }
  detail::make_set(names);
  return names;
}

Pools::Pools(const std::map<std::string, Needs>& has) {
  for (const auto& [name, needs] : has)
    resize(name, needs);
}

void Pools::resize(const std::string& name, const Needs& has) {
  const auto [place, is_new] = first_.try_emplace(name, static_cast<ResourceId>(sizes_.size()));
  if (is_new) sizes_.resize(sizes_.size() + 2);
  sizes_[place->second] = available(has.cpus);
  sizes_[place->second + 1] = has.memory;
}

Claim Pools::claim(std::string_view pool, const Needs& needs) const {
  Claim claim;
  if (first_.empty()) return claim;
  for (const std::string_view name : pool_names(pool)) {
    const auto found = first_.find(name);
    if (found == first_.end()) continue;
    if (const std::uint64_t cpus = needed(needs.cpus); cpus > 0)
      claim.push_back({found->second, cpus});
    if (needs.memory > 0) claim.push_back({found->second + 1, needs.memory});
  }
  std::sort(claim.begin(), claim.end());
  return claim;
}

}  // namespace oche::scheduling
