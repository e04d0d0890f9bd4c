// losses.cpp - every loss that is listed is one: pipelines that differ in it become the same file.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "graph/support.hpp"
#include "support/golden.hpp"
#include <oche/analysis/golden.hpp>
#include <oche/render/workflow.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <regex>
#include <set>
#include <sstream>

using namespace oche;
using oche::tests::program;
using oche::tests::read_text;
using oche::tests::work;

namespace {

/// The file without what is for people, and without the meaning that names what has no name.
std::string said(const Workflow& workflow) {
  std::istringstream lines(workflow.text);
  std::string text;
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with('#')) text += line + '\n';
  static const std::regex meaning("[~-][0-9a-f]{16}");
  return std::regex_replace(text, meaning, "~");
}

std::set<std::string> ids(const Workflow& workflow) {
  std::set<std::string> found;
  for (const Loss& loss : workflow.losses)
    found.insert(loss.id);
  return found;
}

constexpr detail::StepKind brings_tree = {nullptr, &type_of<Tree>, oche::tests::no_parameters,
                                          oche::tests::keyed, 0};
/// A commit's files, which every job of a service begins with.
AnyTerm source() {
  static constexpr StepOptions reading{.is_reading = true};
  std::vector<AnyTerm> inputs;
  return detail::make_step(Where::current(), brings_tree, "fetch", &reading, inputs);
}

Term<int> run(const std::function<void(detail::CommandSpec&)>& change,
              std::string operation = "exec", std::string path = "run") {
  detail::CommandPayload payload{};
  payload.spec.operation = std::move(operation);
  payload.spec.argv = {{"true", 0}};
  payload.spec.label = std::move(path);
  change(payload.spec);
  const std::vector<AnyTerm> inputs{source()};
  return detail::typed<int>(
      detail::make_command(Where::current(), inputs, &type_of<int>, std::move(payload)));
}

Term<int> with_word(std::string word) {
  detail::CommandPayload payload{};
  payload.spec.operation = "exec";
  payload.spec.label = "run";
  payload.spec.argv = {{"echo", 0}, {"", 1}};
  const std::vector<AnyTerm> inputs{source(), constant(std::move(word))};
  return detail::typed<int>(
      detail::make_command(Where::current(), inputs, &type_of<int>, std::move(payload)));
}

Term<int> plain(const StepOptions& options) { return work("make", {constant(1)}, options); }

constexpr detail::Role latest[8] = {detail::Role::latest};
constexpr detail::StepKind one_keyed = {nullptr, &type_of<int>, oche::tests::no_parameters,
                                        oche::tests::keyed, 1};
constexpr detail::StepKind one_latest = {nullptr, &type_of<int>, oche::tests::no_parameters, latest,
                                         1};
Term<int> set(const detail::StepKind& kind) {
  std::vector<AnyTerm> inputs{constant(1)};
  return detail::typed<int>(detail::make_step(Where::current(), kind, "set", nullptr, inputs));
}

/// 250 conditions whose being false changes nothing, or each of which is asked for.
Term<int> many_conditions(bool each) {
  std::vector<Term<int>> ends;
  for (int i = 0; i < 250; ++i)
    ends.push_back(only_if(map([](int n) { return n > 0; }, constant(i)),
                           program("exec", {"run"}, {constant(i)}, "run-" + std::to_string(i)),
                           "odd"));
  if (each) return gate(work("last", {}), on(collect(ends)));
  return gate(work("last", {}), on(all(ends)));
}

/// Each of two is asked for after the other has failed; or only the second after the first.
AnyTerm either_way(bool both) {
  const auto condition = [](const char* name, Term<int> then) {
    return only_if(Var<bool>(name, true).term(), then, name);
  };
  const auto x = work("x", {});
  const auto y = work("y", {});
  return all(condition("one", or_else(x, y)), condition("two", both ? or_else(y, x) : y));
}

/// Two pipelines that mean something else, and whose files differ in this loss alone.
struct Pair {
  std::string id;
  bool in_github, in_gitlab;
  std::function<AnyTerm()> lost;   ///< lists the loss
  std::function<AnyTerm()> other;  ///< may list it too
};

