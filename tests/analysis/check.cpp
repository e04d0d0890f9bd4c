// check.cpp - tests of proofs and refutations: the traps, the exceptions, data, secrets and trust.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/check.hpp>

#include <oche/term/step.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace oche;
using Catch::Contains;

namespace {

using Text = std::string;

const auto make = step("make", [](Job&, const Text& source) { return source; });
const auto examine = step("examine", [](Job&, const Text&) { return Text(); });
const auto lint = step("lint", [](Job&, const Text&) { return Text(); });
const auto sign = step("sign", [](Job&, const Text& what) { return what; });
const auto ship = step("ship", [](Job&, const Text&, const Latest<Text>&) { return Text(); },
                       {.level = Level::dangerous, .secrets = {{"registry", "token"}}});

Policy ships_need_examination() {
  return every(publishes()).needs_success_of(step_named("examine"));
}

/// The only answer, as text.
Text told(const AnyTerm& term, const Policy& policy, Verdict expected) {
  const Graph graph(term);
  const CheckReport report = check(graph, {policy});
  Text text = to_text(report, graph);
  INFO(text);
  CHECK(to_string(report.answers.at(0).verdict) == to_string(expected));
  CHECK(report.holds() == (expected == Verdict::holds || expected == Verdict::nothing));
  return text;
}

Term<Text> source() { return Var<Text>("source", "main.cpp").term(); }

}  // namespace

TEST_CASE("check: a gate is a proof, and the proof is a path", "[analysis][check]") {
  const auto binary = make(source());
  const auto good = examine(binary);
  const Text text =
      told(ship("host", gate(binary, on(good))), ships_need_examination(), Verdict::holds);
  CHECK_THAT(text, Catch::StartsWith("✔ publishing steps: only after success of step"));
  CHECK_THAT(text, Contains("ship (") && Contains("waits for gate (") &&
                       Contains("must succeed examine (") && Contains("check.cpp:"));
  CHECK_THAT(text, Catch::EndsWith("1 policy holds, 0 do not\n"));
}

TEST_CASE("check: a deed that only looks gated is refuted by the failures that let it run",
          "[analysis][check]") {
  const auto binary = make(source());
  const auto good = examine(binary);
  const Text late =
      told(gate(ship("host", binary), on(good)), ships_need_examination(), Verdict::violated);
  CHECK_THAT(late, Contains("✗ publishing steps") && Contains("ship (") &&
                       Contains(" runs even if\n      examine (") && Contains(") fails\n") &&
                       Contains("    the policy: ") && !Contains("lint"));
  told(ship("host", gate(binary, on(advisory(good)))), ships_need_examination(), Verdict::violated);
  told(ship("host", gate(binary, on(attempt(good)))), ships_need_examination(), Verdict::violated);
  told(ship("host", gate(binary, on(state_of(good)))), ships_need_examination(), Verdict::violated);
  const Text either = told(ship("host", gate(binary, on(or_else(lint(binary), good)))),
                           ships_need_examination(), Verdict::violated);
  CHECK_THAT(either, !Contains("lint ("));  // nothing else need go wrong
  const Text fallback = told(ship("host", gate(binary, on(or_else(good, lint(binary))))),
                             ships_need_examination(), Verdict::violated);
  CHECK_THAT(fallback, Contains("examine (") && !Contains("lint ("));
}

TEST_CASE("check: a condition may skip what was asked for", "[analysis][check]") {
  const auto binary = make(source());
  const auto is_main = map([](const Text& s) { return s == "main"; }, source());
  const auto maybe = only_if(is_main, examine(binary), "only on main");
  const auto checks = all(maybe, lint(binary));
  const auto deed = ship("host", gate(binary, on(checks)));
  const Text text = told(deed, ships_need_examination(), Verdict::violated);
  CHECK_THAT(text, Contains(") is false\n"));
  told(deed, ships_need_examination().unless_skipped(), Verdict::holds);
  // The same condition guards the deed: then it cannot be skipped alone.
  const Text both =
      told(only_if(is_main, deed, "only on main"), ships_need_examination(), Verdict::holds);
  CHECK_THAT(both, Contains("in each case of what its conditions share"));
  const auto other = map([](const Text& s) { return s == "next"; }, source());
  told(only_if(other, deed, "only on next"), ships_need_examination(), Verdict::violated);
  told(only_if(constant(true), deed, "always"), ships_need_examination(), Verdict::violated);
}

