// sights.cpp - what a secret's bytes reach in the engine is among what the analysis said.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "analysis/random_graph.hpp"
#include "engine/rounds/rounds.hpp"
#include <oche/analysis/secrets.hpp>

#include <catch2/catch.hpp>

#include <set>

using namespace oche;
using oche::tests::RandomGraph;

namespace {

constexpr int marker = 7654321;

/// Steps that give a marked value once they have read the secret, or were given a marked value.
class Marking final : public detail::JobsSide {
 public:
  explicit Marking(const Facts& facts) : facts_(facts) {}
  std::set<NodeId> marked;

  detail::JobAnswer ask(const detail::Asker& who, std::span<const detail::Value> given) override {
    bool is_marked = !facts_.secrets(who.node).empty();
    for (const detail::Value& value : given)
      is_marked = is_marked || shows_marker(value);
    if (is_marked) marked.insert(who.node);
    return answer(is_marked ? marker : 1);
  }
  void leave(const detail::Asker&, bool) override {}
  detail::JobAnswer ask_input(const detail::Asker&) override { return answer(1); }
  void leave_input(const detail::Asker&) override {}
  bool is_approved(const detail::Asker&, const detail::Value&) override { return true; }
  std::optional<Folded> folded(const detail::Asker&) override { return std::nullopt; }
  void fold(const detail::Asker&, const detail::Value&, const detail::Value&) override {}

 private:
  static bool shows_marker(const detail::Value& value) {
    if (!value || !value.type().is_record) return false;
    std::string text;
    detail::print(value.type(), value.data(), text);
    return text.find(std::to_string(marker)) != std::string::npos;
  }
  static detail::JobAnswer answer(int value) {
    detail::JobAnswer made;
    made.kind = detail::JobAnswer::Kind::ok;
    made.value = detail::Value::make(int{value});
    return made;
  }
  const Facts& facts_;
};

}  // namespace

TEST_CASE("secrets: what they really reach is among what was said", "[policies][secrets]") {
  std::size_t reached = 0;
  std::size_t beyond = 0;  // not only those that read it
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const RandomGraph random(500'000 + seed, 6 + static_cast<int>(seed % 14));
    const Facts facts{Graph(random.root())};
    const auto all = who_sees(facts);
    if (all.empty()) continue;
    std::set<NodeId> said;
    for (const Sight& sight : all.at(0).sights)
      said.insert(sight.node);
    Marking marking(facts);
    detail::Rounds rounds(facts.graph(), marking);
    rounds.want(true);
    rounds.advance();
    for (const NodeId node : marking.marked) {
      INFO("seed " << seed << ", " << facts.graph().path(node));
      if (!said.contains(node)) FAIL_CHECK("it was not said that the secret gets here");
      ++reached;
      beyond += facts.secrets(node).empty() ? 1u : 0u;
    }
  }
  CHECK(reached > 1000);
  CHECK(beyond > 200);
}
