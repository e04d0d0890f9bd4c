// room.cpp - what is taken of slots and pools, and what may be taken next.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#include <oche/schedule/queue.hpp>

#include <algorithm>

namespace oche::scheduling {

void Room::resize(std::span<const std::uint64_t> sizes) {
  resources_.resize(std::max(resources_.size(), sizes.size()));
  for (std::size_t i = 0; i < sizes.size(); ++i)
    resources_[i].size = sizes[i];
}

void Room::hear_of(const Claim& claim) {
  for (const Share& share : claim)
    resources_.resize(std::max<std::size_t>(resources_.size(), share.resource + 1));
}

void Room::take(const Claim& claim) {
  ++running_;
  for (const Share& share : claim)
    resources_[share.resource].used += share.amount;
}

void Room::give_back(const Claim& claim) {
  --running_;
  for (const Share& share : claim)
    resources_[share.resource].used -= share.amount;
}

void Room::begin_look() {
  for (Resource& one : resources_) {
    one.kept = 0;
    one.closed = false;
  }
}

bool Room::is_closed(const Claim& claim) const {
  return std::any_of(claim.begin(), claim.end(),
                     [&](const Share& share) { return resources_[share.resource].closed; });
}

bool Room::fits(const Share& share) const {
  const Resource& one = resources_[share.resource];
  const std::uint64_t taken = one.used + one.kept;
  return one.size == 0 || taken == 0 || taken + share.amount <= one.size;
}

bool Room::fits(const Claim& claim) const {
  return std::all_of(claim.begin(), claim.end(), [&](const Share& share) { return fits(share); });
}

void Room::keep(const Claim& claim) {
  for (const Share& share : claim) {
    Resource& one = resources_[share.resource];
    if (fits(share)) {
      one.kept += share.amount;
    } else {
      one.closed = true;
    }
  }
}

}  // namespace oche::scheduling