TEST_CASE("check: a list may be empty, unless it is written down", "[analysis][check]") {
  const auto binary = make(source());
  const auto names = map([](const Text& s) { return std::vector<Text>{s}; }, source());
  const auto deed = [&](const Term<std::vector<Text>>& list) {
    const auto each = list_iter(list, [&](Term<Text> one) { return examine(one); });
    return ship("host", gate(binary, on(each)));
  };
  CHECK_THAT(told(deed(names), ships_need_examination(), Verdict::violated),
             Contains(") is empty\n"));
  told(deed(names), ships_need_examination().even_if_none(), Verdict::holds);
  told(deed(constant(std::vector<Text>{"a", "b"})), ships_need_examination(), Verdict::holds);
  told(deed(constant(std::vector<Text>{})), ships_need_examination(), Verdict::violated);
  // What is shipped for an item of the same list: there is one.
  const auto inner = list_iter(names, [&](Term<Text> one) { return examine(one); });
  told(list_iter(names, [&](Term<Text> one) { return ship(one, gate(binary, on(inner))); }),
       ships_need_examination(), Verdict::holds);
  told(list_iter(names, [&](Term<Text> one) { return ship("h", gate(one, on(examine(one)))); }),
       ships_need_examination(), Verdict::holds);
}

TEST_CASE("check: one of several may do, or each must", "[analysis][check]") {
  const auto binary = make(source());
  const auto deed = ship("host", gate(binary, on(examine(binary))));
  const auto both = step_named("examine") | step_named("lint");
  const auto whole = all(deed, lint(binary));
  told(whole, every(publishes()).needs_success_of(both), Verdict::holds);
  CHECK_THAT(told(whole, every(publishes()).needs_success_of_each(both), Verdict::violated),
             Contains("lint (") && Contains(") fails"));
  const auto asked = approve("release", binary);
  const auto release = every(level(Level::dangerous)).needs_success_of(approvals("release"));
  told(ship("host", asked), release, Verdict::holds);
  CHECK_THAT(told(all(asked, deed), release, Verdict::violated),
             Contains("release (") && Contains(") waits for ever\n"));
}

TEST_CASE("check: what a hole does is not provable, unless its contract rules it out",
          "[analysis][check]") {
  const auto binary = make(source());
  const auto open = [&] {
    return dynamic("open", [](const Text& s) { return constant(s); }, binary);
  };
  CHECK_THAT(told(all(Term<Text>(open()), lint(binary)),
                  every(publishes()).needs_success_of(step_named("lint")), Verdict::violated),
             Contains("what this hole will build is not known"));
  const auto named = every(step_named("ship")).needs_success_of(step_named("make"));
  told(all(Term<Text>(open().never({"ship"})), ship("h", binary)), named, Verdict::holds);
  told(all(Term<Text>(open().may_run({"lint"})), ship("h", binary)), named, Verdict::holds);
  const auto blind = dynamic("blind", [](int n) { return constant(n); }, Var("n", 1).term());
  told(all(Term<int>(blind), ship("h", binary)), named, Verdict::violated);
  told(all(Term<Text>(open().at_most(0)), lint(binary)),
       every(publishes()).needs_success_of(step_named("lint")), Verdict::nothing);
  told(all(Term<Text>(open().never({"test"})), lint(binary)),
       every(choose::tests()).needs_success_of(step_named("lint")), Verdict::nothing);
  told(open(), no(dynamic_parts()), Verdict::violated);
  told(binary, no(dynamic_parts()), Verdict::holds);
}

TEST_CASE("check: a policy that names what is not there is broken", "[analysis][check]") {
  const auto deed = ship("host", make(source()));
  const Text text =
      told(deed, every(publishes()).needs_success_of(step_named("maek")), Verdict::violated);
  CHECK_THAT(text, Contains("the policy names the step \"maek\", and the pipeline has none") &&
                       Contains("did you mean \"make\"?"));
  told(deed, every(step_named("shop")).needs_success_of(step_named("make")), Verdict::violated);
  told(deed, secret("tokne").never_reaches(untrusted()), Verdict::violated);
  told(deed, every(publishes()).needs_success_of(approvals("release")), Verdict::violated);
  told(deed, distrust(inputs("requests")), Verdict::violated);
  told(make(source()), every(publishes()).needs_success_of(choose::tests()), Verdict::nothing);
  CHECK_THAT(told(deed, every(publishes()).needs_success_of(choose::tests()), Verdict::violated),
             Contains("the pipeline has no tests"));
}

