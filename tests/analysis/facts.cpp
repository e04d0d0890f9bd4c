// facts.cpp - tests of what a node records: arguments, options, effects, sizes.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/facts.hpp>

#include "graph/support.hpp"
#include <oche/term/step.hpp>
#include <oche/term/untrusted.hpp>

#include <catch2/catch.hpp>

#include <map>

using namespace oche;
using oche::tests::Chance;
using oche::tests::program;
using oche::tests::work;

namespace {

const auto measure = step("measure", [](Job&, const std::string& text) { return text.size(); });
const auto release = step("release", [](Job&, const std::string&, const Latest<std::size_t>&) {},
                          {.version = 3,
                           .timeout = 90min,
                           .retry = {.attempts = 3},
                           .valid_for = 1500ms,
                           .level = Level::dangerous,
                           .pool = "lab",
                           .needs = {.cpus = 2.5, .memory = 1024},
                           .secrets = {{"ci", "token"}, {"ci", "key"}}});
const auto fetched = step("fetched", [](Job&) { return std::string(); },
                          {.level = Level::harmless, .is_reading = true});

NodeId of(const Facts& facts, std::string_view path) {
  const auto found = facts.graph().find(path);
  INFO(path);
  REQUIRE(found);
  return *found;
}

std::string text_of(const Facts& facts, const std::vector<Argument>& list) {
  std::string text;
  for (const Argument& one : list) {
    text += one.name + "=";
    if (one.role == detail::Role::latest) text += "latest ";
    text += one.text.empty() && one.input != no_node
                ? "<" + std::string(facts.graph().path(one.input)) + ">"
                : one.text;
    text += "; ";
  }
  return text;
}

}  // namespace

TEST_CASE("facts: a step's arguments, options and effects", "[analysis][facts]") {
  const auto size = measure("abc");
  const int line = __LINE__ + 1;
  const Facts facts(Graph(release("beta", size)));
  const NodeId deed = of(facts, "release");
  CHECK(facts.operation(deed) == "release");
  CHECK(text_of(facts, facts.arguments(deed)) == "1=\"beta\"; 2=latest <measure>; ");
  CHECK(text_of(facts, facts.options(deed)) ==
        "version=3; level=dangerous; timeout=90min; retry.attempts=3; needs.cpus=2.5; "
        "needs.memory=1024; valid_for=1500ms; pool=lab; secret=ci/token; secret=ci/key; ");
  CHECK(facts.publishes(deed));
  CHECK(facts.is_work(deed));
  CHECK_FALSE(facts.is_reading(deed));
  CHECK_FALSE(facts.runs_programs(deed));
  CHECK(facts.level(deed) == Level::dangerous);
  CHECK(facts.network(deed) == Reach::unknown);
  CHECK(facts.pool(deed) == "lab");
  CHECK(facts.needs(deed).cpus == 2.5);
  CHECK(facts.timeout(deed) == 90min);
  CHECK(facts.retry(deed).attempts == 3);
  CHECK(facts.valid_for(deed) == 1500ms);
  CHECK(facts.place(deed).ends_with("facts.cpp:" + std::to_string(line)));

  const NodeId plain = of(facts, "measure");
  CHECK(text_of(facts, facts.arguments(plain)) == "1=\"abc\"; ");
  CHECK(facts.options(plain).empty());
  CHECK_FALSE(facts.publishes(plain));
  CHECK(facts.level(plain) == Level::average);
  CHECK(facts.secrets(plain).empty());

  REQUIRE(facts.all_secrets().size() == 2);
  REQUIRE(facts.secrets(deed).size() == 2);
  CHECK(facts.all_secrets()[facts.secrets(deed)[0]].name == "token");
  CHECK(facts.all_secrets()[facts.secrets(deed)[1]].name == "key");
}

