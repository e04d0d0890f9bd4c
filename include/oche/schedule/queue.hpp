// queue.hpp - work that is ready, and what of it goes next with these slots and pools.
// Layer: schedule.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/schedule/line.hpp>
#include <oche/schedule/pools.hpp>
#include <oche/schedule/rank.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace oche::scheduling {

/// What is taken of slots and pools, and what may be taken next.
///
/// All that a piece of work needs is taken at once, so nothing deadlocks. What has to wait because
/// a pool is full lets nobody behind it into that pool, so what takes much is not overtaken for
/// ever;
/// of its other pools it keeps free what it needs, so that it is not shut out there meanwhile. Only
/// who is first in line for a full pool does so, and a full pool holds nobody else back. What takes
/// more than a pool has gets all of it.
class Room {
 public:
  Room(unsigned slots, std::span<const std::uint64_t> sizes) : slots_(slots) { resize(sizes); }

  void resize(unsigned slots) { slots_ = slots; }
  void resize(std::span<const std::uint64_t> sizes);
  /// Of what it has not heard, there is no limit.
  void hear_of(const Claim& claim);
  [[nodiscard]] unsigned slots() const { return slots_; }
  [[nodiscard]] unsigned running() const { return running_; }
  [[nodiscard]] bool has_slot() const { return running_ < slots_; }
  void take(const Claim& claim);
  void give_back(const Claim& claim);

  // One look at those who wait, in the order of their ranks.
  void begin_look();
  /// Somebody before has closed one of its pools.
  [[nodiscard]] bool is_closed(const Claim& claim) const;
  [[nodiscard]] bool fits(const Claim& claim) const;
  /// It has to wait: closes the pools that it lacks, and keeps its share of the others.
  void keep(const Claim& claim);

 private:
  struct Resource {
    std::uint64_t size = 0;
    std::uint64_t used = 0;
    std::uint64_t kept = 0;  ///< in this look, for somebody before
    bool closed = false;     ///< likewise
  };
  [[nodiscard]] bool fits(const Share& share) const;

  unsigned slots_;
  unsigned running_ = 0;
  std::vector<Resource> resources_;
};

/// Ready work of type `T`, a small value: the engine's policy, and that of `simulate`.
///
/// Priority classes with ageing, then the longest path, then whoever waits longer; see Rank, Ageing
/// and Room.
/// Cost: a logarithm for each change, and one for each kind of claim that waits. Memory: that of
/// the most that ever waited at a time.
template <class T>
class Queue {
 public:
  /// Where a piece of work stands.
  struct Place {
    std::uint32_t line = 0;
    typename Line<T>::Number number = 0;  ///< in its line
    Rank rank;
  };

  Queue(unsigned slots, std::span<const std::uint64_t> sizes, Duration ageing = usual_ageing)
      : room_(slots, sizes), ageing_(ageing) {}

  /// Waits from `since` on. Requires: nothing else that waits has this turn.
  Place push(T what, int priority, Duration remaining, std::uint64_t turn, Duration since,
             const Claim& claim) {
    if (count_++ == 0) ageing_.begin(since);
    const std::uint32_t line = line_of(claim);
    const Rank rank{ageing_.priority(priority, since), remaining, turn};
    return {line, lines_[line].push(rank, what), rank};
  }
  /// Requires: it waits.
  void erase(const Place& place) {
    lines_[place.line].erase(place.number);
    --count_;
  }

  /// Takes what goes first of all that may begin now, with its slot and its shares.
  std::optional<std::pair<T, Place>> next() {
    if (count_ == 0 || !room_.has_slot()) return std::nullopt;
    room_.begin_look();
    heads_.clear();
    for (std::uint32_t line = 0; line < lines_.size(); ++line)
      if (!lines_[line].empty()) heads_.push_back(line);
    const auto is_later = [this](std::uint32_t a, std::uint32_t b) {
      return lines_[b].rank() < lines_[a].rank();
    };
    std::make_heap(heads_.begin(), heads_.end(), is_later);
    while (!heads_.empty()) {
      std::pop_heap(heads_.begin(), heads_.end(), is_later);
      const std::uint32_t line = heads_.back();
      heads_.pop_back();
      const Claim& claim = claims_[line];
      if (room_.is_closed(claim)) continue;
      if (!room_.fits(claim)) {
        room_.keep(claim);
        continue;
      }
      room_.take(claim);
      Line<T>& taken_from = lines_[line];
      const std::pair<T, Place> taken{taken_from.front(),
                                      {line, taken_from.number(), taken_from.rank()}};
      taken_from.pop();
      --count_;
      return taken;
    }
    return std::nullopt;
  }
  /// What waits behind what `next` gave, with the same claim; null if nothing does.
  [[nodiscard]] const T* behind(const Place& place) const {
    const Line<T>& line = lines_[place.line];
    return line.empty() ? nullptr : &line.front();
  }
  /// What `next` gave has ended.
  void end(const Place& place) { room_.give_back(claims_[place.line]); }

  void resize(unsigned slots) { room_.resize(slots); }
  void resize(std::span<const std::uint64_t> sizes) { room_.resize(sizes); }
  [[nodiscard]] const Room& room() const { return room_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::size_t size() const { return count_; }
  /// Calls `visit` with all that waits, in no order.
  template <class F>
  void each(F visit) const {
    for (const Line<T>& line : lines_)
      line.each(visit);
  }

 private:
  std::uint32_t line_of(const Claim& claim) {
    const ClaimId id = claims_.add(claim);
    if (lines_.size() < claims_.size()) room_.hear_of(claim);
    lines_.resize(claims_.size());
    return id;
  }

  Room room_;
  Ageing ageing_;
  Claims claims_;
  /// By claim: all that wait with it. Nobody in a line can go before the first.
  std::vector<Line<T>> lines_;
  std::vector<std::uint32_t> heads_;  ///< of one look
  std::size_t count_ = 0;
};

}  // namespace oche::scheduling
