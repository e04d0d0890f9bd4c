// cells.hpp - what is kept of each live node: its outcome, where that arose, and who wants it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/rounds/rounds.hpp"

#include <cassert>
#include <utility>

namespace oche::detail::rounds {

using InstanceId = std::uint32_t;
inline constexpr std::uint32_t nothing = ~std::uint32_t{0};
/// How many causes a failure carries; the rest is found when somebody looks.
inline constexpr std::size_t most_causes = 12;

/// A failure on its way: shared by every node that it blocks, so that nothing is allocated there.
struct Blame {
  std::uint32_t users = 0;
  bool more = false;  ///< there may be more causes than these
  std::shared_ptr<const Failure> failure;
  std::vector<CellId> causes;  ///< in path order, `most_causes` at most
};

/// Counts the users of a Blame; one thread only.
class BlamePtr {
 public:
  BlamePtr() = default;
  explicit BlamePtr(Blame* blame) noexcept : blame_(blame) { keep(); }
  BlamePtr(const BlamePtr& other) noexcept : blame_(other.blame_) { keep(); }
  BlamePtr(BlamePtr&& other) noexcept : blame_(std::exchange(other.blame_, nullptr)) {}
  BlamePtr& operator=(BlamePtr other) noexcept {
    std::swap(blame_, other.blame_);
    return *this;
  }
  ~BlamePtr() {
    if (blame_ != nullptr && --blame_->users == 0) delete blame_;
  }
  [[nodiscard]] const Blame* get() const { return blame_; }
  const Blame* operator->() const { return blame_; }
  const Blame& operator*() const { return *blame_; }
  explicit operator bool() const { return blame_ != nullptr; }

 private:
  void keep() noexcept {
    if (blame_ != nullptr) ++blame_->users;
  }
  Blame* blame_ = nullptr;
};

/// An outcome on its way into a cell.
struct Verdict {
  Status status = Status::unborn;
  Phase phase = Phase::ready;
  bool stale = false;
  CellId origin = no_cell;
  Value value;
  BlamePtr blame;

  static Verdict ok(Value value) {
    Verdict made;
    made.status = Status::ok;
    made.value = std::move(value);
    return made;
  }
  static Verdict active(CellId origin, Phase phase) {
    Verdict made;
    made.status = Status::active;
    made.phase = phase;
    made.origin = origin;
    return made;
  }
  static Verdict skipped(CellId origin) {
    Verdict made;
    made.status = Status::skipped;
    made.origin = origin;
    return made;
  }
  static Verdict failed(CellId origin, BlamePtr blame) {
    Verdict made;
    made.status = Status::failed;
    made.origin = origin;
    made.blame = std::move(blame);
    return made;
  }
};

/// Whether a step has a job.
enum class Asked : std::uint8_t {
  no,
  yes,
  undecided,  ///< its inputs are active again; the job goes on
};

/// One node of one instance. 24 bytes: a sweep is a walk through these.
class Cell {
 public:
  InstanceId owner = 0;
  std::uint32_t side = nothing;  ///< by kind: a list, a hole, a fold, counts of many inputs, …
  std::uint32_t wants = 0;       ///< how many wanted readers ask for it
  State shown : 4 = State::not_wanted;  ///< as it was counted
  Phase phase : 2 = Phase::ready;
  Asked asked : 2 = Asked::no;
  bool dirty : 1 = true;    ///< must be evaluated before it is read
  bool queued : 1 = false;  ///< stands in its region's queue
  bool second : 1 = false;  ///< only_if, or_else: also asks for input 1
  bool stale : 1 = false;
  bool aliased : 1 = false;  ///< a hole reads it
  bool watched : 1 = false;  ///< a state_of elsewhere shows its phase
  bool logged : 1 = false;   ///< stands in `changed`

  Cell() noexcept : origin_(no_cell) {}
  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;
  ~Cell() { clear(); }

  [[nodiscard]] Status status() const { return status_; }
  /// Requires: ok.
  [[nodiscard]] const Value& value() const {
    assert(status_ == Status::ok);
    return value_;
  }
  /// Requires: ok.
  [[nodiscard]] Value& own_value() {
    assert(status_ == Status::ok);
    return value_;
  }
  /// Requires: failed.
  [[nodiscard]] const BlamePtr& blame() const {
    assert(status_ == Status::failed);
    return blame_;
  }
  /// Where an outcome that is not ok arose: of a failure its first cause.
  [[nodiscard]] CellId origin() const {
    switch (status_) {
      case Status::ok:
        return no_cell;
      case Status::failed:
        return blame_->causes.front();
      default:
        return origin_;
    }
  }

  void set(Verdict&& verdict) {
    clear();
    status_ = verdict.status;
    phase = verdict.phase;
    switch (status_) {
      case Status::ok:
        ::new (&value_) Value(std::move(verdict.value));
        break;
      case Status::failed:
        assert(verdict.blame->causes.front() == verdict.origin);
        ::new (&blame_) BlamePtr(std::move(verdict.blame));
        break;
      default:
        origin_ = verdict.origin;
    }
  }
  /// As new, in an instance.
  void reset(InstanceId instance) {
    this->~Cell();
    ::new (this) Cell();
    owner = instance;
  }

 private:
  void clear() noexcept {
    if (status_ == Status::ok) value_.~Value();
    if (status_ == Status::failed) blame_.~BlamePtr();
    status_ = Status::unborn;
    origin_ = no_cell;
  }

  Status status_ = Status::unborn;
  union {
    CellId origin_;  // unborn, skipped, active
    Value value_;
    BlamePtr blame_;
  };
};
static_assert(sizeof(Cell) == 24);

}  // namespace oche::detail::rounds
