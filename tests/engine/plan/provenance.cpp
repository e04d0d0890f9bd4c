// provenance.cpp - what ran is what the layout of the plan expects; every tampered run is told.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/provenance.hpp>

#include "engine/plan/edited.hpp"
#include "support/cases.hpp"
#include <oche/engine/state_folder.hpp>

using namespace engine_tests;

namespace provenance_tests {

namespace {

unsigned cases() { return oche::tests::cases_of(150); }

Layout layout_of(const Stage& stage, const AnyTerm& pipeline) {
  const Layout layout = expected_layout(pipeline, stage.options());
  const Result<Layout> read = layout_from_json(to_json(layout));
  if (!read) FAIL(read.failure().what);
  CHECK(read.value() == layout);
  return layout;
}

std::vector<StepLink> ran(const Stage& stage, const Layout& layout) {
  const Result<std::vector<StepLink>> links = links_of(layout, stage.options().state);
  if (!links) FAIL(links.failure().what);
  const Result<std::vector<StepLink>> read = links_from_json(to_json(links.value()));
  if (!read) FAIL(read.failure().what);
  CHECK(read.value() == links.value());
  return links.value();
}

void run(const Stage& stage, const AnyTerm& pipeline) {
  Engine engine(stage.options());
  engine.start(pipeline).wait_until_settled();
}

std::string told(const Layout& layout, const std::vector<StepLink>& links) {
  return to_text(departures(layout, links));
}

/// `publish` is given what `build` made, once `tests` have passed.
Term<> release(const std::string& source, bool is_gated = true) {
  Board::current()->answer(source, source + ".bin");
  const auto build = section("build", [&] { return work(source); });
  const auto tests = section("tests", [&] { return work("tests of " + source); });
  return section("publish", [&] { return is_gated ? work(gate(build, on(tests))) : work(build); });
}

constexpr auto as_expected = "what ran is what was expected\n";

const LayoutStep& step_at(const Layout& layout, std::string_view path) {
  const auto found = std::find_if(layout.steps.begin(), layout.steps.end(),
                                  [&](const LayoutStep& one) { return one.path == path; });
  REQUIRE(found != layout.steps.end());
  return *found;
}

StepLink& link_at(std::vector<StepLink>& links, std::string_view path) {
  const auto found = std::find_if(links.begin(), links.end(),
                                  [&](const StepLink& one) { return one.path == path; });
  REQUIRE(found != links.end());
  return *found;
}

bool has(const std::vector<ArtifactRule>& rules, const ArtifactRule& rule) {
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

}  // namespace

TEST_CASE("provenance: keys, sources and gates are expected, and what ran has them",
          "[engine][plan][provenance]") {
  using What = ArtifactRule::What;
  Stage stage;
  const Layout layout = layout_of(stage, release("v1"));
  REQUIRE(layout.steps.size() == 3);
  CHECK(layout.may == std::vector<std::string>{"publish/work"});
  CHECK(layout.inner.empty());
  const Plan planned = plan(release("v1"), stage.options());
  CHECK(has(step_at(layout, "build/work").materials,
            {What::require, "key/" + planned.run.front().key}));
  const LayoutStep& publish = step_at(layout, "publish/work");
  CHECK(has(publish.materials, {What::match, "value", "argument 1", "build/work"}));
  CHECK(has(publish.materials, {What::match, "value", "after/tests/work", "tests/work"}));
  CHECK(has(publish.materials, {What::require, "after/tests/work/value"}));
  CHECK(publish.materials.back() == ArtifactRule{What::disallow, "*"});

  run(stage, release("v1"));
  const std::vector<StepLink> links = ran(stage, layout);
  REQUIRE(links.size() == 3);
  CHECK(told(layout, links) == as_expected);
  CHECK(to_json(departures(layout, links)) == "[]\n");
  // Made once more, everything is reused; what was done stays what it was.
  const Layout again = layout_of(stage, release("v1"));
  CHECK(again.may.empty());
  CHECK(again.after == 3);
  CHECK(told(again, ran(stage, again)) == as_expected);
}

TEST_CASE("provenance: a step that gets another one's result began when it was given it",
          "[engine][plan][provenance]") {
  Stage stage;
  const auto pipeline = [] {
    const auto first = section("first", [] { return work("one"); });
    const auto tests = section("tests", [&] { return work("tests"); });
    return section("again", [&] { return work(gate(first, on(tests))); });  // its key is first's
  };
  const Layout layout = layout_of(stage, pipeline());
  run(stage, pipeline());
  CHECK(stage.board().started("one") == 1);
  std::vector<StepLink> links = ran(stage, layout);
  CHECK(link_at(links, "again/work").attempt == link_at(links, "first/work").attempt);
  CHECK(told(layout, links) == as_expected);
}

TEST_CASE("provenance: nothing but digests", "[engine][plan][provenance]") {
  Stage stage;
  const Layout layout = layout_of(stage, release("a very private word"));
  run(stage, release("a very private word"));
  for (const std::string& text : {to_json(layout), to_json(ran(stage, layout))})
    CHECK_THAT(text, !Catch::Contains("private"));
}

TEST_CASE("provenance: another key, a gate that was not waited for, what nobody expected",
          "[engine][plan][provenance]") {
  Stage stage;
  const Layout layout = layout_of(stage, release("v1"));
  CHECK(links_of(layout, stage.options().state).is_failed());  // nothing has run
  run(stage, release("v1", false));
  CHECK(told(layout, ran(stage, layout)) ==
        "material: publish/work began before tests/work had succeeded\n"
        "missing: tests/work was to run, and did not\n");

  Stage other;
  run(other, all(release("v2"), section("more", [] { return work("more"); })));
  const std::vector<StepLink> links = ran(other, layout);
  CHECK_THAT(told(layout, links), Catch::Contains("material: build/work ran with the key ") &&
                                      Catch::Contains("material: tests/work ran with the key ") &&
                                      Catch::Contains("unplanned: more/work ran as attempt "));
}

TEST_CASE("provenance: what was there before the plan does not count as run",
          "[engine][plan][provenance]") {
  Stage stage;
  run(stage, release("v1"));
  const Layout layout = layout_of(stage, release("v2"));
  CHECK(told(layout, ran(stage, layout)) ==
        "missing: build/work was to run, and did not\n"
        "missing: tests/work was to run, and did not\n");
  stage.board().fail("tests of v2", Failure{"2 of 3"});
  run(stage, release("v2"));
  CHECK(told(layout, ran(stage, layout)) == "failed: tests/work ended as failed\n");
}

TEST_CASE("provenance: gates behind lists, conditions and holes", "[engine][plan][provenance]") {
  const auto pipeline = [](bool is_on) {
    Board::current()->answer("list", "a,b");
    const auto first = section("first", [] { return work("list"); });
    const auto items = map(
        [](const std::string& text) {
          return std::vector<std::string>{text.substr(0, 1), text.substr(2)};
        },
        first);
    const auto each = section("each", [&] {
      return list_map(items, [](const Term<std::string>& one) { return work(one); });
    });
    const auto sometimes =
        only_if(constant(is_on), section("sometimes", [] { return work("s"); }), "off");
    const auto always = section("always", [] { return work("t"); });
    const auto hole =
        dynamic("hole", [](const std::string& text) { return work(text + "!"); }, first);
    const auto end =
        section("end", [&] { return work(gate(first, on(each, all(sometimes, always)))); });
    return all(end, hole);
  };
  for (const bool is_on : {true, false}) {
    Stage own;
    const Layout layout = layout_of(own, pipeline(is_on));
    REQUIRE_FALSE(layout.inner.empty());
    const std::vector<ArtifactRule>& rules = step_at(layout, "end/work").materials;
    using What = ArtifactRule::What;
    CHECK(has(rules, {What::require, "after/always/work/value"}));
    // What may be left out holds nobody back.
    CHECK_FALSE(has(rules, {What::require, "after/sometimes/work/value"}));
    run(own, pipeline(is_on));
    CHECK(told(layout, ran(own, layout)) == as_expected);
  }
}

TEST_CASE("provenance: random pipelines run as expected, and each tampering is told",
          "[engine][plan][provenance]") {
  std::size_t matched = 0, tampered = 0, failed = 0;
  for (std::uint32_t seed = 1; seed <= cases(); ++seed) {
    Stage stage;
    EditedPipeline pipeline(seed);
    if (seed % 2 == 0) {
      run(stage, pipeline.make());
      pipeline.edit();
    }
    const Layout layout = layout_of(stage, pipeline.make());
    run(stage, pipeline.make());
    std::vector<StepLink> links = ran(stage, layout);
    INFO("seed " << seed << "\n" << to_json(layout) << to_json(links));
    for (const Departure& one : departures(layout, links)) {
      INFO(one.path << " " << one.text);
      REQUIRE(one.what == Departure::What::failed);
      REQUIRE(link_at(links, one.path).state == "failed");
      ++failed;
    }
    for (const LayoutStep& step : layout.steps) {
      const bool may =
          std::find(layout.may.begin(), layout.may.end(), step.path) != layout.may.end();
      for (const ArtifactRule& rule : step.materials) {
        const auto reader = std::find_if(links.begin(), links.end(), [&](const StepLink& one) {
          return one.path == step.path && (!may || one.attempt > layout.after);
        });
        if (reader == links.end() || rule.what != ArtifactRule::What::match) continue;
        ++matched;
        // The product of the source is another one now.
        std::vector<StepLink> wrong = links;
        for (Artifact& product : link_at(wrong, rule.from).products)
          product.digest = std::string(64, '0');
        const std::vector<Departure> seen = departures(layout, wrong);
        REQUIRE(std::any_of(seen.begin(), seen.end(), [&](const Departure& one) {
          return one.path == step.path && one.what == Departure::What::material;
        }));
        ++tampered;
      }
      std::vector<StepLink> without = links;
      std::erase_if(without, [&](const StepLink& one) { return one.path == step.path; });
      const std::vector<Departure> seen = departures(layout, without);
      REQUIRE(std::any_of(seen.begin(), seen.end(), [&](const Departure& one) {
                return one.path == step.path && one.what == Departure::What::missing;
              }) == !may);
    }
  }
  CHECK(matched > cases() / 2);
  CHECK(tampered == matched);
  CHECK(failed > 0);
}

TEST_CASE("provenance: what is no layout is refused", "[engine][plan][provenance]") {
  Stage stage;
  const std::string good = to_json(layout_of(stage, release("v1")));
  std::string rule = good;
  rule.replace(rule.find("DISALLOW"), 8, "DELETE");
  std::string version = good;
  version.replace(version.find("\"version\": 1"), 12, "\"version\": 2");
  for (const std::string& wrong : {std::string(), std::string("{}"), std::string("[]"),
                                   good.substr(0, good.size() - 9), rule, version})
    CHECK_FALSE(layout_from_json(wrong));
  CHECK_FALSE(links_from_json("{\"a\": 1}"));
}

}  // namespace provenance_tests