TEST_CASE("facts: where distrust begins and ends", "[analysis][facts]") {
  const auto x = distrust(constant(1), "theirs");
  const Facts facts{Graph(map([](int n) { return n; }, vouch(x, "a digit")))};
  std::vector<Trust> trust;
  for (NodeId node = 0; node < facts.size(); ++node)
    trust.push_back(facts.trust(node));
  CHECK(trust == std::vector{Trust::as_given, Trust::distrusted, Trust::vouched, Trust::as_given});
}

TEST_CASE("facts: a command is data", "[analysis][facts]") {
  const auto tree = fetched();
  const auto version = measure("1");
  detail::CommandPayload payload{};
  payload.spec.operation = "build";
  payload.spec.argv = {{"make", 0}, {{}, 1}};
  payload.spec.env = {{"HOME", {"nowhere", 0}}};
  payload.spec.image = detail::WordSpec{"debian:12", 0};
  payload.spec.outputs = {"out/*"};
  payload.spec.settings = {{"junit", "report.xml"}};
  payload.spec.secrets = {{"TOKEN", secret("ci", "token")}};
  payload.spec.network = Network::host;
  payload.spec.timeout = 250us;
  payload.spec.level = Level::harmless;
  const AnyTerm inputs[] = {tree, version};
  const Facts facts(
      Graph(detail::make_command(Where::current(), inputs, &type_of<int>, std::move(payload))));
  const NodeId node = facts.graph().root();
  CHECK(facts.operation(node) == "build");
  CHECK(text_of(facts, facts.arguments(node)) ==
        "tree=<fetched>; argv[0]=make; argv[1]=<measure>; env HOME=nowhere; image=debian:12; "
        "output=out/*; junit=report.xml; secret TOKEN=ci/token; network=host; ");
  CHECK(text_of(facts, facts.options(node)) == "level=harmless; timeout=250us; ");
  CHECK(facts.runs_programs(node));
  CHECK(facts.network(node) == Reach::host);
  CHECK(facts.secrets(node).size() == 1);
  CHECK(facts.is_reading(of(facts, "fetched")));
}

TEST_CASE("facts: what is no work has no effects", "[analysis][facts]") {
  const Var<int> head{"head", 1};
  const auto twice = map([](int x) { return 2 * x; }, head.term());
  const Facts facts{Graph(all({{"ready", gate(head.term(), on(twice))}, {"twice", twice}}))};
  for (NodeId node = 0; node < facts.size(); ++node) {
    CHECK_FALSE(facts.is_work(node));
    CHECK(facts.level(node) == Level::harmless);
    CHECK(facts.network(node) == Reach::none);
    CHECK(facts.needs(node).cpus == 0);
    CHECK(facts.options(node).empty());
    CHECK(facts.operation(node) == name_of(facts.graph().kind(node)));
  }
  CHECK(text_of(facts, facts.arguments(of(facts, "ready"))) == "1=<head>; on 1=<twice>; ");
}

TEST_CASE("facts: how many items a list has", "[analysis][facts]") {
  using Texts = std::vector<std::string>;
  const auto inner = [](Term<std::string> item) { return measure(item); };
  const auto bounds = [&](const auto& list) {
    const Facts facts{Graph(list_map(list, inner))};
    return facts.bounds(1);
  };
  const auto known = constant(Texts{"a", "b", "c"});
  const Var<Texts> unknown{"list", Texts{}};
  const auto fixed = map([](int) { return std::array<std::string, 4>{}; }, constant(1));
  CHECK(bounds(known) == SizeBounds{3, 3});
  CHECK(bounds(constant(Texts{})) == SizeBounds{0, 0});
  CHECK(bounds(unknown.term()) == SizeBounds{0, {}});
  CHECK(bounds(collect({constant(std::string("x")), constant(std::string("y"))})) ==
        SizeBounds{2, 2});
  CHECK(bounds(gate(known, on(unknown.term()))) == SizeBounds{3, 3});
  CHECK(bounds(only_if(constant(true), known, "never")) == SizeBounds{3, 3});
  CHECK(bounds(or_else(known, constant(Texts{"d"}))) == SizeBounds{1, 3});
  CHECK(bounds(or_else(known, unknown.term())) == SizeBounds{0, {}});
  CHECK(bounds(list_map(known, [](Term<std::string> item) { return item; })) == SizeBounds{3, 3});
  const Var<std::optional<std::string>> maybe{"maybe", std::nullopt};
  const Facts option{Graph(option_map(maybe.term(), inner))};
  CHECK(option.bounds(1) == SizeBounds{0, 1});
  const Facts nested{Graph(list_iter(known, [&](Term<std::string>) {
    return list_iter(constant(Texts{"x", "y"}),
                     [&](Term<std::string> item) { return inner(item); });
  }))};
  const NodeId deep =
      of(nested, std::string(nested.graph().path(nested.graph().templates()[2].body)));
  CHECK(nested.times(deep) == SizeBounds{6, 6});
  CHECK(nested.times(nested.graph().root()) == SizeBounds{1, 1});
}

