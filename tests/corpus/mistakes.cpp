// mistakes.cpp - every mistake planted in the seeds' pipelines is found, and none in the originals.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "corpus/seeds.hpp"
#include <oche/analysis/check.hpp>
#include <oche/render/workflow.hpp>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>

using namespace oche;
using namespace oche::tests;

namespace {

using Make = Seed (*)(std::string_view);

struct Mistake {
  std::string_view planted;
  std::string_view said;  ///< by the policies or by the linter; stands nowhere in the original
};

struct Corpus {
  std::string_view name;
  Make make;
  std::vector<Mistake> mistakes;
};

std::vector<std::string> paths(const Graph& graph, const std::vector<Link>& links) {
  std::vector<std::string> list;
  for (const Link& link : links)
    list.emplace_back(graph.path(link.node));
  return list;
}

std::string_view word(Deviation::What what) {
  constexpr std::string_view words[] = {"fails", "waits", "is skipped", "is false", "is empty"};
  return words[static_cast<std::size_t>(what)];
}

/// A line for each thing that is wrong: `policy 1: publish after tests fails`, `late-gate: …`.
std::string found(const Seed& seed) {
  const Facts facts{Graph(seed.pipeline)};
  const Graph& graph = facts.graph();
  std::string text;
  const CheckReport report = check(facts, seed.policies);
  for (std::size_t i = 0; i < report.answers.size(); ++i) {
    const Answer& answer = report.answers[i];
    if (answer.verdict == Verdict::holds) continue;
    if (answer.findings.empty())
      text +=
          fmt::format("policy {}: {} {}\n", i + 1, to_string(answer.verdict), answer.problem.what);
    for (const Finding& one : answer.findings) {
      if (one.verdict == Verdict::holds) continue;
      text += fmt::format("policy {}: {}", i + 1, graph.path(one.subject));
      std::vector<std::string> after;
      for (const Deviation& deviation : one.after)
        after.push_back(fmt::format("{} {}", graph.path(deviation.node), word(deviation.what)));
      if (!after.empty()) text += fmt::format(" after {}", fmt::join(after, ", "));
      if (!one.path.empty())
        text += fmt::format(" by {}", fmt::join(paths(graph, one.path), " < "));
      if (!one.other.empty())
        text += fmt::format(" and {}", fmt::join(paths(graph, one.other), " < "));
      text += '\n';
    }
  }
  for (const Remark& remark : lint(facts, seed.lint)) {
    text += fmt::format("{}: {}", remark.id, graph.path(remark.node));
    if (remark.other != no_node) text += fmt::format(" / {}", graph.path(remark.other));
    text += '\n';
  }
  return text;
}

const std::vector<Corpus>& corpus() {
  static const std::vector<Corpus> all = {
      {"S0",
       calculator_seed,
       {{"moved gate", "policy 1: publish after tests fails"},
        {"caught test", "policy 1: publish after tests fails"},
        {"test as a value", "policy 1: publish after tests fails"},
        {"any state will do", "policy 1: publish after tests fails"},
        {"one of two will do", "policy 1: publish after tests fails"},
        {"tests sometimes", "policy 1: publish after"},
        {"gate on nothing", "idle-gate: "},
        {"ships the source", "policy 2: publish by publish < "},
        {"gate after the deed", "late-gate: "},
        {"published twice", "published-twice: "},
        {"wheel built twice", "same-work: wheel"},
        {"same check twice", "near-duplicate: style / lint"},
        {"dead step", "never-runs: wheel style"},
        {"nobody reads it", "unread-result: manual"},
        {"downloads unseen", "undeclared-network: wheel"}}},
      {"S1",
       workspaces_seed,
       {{"secret in the tests", "policy 6: packages/"},
        {"items share a name", "shared-output: packages/"},
        {"hole instead of a list", "policy 7: "},
        {"secret in the archive", "policy 6: pack by "},
        {"a time in the key", "volatile-key: pack"},
        {"expires at work", "short-validity: pack"},
        {"larger than its pool", "too-big: pack"},
        {"another archive", "policy 5: prd"},
        {"moved gate", "policy 1: prd after"},
        {"wrong order", "policy 4: stg after dv fails"},
        {"nobody asked", "policy 2: "},
        {"asked too late", "late-gate: production"},
        {"asked for something else", "policy 2: "},
        {"tried again", "retried-publish: prd"}}},
      {"S2",
       environment_seed,
       {{"poisoned cache", "policy 3: keep"},
        {"tests outside it", "policy 2: tests"},
        {"scanned on Sundays", "policy 1: keep after "},
        {"scan only looked at", "policy 1: keep after scan fails"},
        {"lint left out", "policy 1: keep after lint fails"},
        {"kept before the tests", "policy 1: keep after tests fails"},
        {"keeps the environment of a proposal", "policy 3: keep"},
        {"environment made twice", "same-work: environment"},
        {"another environment just like it", "near-duplicate: environment 2 / environment"},
        {"downloads unseen", "undeclared-network: late package"},
        {"a gate on what cannot fail", "idle-gate: "},
        {"behind what never is", "never-runs: diagnose"}}},
      {"S3",
       images_seed,
       {{"dependants first", "policy 2: dependants/"},
        {"one machine forgotten", "policy 1: push after smoke arm64 fails"},
        {"no dependants, no test", "policy 1: push after "},
        {"request with secrets", "policy 3: comment"},
        {"image of a request", "policy 3: push"},
        {"part of a request", "policy 3: push"},
        {"told with a secret", "policy 4: tell"},
        {"secret beside a request", "policy 3: login"},
        {"one tag from two lines", "published-twice: push"},
        {"never for anybody", "never-runs: "},
        {"hole over a list", "needless-hole: aliases"},
        {"pushed, then tested", "late-gate: "}}},
      {"S4",
       service_seed,
       {{"push builds again", "policy 2: push"},
        {"analysis only looked at", "policy 1: push"},
        {"tests or analysis", "policy 1: push"},
        {"image not tried", "policy 1: push"},
        {"moved gate", "policy 1: push"},
        {"pushed again and again", "retried-publish: push"},
        {"login in the tests", "policy 4: unit tests"},
        {"login before everything", "policy 4: unit tests"},
        {"gate after the push", "late-gate: "},
        {"never pushed", "never-runs: push"},
        {"two lines, one tag", "published-twice: push"},
        {"nobody asked", "policy 3: switch"},
        {"the wrong question", "policy 3: switch"},
        {"asked too late", "late-gate: switch over"}}}};
  return all;
}

}  // namespace