TEST_CASE("check: what is shipped came through, and is what was examined", "[analysis][check]") {
  const auto binary = make(source());
  const auto signed_one = sign(binary);
  const auto passes = every(publishes()).data_passes_through(step_named("sign"));
  told(ship("host", gate(signed_one, on(examine(binary)))), passes, Verdict::holds);
  const auto both = all(signed_one, ship("host", gate(binary, on(signed_one))));
  CHECK_THAT(told(both, passes, Verdict::violated), Contains("from make ("));
  const auto mixed =
      make(map([](const Text& a, const Text& b) { return a + b; }, signed_one, binary));
  told(ship("host", mixed), passes, Verdict::violated);
  told(ship("host", make(signed_one)), passes, Verdict::holds);

  const auto same = every(publishes()).ships_what_passed(step_named("examine"));
  told(ship("host", gate(binary, on(examine(binary)))), same, Verdict::holds);
  told(all(ship("host", binary), examine(binary)), same, Verdict::violated);
  const auto rebuilt = make(lint(source()));
  CHECK_THAT(told(ship("host", gate(rebuilt, on(examine(binary)))), same, Verdict::violated),
             Contains("was given to none of the step \"examine\""));
  const auto tagged = ship("host", gate(signed_one, on(examine(binary))));
  told(tagged, same, Verdict::violated);
  told(tagged, same.through(step_named("sign")), Verdict::holds);
}

TEST_CASE("check: distrusted data, secrets and what is published", "[analysis][check]") {
  const auto request = Var<Text>("request", "a fork's").term();
  const auto distrusted = distrust(inputs("request"));
  const auto graph_of = [&](const AnyTerm& term, const Policies& policies) {
    return check(Graph(term), policies);
  };
  const auto secretive = secret("token").never_reaches(untrusted());
  const auto bad = ship("host", make(request));
  const CheckReport report = graph_of(bad, {distrusted, secretive});
  CHECK(report.answers[0].verdict == Verdict::violated);
  CHECK(report.answers[1].verdict == Verdict::violated);
  REQUIRE(report.answers[1].findings.size() == 2);         // make works on it, and sees nothing
  CHECK(report.answers[1].findings[0].other.size() == 3);  // ship, make, the input
  // Where the secret is read itself, nothing but taking it away helps.
  const Text what = to_text(report, Graph(bad));
  CHECK_THAT(what, Contains("what would keep it away:\n      take it from ship ("));
  // Near misses: only gated by it; looked at by a person; beside it.
  const auto gated = ship("host", gate(make(source()), on(examine(request))));
  CHECK(graph_of(gated, {distrusted, secretive}).holds());
  CHECK(graph_of(ship("host", approve("merge", make(request))), {distrusted, secretive}).holds());
  CHECK(graph_of(all(ship("host", make(source())), examine(request)), {distrusted, secretive})
            .holds());
  // What was made with the secret gets there too.
  const auto leaked = lint(map([](const Text& a, const Text& b) { return a + b; },
                               ship("host", make(source())), request));
  CHECK_FALSE(graph_of(leaked, {distrusted, secretive}).holds());
  const Graph graph(leaked);
  const CheckReport seen = check(graph, {secret("token").never_reaches(step_named("lint"))});
  REQUIRE(seen.answers[0].cut);
  REQUIRE(seen.answers[0].cut->places.size() == 1);  // the function between them
  CHECK(graph.kind(seen.answers[0].cut->places[0]) == Kind::map);
  CHECK_THAT(to_json(seen, graph), Contains("\"cut\":"));
}

TEST_CASE("check: JSON says the same", "[analysis][check]") {
  const auto binary = make(source());
  const auto deed = all(ship("host", binary), examine(binary));
  const Graph graph(deed);
  const auto json = nlohmann::json::parse(to_json(check(graph, {ships_need_examination()}), graph));
  CHECK(json.at("holds") == false);
  const auto& policy = json.at("policies").at(0);
  CHECK(policy.at("verdict") == "violated");
  CHECK(policy.at("subjects") == 1);
  const auto& finding = policy.at("findings").at(0);
  CHECK(finding.at("path") == "ship");
  CHECK(finding.at("after").at(0).at("path") == "examine");
  CHECK(finding.at("after").at(0).at("what") == "fails");
  CHECK(finding.at("after").at(0).at("asked_for") == true);
}
