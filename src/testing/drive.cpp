// drive.cpp - lets things happen, one after the other.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#include "testing/stage.hpp"
#include <oche/base/error.hpp>

#include <algorithm>
#include <array>
#include <functional>

namespace oche::testing {

using Line = detail::ByHand::Line;

/// In the order in which a quick machine would do it; with a seed, in any that threads could have.
bool TestEngine::Stage::happen() {
  hands->ask_scripts();
  std::array<std::function<bool()>, 6> kinds = {
      [this] {
        if (!core->has_messages()) return false;
        core->advance();
        return true;
      },
      [this] { return hands->work(Line::lookups); },
      [this] { return hands->work(Line::readers); },
      [this] { return hands->work(Line::workers); },
      [this] { return hands->end_due(); },
      [this] { return core->services().store->commit_by_hand(); },
  };
  if (chance.is_random()) {
    for (std::size_t i = kinds.size(); i > 1; --i)
      std::swap(kinds[i - 1], kinds[chance.of(i)]);
  }
  return std::any_of(kinds.begin(), kinds.end(), [](const auto& kind) { return kind(); });
}

void TestEngine::Stage::happen_all() {
  while (happen()) {
  }
}

std::optional<std::chrono::nanoseconds> TestEngine::Stage::next_due() const {
  const auto end = hands->next_due();
  const auto timer = core->next_due();
  return end && timer ? std::min(end, timer) : (end ? end : timer);
}

void TestEngine::Stage::move_to(std::chrono::nanoseconds then) {
  clock->advance(std::max(then - clock->steady(), std::chrono::nanoseconds(0)));
}

void TestEngine::Stage::refuse_to_wait() const {
  Failure failure{.what = "something runs, and nothing says how it ends",
                  .kind = FailureClass::errored,
                  .hint = "give it a script, or end it with `finish`"};
  for (const std::string& path : core->paths_in(State::running)) {
    failure.facts.push_back({"runs", path});
  }
  throw Error(std::move(failure));
}

}  // namespace oche::testing