TEST_CASE("corpus: nothing is said of the originals", "[corpus]") {
  for (const Corpus& one : corpus()) {
    INFO(one.name);
    CHECK(found(one.make("")) == "");
    const Seed seed = one.make("");
    const CheckReport report = check(Graph(seed.pipeline), seed.policies);
    for (const Answer& answer : report.answers) {
      INFO(answer.policy);
      CHECK((answer.verdict == Verdict::holds || answer.claim == Policy::Claim::none ||
             answer.claim == Policy::Claim::distrusted));
      CHECK((answer.subjects > 0 || answer.claim == Policy::Claim::none));
    }
  }
}

TEST_CASE("corpus: every planted mistake is found", "[corpus]") {
  std::size_t planted = 0;
  for (const Corpus& one : corpus()) {
    for (const Mistake& mistake : one.mistakes) {
      INFO(one.name << ", " << mistake.planted << "\nlooked for: " << mistake.said);
      CHECK_THAT(found(one.make(mistake.planted)), Catch::Contains(std::string(mistake.said)));
      ++planted;
    }
  }
  CHECK(planted >= 40);
}

// Written for the checkers of the services, which tests/workflows/check.py calls.
TEST_CASE("corpus: workflow files of the seeds, with and without mistakes", "[.files]") {
  const auto write = [](std::string name, std::string_view planted, const Seed& seed) {
    if (!planted.empty()) name += fmt::format(" {}", planted);
    std::replace(name.begin(), name.end(), ' ', '_');
    for (const auto& [dialect, service] :
         {std::pair(Dialect::github, "github"), std::pair(Dialect::gitlab, "gitlab")}) {
      std::ofstream file(fmt::format("{}.{}.yml", name, service));
      file << to_workflow(Graph(seed.pipeline), {.dialect = dialect, .title = name}).text;
      REQUIRE(file.good());
    }
  };
  for (const Corpus& one : corpus()) {
    write(std::string(one.name), "", one.make(""));
    for (const Mistake& mistake : one.mistakes)
      write(std::string(one.name), mistake.planted, one.make(mistake.planted));
  }
}
