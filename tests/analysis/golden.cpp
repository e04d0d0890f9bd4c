// golden.cpp - tests of the golden plan: its text, and what does and does not change it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/golden.hpp>

#include "analysis/random_pipeline.hpp"
#include <oche/term/step.hpp>

#include <catch2/catch.hpp>

#include <set>

using namespace oche;
using oche::tests::program;
using oche::tests::RandomPipeline;

namespace {

const auto compile = step("compile", [](Job&, const std::string& source) { return source; });
const auto deploy = step("deploy", [](Job&, const std::string&, const Latest<std::string>&) {},
                         {.timeout = 5min, .level = Level::dangerous});

Term<> sample(const std::string& server) {
  const Var<std::string> head{"head", std::string()};
  const auto binary = compile(map([](const std::string& x) { return x; }, head.term()));
  const auto checked = program("test", {"make", "check all\n"}, {binary}, "tests");
  return deploy(server, gate(binary, on(checked)));
}

std::string text_of(const AnyTerm& term) { return golden(Facts{Graph(term)}); }

}  // namespace

TEST_CASE("golden: every operation with its arguments", "[analysis][golden]") {
  CHECK(text_of(sample("beta")) == R"(pipeline: deploy

compile
  step compile
  1: map(head)

deploy
  step deploy, publishes
  1: "beta"
  2 (latest): gate(compile, tests)
  .level: dangerous
  .timeout: 5min

head
  input
  label: head

tests
  command test
  tree: compile
  argv[0]: make
  argv[1]: check all\n
)");
}

TEST_CASE("golden: a template, its item and its list", "[analysis][golden]") {
  const Var<std::vector<std::string>> names{"names", {}};
  const auto each = [](Term<std::string> item) { return compile(item); };
  CHECK(text_of(list_map(names.term(), each)) ==
        R"(pipeline: list_map(each of(names), names/*/compile)

names
  input
  label: names

names/*/compile
  step compile
  1: item of names/*
)");
}

TEST_CASE("golden: one changed argument changes one line", "[analysis][golden]") {
  std::string a = text_of(sample("beta"));
  const std::string b = text_of(sample("gamma"));
  CHECK(a != b);
  a.replace(a.find("beta"), 4, "gamma");
  CHECK(a == b);
}

TEST_CASE("golden: the order in which parts are written changes nothing", "[analysis][golden]") {
  const auto made = [](bool turned) {
    const auto first = [] { return program("exec", {"a"}, {}, "first"); };
    const auto second = [] { return program("exec", {"b"}, {}, "second"); };
    if (turned) {
      const auto b = second();
      const auto a = first();
      return zip(a, b);
    }
    const auto a = first();
    const auto b = second();
    return zip(a, b);
  };
  CHECK(text_of(made(false)) == text_of(made(true)));
}

TEST_CASE("golden: what is long is bounded, and still tells changes apart", "[analysis][golden]") {
  const auto made = [](int changed) {
    std::vector<Term<int>> many;
    for (int i = 0; i < 500; ++i)
      many.push_back(map([](int x) { return x; }, constant(i == changed ? -1 : i)));
    return all(many);
  };
  const std::string text = text_of(made(-1));
  CHECK(text.starts_with("pipeline: all#"));
  CHECK(text != text_of(made(7)));
  CHECK(text_of(compile(std::string(10'000, 'x'))).size() < 400);
  CHECK(text_of(compile(std::string(10'000, 'x'))) != text_of(compile(std::string(10'001, 'x'))));
}

TEST_CASE("golden: random pipelines: the same text each time, every step in it once",
          "[analysis][golden]") {
  std::set<std::string> all;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    const Facts facts{Graph(RandomPipeline(seed).make(40))};
    const std::string text = golden(facts);
    REQUIRE(text == golden(Facts{Graph(RandomPipeline(seed).make(40))}));
    all.insert(text);
    for (NodeId node = 0; node < facts.size(); ++node) {
      if (!facts.is_work(node)) continue;
      const std::string title = "\n\n" + std::string(facts.graph().path(node)) + "\n  ";
      REQUIRE(text.find(title) != text.npos);
      REQUIRE(text.find(title) == text.rfind(title));
    }
  }
  CHECK(all.size() == 200);
}
