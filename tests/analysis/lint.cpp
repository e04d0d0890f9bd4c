// lint.cpp - tests of the linter: each remark with a near miss, and outcomes against a naive model.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/lint.hpp>

#include "analysis/possible.hpp"
#include "analysis/random_pipeline.hpp"
#include <oche/base/tree.hpp>
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <functional>

using namespace oche;
using oche::tests::Chance;
using oche::tests::program;
using oche::tests::RandomPipeline;
using oche::tests::work;

namespace lint_tests {  // words that its neighbours use for steps of theirs

using oche::lint;

namespace {

const auto compiled = step("compiled", [](Job&, const std::string& source) { return source; });
const auto checked = step("checked", [](Job&, const std::string& binary) { return binary; });
const auto published = step(
    "published", [](Job&, const std::string& name, const Latest<std::string>&) { return name; });
const auto insistent = step(
    "insistent", [](Job&, const std::string& name, const Latest<std::string>&) { return name; },
    {.retry = {.attempts = 3}});
const auto patient =
    step("patient", [](Job&, const std::string& x) { return x; }, {.retry = {.attempts = 3}});
const auto timed =
    step("timed", [](Job&, const std::chrono::system_clock::time_point&) { return 1; });
const auto timed_context =
    step("timed", [](Job&, const Context<std::chrono::system_clock::time_point>&) { return 1; });
const auto short_lived =
    step("short_lived", [](Job&) { return 1; }, {.timeout = 1h, .valid_for = 10min});
const auto long_lived =
    step("long_lived", [](Job&) { return 1; }, {.timeout = 1h, .valid_for = 2h});
const auto large = step("large", [](Job&) { return 1; }, {.pool = "lab", .needs = {.cpus = 8}});
const auto files_of = step("files_of", [](Job&, const std::string&) { return Tree{}; });
const auto use_files = step("use_files", [](Job&, const Tree&) { return 1; });

/// `id path` of each remark that is not silenced.
std::string remarks_of(const AnyTerm& term, const LintOptions& options = {}) {
  const Facts facts{Graph(term)};
  std::string text;
  for (const Remark& one : lint(facts, options))
    if (one.silenced.empty())
      text +=
          std::string(text.empty() ? "" : "; ") + one.id + " " +
          std::string(facts.graph().is_visible(one.node) ? facts.graph().path(one.node)
                                                         : name_of(facts.graph().kind(one.node)));
  return text;
}

Term<Unit> shell(std::vector<std::string> argv) {
  return map([](int) { return Unit{}; }, program("exec", std::move(argv), {}, "tool"));
}

const Var<std::string> source{"source", std::string("x")};
const Var<std::vector<std::string>> names{"names", {}};

}  // namespace

TEST_CASE("lint: a good pipeline has no remarks", "[analysis][lint]") {
  const auto binary = compiled(source.term());
  const auto tests = checked(binary);
  CHECK(remarks_of(published("beta", gate(binary, on(tests)))).empty());
  CHECK(remarks_of(list_iter(names.term(), [&](Term<std::string> name) {
          return published(name, gate(binary, on(tests)));
        })).empty());
}

TEST_CASE("lint: a gate after the deed", "[analysis][lint]") {
  const auto binary = compiled(source.term());
  const auto tests = checked(binary);
  const auto deed = published("beta", binary);
  CHECK(remarks_of(gate(deed, on(tests))) == "late-gate gate");
  CHECK(remarks_of(approve("really", deed)) == "late-gate really");
  CHECK(remarks_of(approve("really", gate(deed, on(tests)))) == "late-gate gate; late-gate really");
  // A test of what was published cannot come before it.
  CHECK(remarks_of(compiled(gate(deed, on(checked(deed))))).empty());
  CHECK(remarks_of(published("beta", approve("really", binary))).empty());
}

TEST_CASE("lint: a gate whose control cannot fail", "[analysis][lint]") {
  const auto binary = compiled(source.term());
  const auto tests = checked(binary);
  CHECK(remarks_of(gate(binary, on(advisory(tests)))) == "idle-gate gate");
  CHECK(remarks_of(gate(binary, on(state_of(tests)))) == "idle-gate gate");
  CHECK(remarks_of(gate(binary, on(tests, constant(1)))) == "idle-gate gate");
  CHECK(remarks_of(gate(binary, on(all(advisory(tests))))) == "idle-gate gate");
  CHECK(remarks_of(gate(binary, on(approve("go", constant(1))))).empty());
  CHECK(remarks_of(gate(binary, on(all(advisory(tests), tests)))).empty());
}

TEST_CASE("lint: a step that can never run", "[analysis][lint]") {
  const auto binary = compiled(source.term());
  CHECK(remarks_of(checked(only_if(constant(false), binary, "off"))) ==
        "never-runs compiled; never-runs checked");
  CHECK(remarks_of(checked(gate(binary, on(failed(Failure{"no"}))))) == "never-runs checked");
  CHECK(remarks_of(or_else(constant(std::string("a")), binary)) == "never-runs compiled");
  CHECK(remarks_of(list_map(constant(std::vector<std::string>{}), [](Term<std::string> item) {
          return compiled(item);
        })) == "never-runs */compiled");
  CHECK(remarks_of(checked(only_if(constant(true), binary, "on"))).empty());
  CHECK(remarks_of(or_else(binary, checked(source.term()))).empty());
}

TEST_CASE("lint: published names", "[analysis][lint]") {
  const auto a = compiled(source.term());
  const auto b = checked(a);
  const auto late = section("late", [&] { return published("beta", b); });
  CHECK(remarks_of(all(published("beta", a), late)) == "published-twice late/published");
  CHECK(remarks_of(all(published("beta", a), published("gamma", b))).empty());
  CHECK(remarks_of(insistent("beta", a)) == "retried-publish insistent");
  CHECK(remarks_of(patient(a)).empty());
  const auto each = [&](auto name_of_item) {
    return list_iter(names.term(), [&](Term<std::string> item) {
      return published(name_of_item(item), compiled(item));
    });
  };
  CHECK(remarks_of(each([](Term<std::string>) { return constant(std::string("x")); })) ==
        "shared-output names/*/published");
  CHECK(remarks_of(each([](Term<std::string> item) {
          return map([](const std::string& x) { return x + "-latest"; }, item);
        })).empty());
}

TEST_CASE("lint: options that do not go together", "[analysis][lint]") {
  const Var<std::chrono::system_clock::time_point> now{"now", {}};
  CHECK(remarks_of(timed(now.term())) == "volatile-key timed");
  CHECK(remarks_of(timed_context(now.term())).empty());
  CHECK(remarks_of(short_lived()) == "short-validity short_lived");
  CHECK(remarks_of(long_lived()).empty());
  CHECK(remarks_of(large()).empty());
  CHECK(remarks_of(large(), {.pools = {{"lab", {.cpus = 4}}}}) == "too-big large");
  CHECK(remarks_of(large(), {.pools = {{"lab", {.cpus = 8}}, {"", {.cpus = 1}}}}).empty());
  CHECK(remarks_of(shell({"/usr/bin/curl", "x"})) == "undeclared-network tool");
  CHECK(remarks_of(shell({"git", "clone", "x"})) == "undeclared-network tool");
  CHECK(remarks_of(shell({"python3", "-m", "pip", "install", "x"})) == "undeclared-network tool");
  CHECK(remarks_of(shell({"git", "status"})).empty());
  CHECK(remarks_of(shell({"python3", "-m", "pytest", "install"})).empty());
  CHECK(remarks_of(dynamic(
            "each", [](const std::vector<std::string>&) { return constant(1); }, names.term())) ==
        "needless-hole each");
}

TEST_CASE("lint: work for nobody, and work written twice", "[analysis][lint]") {
  const auto binary = compiled(source.term());
  const auto files = files_of(binary);
  CHECK(remarks_of(gate(binary, on(files))) == "unread-result files_of");
  CHECK(remarks_of(gate(binary, on(use_files(files)))).empty());
  const auto same = all(checked(binary), checked(binary));
  CHECK(remarks_of(same) == "same-work checked");
  const auto a = program("exec", {"make"}, {binary}, "a");
  const auto b = program("exec", {"make"}, {binary}, "b");
  const auto c = program("exec", {"make", "all"}, {binary}, "c");
  CHECK(remarks_of(zip(a, b)) == "near-duplicate b");
  CHECK(remarks_of(zip(a, c)).empty());
}

TEST_CASE("lint: a silencer has a reason, and is used", "[analysis][lint]") {
  const auto made = [] { return insistent("beta", compiled(source.term())); };
  const auto with = [&](Silencer one) { return remarks_of(made(), {.silencers = {one}}); };
  CHECK(with({"retried-publish", "insist*", "the server ignores equal uploads"}).empty());
  CHECK(with({"retried-publish", "other", "a reason"}) ==
        "retried-publish insistent; unused-silencer insistent");
  CHECK_THROWS_WITH(with({"retried-publish", "**", ""}), Catch::Contains("has no reason"));
  CHECK_THROWS_WITH(with({"retried-publsh", "**", "x"}), Catch::Contains("which is no remark"));
  const Facts facts{Graph(made())};
  const auto remarks =
      lint(facts, {.silencers = {{"retried-publish", "**", "the server ignores equal uploads"}}});
  REQUIRE(remarks.size() == 1);
  CHECK(remarks[0].silenced == "the server ignores equal uploads");
  CHECK_FALSE(has_errors(remarks));
  CHECK_THAT(to_text(facts, remarks),
             Catch::Contains("silenced: retried-publish of insistent: the server") &&
                 Catch::EndsWith("0 errors, 0 warnings, 0 notes, 1 silenced\n"));
}

TEST_CASE("lint: what is printed", "[analysis][lint]") {
  const auto binary = compiled(source.term());
  const Facts facts{Graph(gate(published("beta", binary), on(checked(binary))))};
  const auto remarks = lint(facts);
  CHECK(has_errors(remarks));
  CHECK_THAT(to_text(facts, remarks),
             Catch::StartsWith("error: gate at ") &&
                 Catch::Contains("comes after the deed: published is done before anything is "
                                 "waited for\n  where   ") &&
                 Catch::Contains("\n  remark  late-gate\nhint: gate what the step is given") &&
                 Catch::EndsWith("1 errors, 0 warnings, 0 notes, 0 silenced\n"));
  CHECK_THAT(to_json(facts, remarks), Catch::Contains("\"id\": \"late-gate\"") &&
                                          Catch::Contains("\"other\": \"published\""));
}

// One choice of what every input, function, program and person does gives one outcome a node, by
// the table of docs/semantics.md. Whatever comes out must have been held possible.
TEST_CASE("lint: no outcome that happens was called impossible", "[analysis][lint]") {
  using namespace oche::detail;
  std::size_t seen = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    const Facts facts{Graph(RandomPipeline(seed).make(30))};
    const Graph& graph = facts.graph();
    if (graph.templates().size() > 1) continue;  // an item has an outcome for each instance
    const Possibilities made = possibilities_of(facts);
    Chance chance(seed);
    std::vector<unsigned> outcome(graph.size());
    for (NodeId node = 0; node < graph.size(); ++node) {
      const auto inputs = graph.inputs(node);
      const auto has = [&](unsigned what) {
        return std::any_of(inputs.begin(), inputs.end(),
                           [&](NodeId input) { return outcome[input] == what; });
      };
      const unsigned combined = has(can_fail)   ? can_fail
                                : has(can_wait) ? can_wait
                                : has(can_skip) ? can_skip
                                                : can_be_ok;
      const unsigned chosen = chance.one_in(3) ? can_fail : can_be_ok;
      const auto first = [&] { return outcome[inputs[0]]; };
      switch (graph.kind(node)) {
        case Kind::constant:
        case Kind::state_of:
          outcome[node] = can_be_ok;
          break;
        case Kind::input:
          outcome[node] = chosen;
          break;
        case Kind::map:
        case Kind::step:
        case Kind::command:
          outcome[node] = combined == can_be_ok ? chosen : combined;
          break;
        case Kind::all:
          outcome[node] = has(can_fail)                      ? can_fail
                          : has(can_wait)                    ? can_wait
                          : has(can_skip) && !has(can_be_ok) ? can_skip
                                                             : can_be_ok;
          break;
        case Kind::gate: {
          outcome[node] = first();
          for (const unsigned what : {can_skip, can_wait, can_fail})
            for (const NodeId control : inputs.subspan(1))
              if (outcome[control] == what) outcome[node] = what;
          break;
        }
        case Kind::only_if:
          outcome[node] = first() != can_be_ok ? first()
                          : chance.one_in(2)   ? can_skip
                                               : outcome[inputs[1]];
          break;
        case Kind::or_else:
          outcome[node] = first() == can_fail ? outcome[inputs[1]] : first();
          break;
        case Kind::approve:
          outcome[node] = first() == can_be_ok && chance.one_in(2) ? can_wait : first();
          break;
        case Kind::attempt:
          outcome[node] = first() == can_fail ? can_be_ok : first();
          break;
        case Kind::advisory:
          outcome[node] = first() == can_wait ? can_wait : can_be_ok;
          break;
        default:
          outcome[node] = combined;
      }
      INFO("seed " << seed << ", " << name_of(graph.kind(node)) << " " << graph.path(node));
      REQUIRE(made.can(node, outcome[node]));
      ++seen;
    }
  }
  CHECK(seen > 2000);
}

}  // namespace lint_tests
