// diff.cpp - tests of diff: known edits are recovered, and what changes nothing is no change.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/diff.hpp>

#include "analysis/rewritten.hpp"
#include "support/cases.hpp"
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

using namespace oche;
using oche::tests::Chance;
using oche::tests::Draft;

namespace diff_tests {

namespace {

using What = PipelineChange::What;

Outline outline_of_draft(const Draft& draft, std::uint32_t style) {
  return outline_of(Facts{Graph(draft.make(style))});
}

/// `what path`, in the order of danger.
std::vector<std::string> changes_of(const Difference& difference) {
  std::vector<std::string> all;
  for (const PipelineChange& one : difference.changes)
    all.push_back(std::string(to_string(one.what)) + " " + one.path);
  return all;
}
using Lines = std::vector<std::string>;

bool has(const Difference& difference, What what, const std::string& path) {
  return std::any_of(
      difference.changes.begin(), difference.changes.end(),
      [&](const PipelineChange& one) { return one.what == what && one.path == path; });
}

bool reruns(const Difference& difference, const std::string& path) {
  return std::any_of(difference.reruns.begin(), difference.reruns.end(),
                     [&](const Rerun& one) { return one.path == path; });
}

unsigned cases() { return oche::tests::cases_of(1000); }

const auto brewed = step("brewed", [](Job&, const std::string& malt) { return malt; });
const auto tasted = step("tasted", [](Job&, const std::string& beer) { return beer; });
const auto poured =
    step("poured", [](Job&, const std::string& tap, const Latest<std::string>&) { return tap; });

Outline pub(bool is_gated, const std::string& malt = "pale") {
  const auto beer = brewed(malt);
  const auto good = tasted(beer);
  const Term<std::string> ready = is_gated ? Term<std::string>(gate(beer, on(good))) : beer;
  return outline_of(Facts{Graph(all({{"good", good}, {"poured", poured("left", ready)}}))});
}

}  // namespace

TEST_CASE("diff: a removed gate stands first, though no key has changed", "[analysis][diff]") {
  const Difference difference = diff(pub(true), pub(false));
  CHECK(changes_of(difference) ==
        Lines{"guarantee lost poured", "gate removed poured", "changed, and dangerous poured"});
  CHECK(difference.changes.front().text == "can run now without success of good");
  CHECK(difference.reruns.empty());
  CHECK_FALSE(difference.is_same());
  const Difference back = diff(pub(false), pub(true));
  CHECK(has(back, What::guarantee_won, "poured"));
  CHECK_FALSE(has(back, What::guarantee_lost, "poured"));
}

TEST_CASE("diff: what re-runs for certain, and what may", "[analysis][diff]") {
  const Difference difference = diff(pub(true), pub(true, "dark"));
  CHECK(changes_of(difference) == Lines{"changed brewed"});
  CHECK(difference.changes[0].text == "1: \"pale\" → \"dark\"");
  REQUIRE(difference.reruns.size() == 3);
  CHECK(difference.reruns[0].path == "brewed");
  CHECK(difference.reruns[0].is_certain);
  CHECK_FALSE(difference.reruns[1].is_certain);
}

TEST_CASE("diff: policies lost and won, secrets newly seen", "[analysis][diff]") {
  Outline before = pub(true), now = pub(true);
  before.policies = {{"a", true}, {"b", true}, {"c", false}};
  now.policies = {{"a", false}, {"c", true}, {"d", false}};
  now.nodes[1].secrets = {"ci/token"};
  const Difference difference = diff(before, now);
  REQUIRE(difference.changes.size() == 5);
  CHECK(difference.changes[0].text == "does not hold any more: a");
  CHECK(difference.changes[1].text == "is new, and does not hold: d");
  CHECK(difference.changes[2].text == "nobody asks for it any more: b");
  CHECK(difference.changes[3].what == What::secret_seen);
  CHECK(difference.changes[4].text == "holds now: c");
}

TEST_CASE("diff: a policy that nobody can judge yet is neither kept nor lost", "[analysis][diff]") {
  const auto change = [](std::vector<OutlinePolicy> was, std::vector<OutlinePolicy> is) {
    Outline before = pub(true), now = pub(true);
    before.policies = std::move(was);
    now.policies = std::move(is);
    Lines lines;
    for (const PipelineChange& one : diff(before, now).changes)
      lines.push_back(std::string(to_string(one.what)) + ": " + one.text);
    return lines;
  };
  const OutlinePolicy holds{"a", true}, broken{"a", false}, open{"a", false, false};
  CHECK(change({open}, {open}).empty());
  CHECK(change({holds}, {open}) == Lines{"guarantee not known: held, and is not known now: a"});
  CHECK(change({broken}, {open}) ==
        Lines{"guarantee not known: did not hold, and is not known now: a"});
  CHECK(change({}, {open}) == Lines{"guarantee not known: is new, and is not known now: a"});
  CHECK(change({open}, {}) ==
        Lines{"guarantee not known: nobody asks any more, and it was not known: a"});
  CHECK(change({open}, {holds}) == Lines{"guarantee won: holds now: a"});
  CHECK(change({open}, {broken}) == Lines{"guarantee lost: was not known, and does not hold: a"});
  // A guarantee that is lost stands before one that is open.
  const OutlinePolicy other{"b", true};
  CHECK(change({holds, other}, {open}) ==
        Lines{"guarantee lost: nobody asks for it any more: b",
              "guarantee not known: held, and is not known now: a"});
}

TEST_CASE("diff: a budget stays one whatever is known of it", "[analysis][diff][budget]") {
  const auto beer = brewed("pale");
  const Facts facts{Graph(all(beer))};
  const Policies budget = {whole_run().cost_at_most(1h)};
  const auto outline = [&](const Policies& policies, const Assumptions& known) {
    const Outline made = outline_of(facts, check(facts, policies, known));
    return outline_from_json(to_json(made)).value();  // as it is saved
  };
  const Outline open = outline(budget, {});
  REQUIRE(open.policies.size() == 1);
  CHECK_FALSE(open.policies[0].is_known);
  CHECK(diff(open, outline(budget, {})).is_same());
  const Outline kept = outline(budget, {.durations = {{"brewed", 1min}}});
  CHECK(has(diff(open, kept), What::guarantee_won, "policies"));
  CHECK(has(diff(kept, open), What::guarantee_open, "policies"));
  CHECK(has(diff(kept, outline({}, {})), What::guarantee_lost, "policies"));
}

TEST_CASE("diff: finish times of both, where something is known", "[analysis][diff]") {
  DiffOptions options{.durations = {{"brewed", 10s}, {"good", 5s}, {"poured", 1s}}, .slots = 2};
  const Difference difference = diff(pub(true), pub(false), options);
  CHECK(difference.has_times);
  CHECK(difference.finish_before == 16s);
  CHECK(difference.finish_now == 15s);
  CHECK_FALSE(diff(pub(true), pub(false)).has_times);
}

TEST_CASE("diff: text and JSON", "[analysis][diff]") {
  const Difference same = diff(pub(true), pub(true));
  CHECK_THAT(to_text(same), Catch::StartsWith("nothing has changed that can be seen\n"
                                              "keys identical: no step will re-run\n"
                                              "bodies of 3 functions could not be compared:\n") &&
                                Catch::Contains("  step brewed ("));
  const auto json = nlohmann::json::parse(to_json(diff(pub(true), pub(false))));
  CHECK(json.at("same") == false);
  CHECK(json.at("changes").at(0).at("what") == "guarantee lost");
  CHECK(json.at("reruns").empty());
  CHECK(json.at("not_compared").size() == 3);
}

TEST_CASE("diff: rewrites that preserve the meaning change nothing", "[analysis][diff]") {
  std::set<std::string> tricks;
  for (std::uint32_t seed = 0; seed < cases(); ++seed) {
    Chance chance(seed);
    const Draft draft = Draft::random(chance, 4 + chance.below(20));
    const Outline before = outline_of_draft(draft, 0);
    const Outline now = outline_of_draft(draft, seed + 1);
    const Difference difference = diff(before, now);
    INFO("seed " << seed << "\n" << to_text(difference));
    REQUIRE(difference.is_same());
    REQUIRE(before.nodes.size() == now.nodes.size());
    for (const std::string& one : draft.tricks(seed + 1))
      tricks.insert(one);
  }
  // Each kind of rewrite was among them.
  CHECK(tricks == std::set<std::string>{"doubled", "order", "permuted", "unused", "lines"});
}

TEST_CASE("diff: known edits are recovered, in random pipelines", "[analysis][diff]") {
  std::set<Draft::Edit> seen;
  for (std::uint32_t seed = 0; seed < cases(); ++seed) {
    Chance chance(seed);
    const Draft draft = Draft::random(chance, 6 + chance.below(20));
    for (const Draft::Edit edit : Draft::edits) {
      std::string path;
      const std::optional<Draft> edited = draft.with(edit, chance, path);
      if (!edited) continue;
      seen.insert(edit);
      // Told apart although everything is written in another order, too.
      const Difference difference =
          diff(outline_of_draft(draft, 0), outline_of_draft(*edited, seed + 1));
      INFO("seed " << seed << " edit " << static_cast<int>(edit) << " at " << path << "\n"
                   << to_text(difference));
      REQUIRE_FALSE(difference.is_same());
      switch (edit) {
        case Draft::Edit::constant:
          REQUIRE(has(difference, What::changed, path));
          REQUIRE(reruns(difference, path));
          break;
        case Draft::Edit::option:
          REQUIRE(changes_of(difference) == Lines{"changed " + path});
          REQUIRE(difference.reruns.empty());
          break;
        case Draft::Edit::add:
          REQUIRE(has(difference, What::added, path));
          REQUIRE(reruns(difference, path));
          REQUIRE(difference.reruns.size() == 1);
          break;
        case Draft::Edit::remove:
          REQUIRE(has(difference, What::removed, path));
          REQUIRE(difference.reruns.empty());
          break;
        case Draft::Edit::move:
          REQUIRE(has(difference, What::moved, path));
          REQUIRE(difference.reruns.empty());
          REQUIRE(difference.changes.size() == 1);
          break;
        case Draft::Edit::ungate:
          REQUIRE(difference.changes.front().what == What::guarantee_lost);
          REQUIRE(difference.changes.front().path == path);
          REQUIRE(difference.reruns.empty());
          break;
      }
    }
  }
  CHECK(seen.size() == std::size(Draft::edits));
}

}  // namespace diff_tests