std::vector<Pair> pairs() {
  using Spec = detail::CommandSpec;
  const auto a = [] { return work("a", {}); };
  const auto use = [](const Term<int>& x) { return work("use", {x}); };
  const auto nothing = [](Spec&) {};
  return {
      {"memory", true, true, [] { return plain({.version = 1}); },
       [] { return plain({.version = 2}); }},
      {"function", true, true, [] { return work("make", {constant(1)}); },
       [] { return work("make", {constant(2)}); }},
      {"value", true, true, [&] { return use(map([](int n) { return n; }, constant(1))); },
       [&] { return use(map([](int n) { return n + 1; }, constant(2))); }},
      {"word", true, true, [] { return with_word("a"); }, [] { return with_word("b"); }},
      {"bytes", true, true, [] { return run([](Spec& s) { s.argv.push_back({"\xff", 0}); }); },
       [] { return run([](Spec& s) { s.argv.push_back({"\xfe", 0}); }); }},
      {"tree", true, true, [] { return program("exec", {"make"}, {constant(1)}, "make"); },
       [] { return program("exec", {"make"}, {constant(2)}, "make"); }},
      {"list", true, true,
       [] {
         return list_iter(constant(std::vector<int>{1}),
                          [](Term<int> one) { return work("a", {one}); });
       },
       [] {
         return list_iter(constant(std::vector<int>{1, 2}),
                          [](Term<int> one) { return work("a", {one, constant(3)}); });
       }},
      {"hole", true, true,
       [] { return Term<int>(dynamic("hole", [](int n) { return constant(n); }, constant(1))); },
       [] { return Term<int>(dynamic("hole", [](int n) { return constant(n); }, constant(2))); }},
      {"source", true, true,
       [&] { return use(work("fetch", {Var<int>("a", 1).term()}, {.is_reading = true})); },
       [&] { return use(work("fetch", {Var<int>("b", 1).term()}, {.is_reading = true})); }},
      {"condition", true, true,
       [&] { return use(only_if(map([](int n) { return n > 0; }, constant(1)), a(), "odd")); },
       [&] { return use(only_if(map([](int n) { return n > 0; }, constant(2)), a(), "odd")); }},
      {"state", true, true, [&] { return gate(work("b", {}), on(state_of(a()))); },
       [&] { return gate(work("b", {}), on(advisory(a()))); }},
      {"fallback", false, true, [&] { return use(or_else(a(), work("b", {}))); },
       [&] { return use(a()); }},
      {"tolerance", false, true,
       [&] { return all(work("b", {gate(constant(1), on(advisory(a())))}), work("c", {a()})); },
       [&] { return all(work("b", {gate(constant(1), on(a()))}), work("c", {a()})); }},
      {"order", true, true, [] { return either_way(true); }, [] { return either_way(false); }},
      {"long", true, true, [] { return many_conditions(false); },
       [] { return many_conditions(true); }},
      {"approval", true, true, [] { return approve("release", constant(1)); },
       [] { return approve("release", constant(2)); }},
      {"isolation", true, true, [=] { return run(nothing); },
       [] { return run([](Spec& s) { s.network = Network::host; }); }},
      {"report", true, true,
       [] { return run([](Spec& s) { s.settings = {{"junit", "a.xml"}}; }, "test"); },
       [] { return run([](Spec& s) { s.settings = {{"junit", "a.xml"}}; }, "exec"); }},
      {"latest", true, true, [] { return set(one_latest); }, [] { return set(one_keyed); }},
      {"retry", true, true, [] { return plain({.retry = {.attempts = 4, .backoff = 1s}}); },
       [] { return plain({.retry = {.attempts = 5, .backoff = 2s}}); }},
      {"timeout", true, false, [] { return plain({.timeout = 61s}); },
       [] { return plain({.timeout = 119s}); }},
      {"timeout", false, true, [] { return plain({.timeout = 1100ms}); },
       [] { return plain({.timeout = 1900ms}); }},
      {"level", true, true, [] { return plain({.level = Level::dangerous}); },
       [] { return plain({}); }},
      {"pool", true, true, [] { return plain({.pool = "lab", .needs = {.cpus = 4}}); },
       [] { return plain({}); }},
      {"priority", true, true, [] { return plain({.priority = 3}); }, [] { return plain({}); }},
      {"validity", true, true, [] { return plain({.valid_for = 1h}); }, [] { return plain({}); }},
      {"unwanted", true, true, [] { return plain({.cancel_when_unwanted = false}); },
       [] { return plain({}); }},
  };
}

}  // namespace

TEST_CASE("workflows: every listed loss is real", "[workflows][losses]") {
  std::set<std::pair<std::string, Dialect>> covered;
  for (const Pair& pair : pairs()) {
    for (const Dialect dialect : {Dialect::github, Dialect::gitlab}) {
      if (!(dialect == Dialect::github ? pair.in_github : pair.in_gitlab)) continue;
      const Graph lost(pair.lost());
      const Graph other(pair.other());
      const Workflow file = to_workflow(lost, {.dialect = dialect});
      const Workflow without = to_workflow(other, {.dialect = dialect});
      INFO(pair.id << "\n" << file.text << "\n" << without.text);
      CHECK(ids(file).contains(pair.id));
      CHECK(golden(Facts(lost)) != golden(Facts(other)));
      CHECK(said(file) == said(without));
      CHECK(file.text.find("# - " + pair.id + ": ") != std::string::npos);
      covered.emplace(pair.id, dialect);
    }
  }
  const std::string docs =
      read_text(std::filesystem::path(OCHE_TESTS_FOLDER) / "../docs/workflows.md");
  for (const LossKind& kind : loss_kinds()) {
    INFO(kind.id);
    CHECK(docs.find("| `" + std::string(kind.id) + "` | ") != docs.npos);
    CHECK(covered.contains({std::string(kind.id), Dialect::github}) == !kind.github.empty());
    CHECK(covered.contains({std::string(kind.id), Dialect::gitlab}) == !kind.gitlab.empty());
  }
}

TEST_CASE("workflows: what can be said is no loss", "[workflows][losses]") {
  for (const Dialect dialect : {Dialect::github, Dialect::gitlab}) {
    const Workflow file =
        to_workflow(Graph(plain({.timeout = 120s})), {.dialect = dialect, .title = "t"});
    CHECK(ids(file) == std::set<std::string>{"function", "memory"});
    CHECK(file.text.find(dialect == Dialect::github ? "timeout-minutes: 2" : "timeout: 120 sec") !=
          file.text.npos);
    const Workflow empty = to_workflow(Graph(constant(1)), {.dialect = dialect});
    CHECK(empty.losses.empty());
    CHECK(to_text(empty.losses).empty());
  }
  const Workflow failing = to_workflow(Graph(plain({.level = Level::dangerous})));
  CHECK(to_text(failing.losses)
            .find("level: nobody is asked on account of a step's level\n"
                  "  make\n") != std::string::npos);
  CHECK(to_json(failing).starts_with("{\"text\":\"# pipeline"));
  CHECK(to_json(failing).find("{\"id\":\"level\",\"text\":\"nobody is asked on account of a step's "
                              "level\",\"paths\":[\"make\"]}") != std::string::npos);
}
