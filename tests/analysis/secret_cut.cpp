// secret_cut.cpp - tests of where to cut a secret off: by example, and against every choice.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/secret_cut.hpp>

#include "graph/support.hpp"
#include <oche/analysis/secrets.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>

using namespace oche;
using oche::tests::Chance;
using oche::tests::work;

namespace {

constexpr SecretId token = 0;

Term<int> reader(std::initializer_list<AnyTerm> inputs, std::string_view label) {
  return work("log in", inputs, {.label = label, .secrets = {{"ci", "token"}}});
}
Term<int> named(std::string_view label, std::initializer_list<AnyTerm> inputs) {
  return work("work", inputs, {.label = label});
}

SecretCut cut_of(const Facts& facts, std::vector<std::string> kept, std::size_t most = 16) {
  std::vector<NodeId> nodes;
  for (const std::string& path : kept)
    nodes.push_back(facts.graph().find(path).value());
  return cheapest_cut(facts, {&token, 1}, nodes, most);
}

std::vector<std::string> paths_of(const Graph& graph, const std::vector<NodeId>& nodes) {
  std::vector<std::string> paths;
  for (const NodeId node : nodes)
    paths.emplace_back(graph.path(node));
  return paths;
}
using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("secret_cut: one place for many ways, the one next to the readers",
          "[analysis][secrets]") {
  const auto in = reader({}, "in");
  const auto packed = named("packed", {in});
  const auto copied = named("copied", {packed});
  const auto left = named("left", {copied});
  const auto right = named("right", {gate(copied, on(in))});
  const Facts facts(Graph(all(named("a", {left, right}), named("b", {right}))));
  const SecretCut cut = cut_of(facts, {"a", "b"});
  CHECK(cut.is_complete);
  CHECK(cut.straight.empty());
  CHECK(paths_of(facts.graph(), cut.places) == Paths{"packed"});
  CHECK(paths_of(facts.graph(), cut_of(facts, {"left"}).places) == Paths{"packed"});
  CHECK(cut_of(facts, {"in", "in"}).readers.size() == 1);
  CHECK(cut_of(facts, {"in"}).places.empty());
}

TEST_CASE("secret_cut: what is given straight is told apart from what has places",
          "[analysis][secrets]") {
  const auto in = reader({}, "in");
  const auto other = reader({}, "other");
  const auto packed = named("packed", {other});
  const auto both = zip(in, packed);
  const Facts facts(Graph(all(named("a", {both}), named("b", {constant(1)}))));
  const Graph& graph = facts.graph();
  const SecretCut cut = cut_of(facts, {"a"});
  REQUIRE(cut.straight.size() == 1);
  CHECK(cut.straight[0] == SecretCut::Straight{graph.find("in").value(), graph.find("a").value()});
  CHECK(paths_of(graph, cut.places) == Paths{"packed"});
  CHECK(cut_of(facts, {"b"}).is_needless());
  const std::string text = to_text(cut, graph, 2);
  CHECK_THAT(text, Catch::StartsWith("  do not give a (") && Catch::Contains(") what in (") &&
                       Catch::Contains(") made\n  leave it out of what packed ("));
  CHECK(to_text(cut_of(facts, {"b"}), graph) == "nothing to cut: it does not get there\n");
  CHECK_THAT(to_text(cut_of(facts, {"in"}), graph), Catch::StartsWith("take it from in ("));
  const auto json = nlohmann::json::parse(to_json(cut, graph));
  CHECK(json.at("at").at(0).at("path") == "packed");
  CHECK(json.at("straight").at(0).at("given_to").at("path") == "a");
  CHECK(json.at("complete") == true);
}

TEST_CASE("secret_cut: gives up at its bound and says so", "[analysis][secrets]") {
  const auto in = reader({}, "in");
  std::vector<Term<int>> ways;
  for (int i = 0; i < 5; ++i)
    ways.push_back(work("way", {in, constant(i)}));
  const Facts facts(Graph(named("end", {collect(ways)})));
  CHECK(cut_of(facts, {"end"}, 5).places.size() == 5);
  const SecretCut cut = cut_of(facts, {"end"}, 4);
  CHECK_FALSE(cut.is_complete);
  CHECK_FALSE(cut.is_needless());
  CHECK(cut.places.empty());
  CHECK_THAT(to_text(cut, facts.graph()), Catch::Contains("more ways than were followed"));
}

TEST_CASE("secret_cut: as deep as a pipeline can be", "[analysis][secrets]") {
  Term<int> last = reader({}, "in");
  const Term<int> first = last;
  for (int i = 0; i < 100'000; ++i)
    last = work("link", {last});
  const Facts facts(Graph(named("end", {last, work("side", {first})})));
  CHECK(cut_of(facts, {"end"}).places.size() == 2);
}

namespace {

/// Follows data edges as the graph has them, past nothing of `without`: does the secret get to one
/// of the kept over at least one place?
class Ways {
 public:
  Ways(const Facts& facts, const std::vector<NodeId>& kept) : facts_(facts), kept_(kept) {}

  [[nodiscard]] bool is_place(NodeId node) const {
    const Kind kind = facts_.graph().kind(node);
    const bool can_be = kind == Kind::step || kind == Kind::map;
    return can_be && facts_.secrets(node).empty() && !is_kept(node);
  }
  [[nodiscard]] bool is_kept(NodeId node) const {
    return std::find(kept_.begin(), kept_.end(), node) != kept_.end();
  }
  [[nodiscard]] bool get_there(const std::vector<NodeId>& without) const {
    const Graph& graph = facts_.graph();
    // Bit 0: has what a reader made, over no place; bit 1: over some.
    std::vector<unsigned> has(graph.size(), 0);
    for (NodeId node = 0; node < graph.size(); ++node) {
      unsigned given = 0;
      for (std::uint32_t i = 0; i < graph.inputs(node).size(); ++i)
        if (graph.edge(node, i) == Edge::data) given |= has[graph.inputs(node)[i]];
      const bool reads = !facts_.secrets(node).empty();
      if (is_kept(node) && !reads) {
        if ((given & 2) != 0) return true;
        continue;
      }
      if (reads)
        has[node] = 1;
      else if (std::find(without.begin(), without.end(), node) != without.end())
        has[node] = 0;
      else if (is_place(node))
        has[node] = given != 0 ? 2 : 0;
      else
        has[node] = given;
    }
    return false;
  }

 private:
  const Facts& facts_;
  const std::vector<NodeId>& kept_;
};

/// Steps, functions, pairs and gates over what is there already.
Graph random_flow(std::uint32_t seed, int size) {
  Chance chance(seed);
  std::vector<Term<int>> numbers = {constant(1), reader({}, "in")};
  const auto late = [&] {
    const std::size_t n = numbers.size();
    return numbers[n - 1 - chance.below(std::min<std::size_t>(n, 6))];
  };
  for (int i = 0; i < size; ++i) {
    const Term<int> a = late();
    const Term<int> b = late();
    switch (chance.below(7)) {
      case 0:
        numbers.push_back(map([](int n) { return n; }, a));
        break;
      case 1:
        numbers.push_back(gate(a, on(b)));
        break;
      case 2:
        numbers.push_back(or_else(a, b));
        break;
      case 3:
        numbers.push_back(chance.one_in(2)
                              ? work("log in", {a, constant(i)}, {.secrets = {{"ci", "token"}}})
                              : work("one", {a, constant(i)}));
        break;
      case 4:
        numbers.push_back(work("pair", {zip(a, b), constant(i)}));
        break;
      default:
        numbers.push_back(work("two", {a, b, constant(i)}));
    }
  }
  return Graph(all(numbers));
}

}  // namespace

TEST_CASE("secret_cut: no fewer places would do, against every choice of places",
          "[analysis][secrets][exact]") {
  int compared = 0;
  int sizes[4] = {};
  int with_straight = 0;
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    const Facts facts(random_flow(seed, 6 + static_cast<int>(seed % 12)));
    const Graph& graph = facts.graph();
    std::vector<NodeId> kept;
    for (NodeId node = graph.size(); node-- > 0 && kept.size() < 1 + seed % 3;)
      if (graph.kind(node) == Kind::step) kept.push_back(node);
    const Ways ways(facts, kept);
    const SecretCut cut = cheapest_cut(facts, {&token, 1}, kept);
    REQUIRE(cut.is_complete);
    ++compared;
    INFO("seed " << seed);
    const bool are_places = std::all_of(cut.places.begin(), cut.places.end(),
                                        [&](NodeId node) { return ways.is_place(node); });
    CHECK(are_places);
    CHECK_FALSE(ways.get_there(cut.places));
    with_straight += cut.straight.empty() ? 0 : 1;
    ++sizes[std::min<std::size_t>(3, cut.places.size())];
    if (cut.places.empty()) continue;
    std::vector<NodeId> places;
    for (NodeId node = 0; node < graph.size(); ++node)
      if (ways.is_place(node)) places.push_back(node);
    REQUIRE(places.size() < 24);
    for (std::uint32_t chosen = 0; chosen < std::uint32_t{1} << places.size(); ++chosen) {
      if (std::popcount(chosen) != static_cast<int>(cut.places.size()) - 1) continue;
      std::vector<NodeId> fewer;
      for (std::size_t i = 0; i < places.size(); ++i)
        if ((chosen >> i & 1) != 0) fewer.push_back(places[i]);
      if (ways.get_there(fewer)) continue;
      FAIL_CHECK("one place fewer would do");
      break;
    }
  }
  CHECK(compared == 3000);
  CHECK(sizes[0] > 100);
  CHECK(sizes[1] > 100);
  CHECK(sizes[2] > 100);
  CHECK(sizes[3] > 20);
  CHECK(with_straight > 100);
}