TEST_CASE("facts: a hole and its contract", "[analysis][facts]") {
  const Var<int> head{"head", 1};
  const Facts facts{Graph(dynamic(
                              "more", [](int) { return constant(1); }, head.term())
                              .may_run({"publish"})
                              .at_most(9))};
  const detail::Contract* contract = facts.contract(facts.graph().root());
  REQUIRE(contract != nullptr);
  CHECK(contract->may_run == std::vector<std::string>{"publish"});
  CHECK(contract->at_most == 9);
  CHECK(facts.contract(0) == nullptr);
}

TEST_CASE("facts: what is found by its name or label, and what hands on bytes",
          "[analysis][facts]") {
  const auto told = step("told", [](Job&, const std::string&, const Context<std::string>&) {});
  const auto again =
      step("measure", [](Job&, const std::string& text) { return text.size(); }, {.label = "b"});
  const auto text = fetched();
  const Facts facts(Graph(
      all(measure("a"), again("b"), told("c", text), program("build", {"make"}, {text}, "image"))));
  const auto paths = [&](std::span<const NodeId> nodes) {
    std::string all;
    for (const NodeId node : nodes)
      all += std::string(facts.graph().path(node)) + " ";
    return all;
  };
  CHECK(paths(facts.steps_named("measure")) == "measure b ");
  CHECK(facts.steps_named("image").empty());
  CHECK(facts.step_names().size() == 3);
  CHECK(paths(facts.labelled()) == "b image ");
  CHECK(facts.own_label(of(facts, "image")) == "image");
  CHECK(facts.holes().empty());
  CHECK(facts.gives_bytes(of(facts, "measure")));
  CHECK_FALSE(facts.gives_bytes(of(facts, "told")));
  CHECK(facts.takes_context(of(facts, "told")));
  CHECK_FALSE(facts.takes_context(of(facts, "measure")));
}

TEST_CASE("facts: every secret of every command, whatever the order", "[analysis][facts]") {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Chance chance(seed);
    std::vector<AnyTerm> terms;
    std::map<std::string, std::vector<std::string>> expected;
    for (int i = 0; i < 30; ++i) {
      detail::CommandPayload payload{};
      payload.spec.operation = "exec";
      payload.spec.label = "c" + std::to_string(i);
      for (std::size_t n = chance.below(4); n > 0; --n) {
        const std::string name = "s" + std::to_string(chance.below(5));
        payload.spec.secrets.emplace_back("V" + std::to_string(n), secret("ci", name));
        expected[payload.spec.label].push_back(name);
      }
      std::vector<AnyTerm> inputs;
      if (!terms.empty()) inputs.push_back(chance.of(terms));
      terms.push_back(
          detail::make_command(Where::current(), inputs, &type_of<int>, std::move(payload)));
    }
    const Facts facts{Graph(all(terms))};
    for (int i = 0; i < 30; ++i) {
      const std::string label = "c" + std::to_string(i);
      std::vector<std::string> found;
      for (const SecretId id : facts.secrets(of(facts, label)))
        found.push_back(facts.all_secrets()[id].name);
      REQUIRE(found == expected[label]);
    }
  }
}
