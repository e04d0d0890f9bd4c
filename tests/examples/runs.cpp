// runs.cpp - every example draws itself anywhere, runs green, and repeats nothing.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

#include <nlohmann/json.hpp>

using namespace oche::tests;
using nlohmann::json;

namespace {

struct Example {
  const char* name;
  const char* project;     ///< the sample that it builds, if any
  const char* repository;  ///< as the program's default names it
  int steps;
  int ran;  ///< those that are no mere reading
};

constexpr Example all_examples[] = {
    {"010_hello", nullptr, nullptr, 1, 1},
    {"030_matrix", nullptr, nullptr, 9, 9},
    {"040_own_step", nullptr, nullptr, 1, 1},
    {"050_fetch_build_test", "projects/program", "program.git", 4, 2},
    {"060_two_compilers", "projects/program", "program.git", 8, 5},
    {"070_reverse_dependencies", "projects/packages", "packages.git", 11, 6},
    {"calculator", "calculator/project", "calculator.git", 7, 5},
};

json last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n');
  REQUIRE(end != std::string::npos);
  const std::size_t begin = text.rfind('\n', end);
  return json::parse(text.substr(begin == std::string::npos ? 0 : begin + 1));
}

}  // namespace

TEST_CASE("graph needs no state folder and no repository, in any format", "[examples][graph]") {
  const Folder empty;
  for (const Example& one : all_examples) {
    for (const char* format : {"text", "dot", "svg", "json", "mermaid"}) {
      const Ended ended =
          run_program(example(one.name, {"graph", "--format", format}), empty.path());
      INFO(one.name << " " << format << " " << ended.errors);
      CHECK(ended.status == 0);
      CHECK(ended.errors.empty());
      CHECK(ended.out.size() > 20);
      if (std::string_view(format) == "json") CHECK(json::accept(ended.out));
      if (std::string_view(format) == "svg") CHECK_THAT(ended.out, Catch::Contains("</svg>"));
    }
  }
  CHECK(fs::is_empty(empty.path()));
}

TEST_CASE("every example ends green; a second run starts no step", "[examples][run]") {
  for (const Example& one : all_examples) {
    const Folder folder;
    if (one.project != nullptr) make_repository(one.project, folder / one.repository);
    for (const bool is_first : {true, false}) {
      const Ended ended = run_program(example(one.name, {"run", "--json"}), folder.path());
      INFO(one.name << "\n" << ended.out << ended.errors);
      CHECK(ended.status == 0);
      const json settled = last_line(ended.out);
      CHECK(settled.at("outcome") == "ok");
      CHECK(settled.at("steps") == one.steps);
      CHECK(settled.at("ran") == (is_first ? one.ran : 0));
      CHECK(settled.at("reused") == (is_first ? 0 : one.ran));
    }
  }
}

TEST_CASE("a changed package tests itself and what needs it, no more", "[examples][run]") {
  const Folder folder;
  make_repository("projects/packages", folder / "packages.git");
  const auto run = [&] {
    const Ended ended =
        run_program(example("070_reverse_dependencies", {"run", "--json"}), folder.path());
    return std::pair(ended.status, last_line(ended.out));
  };
  CHECK(run().first == 0);
  // The greeting's own test says no: what needs it is not even tried.
  const std::string greeting = folder / "packages.git/base/greeting.h";
  std::string text = read_text(greeting);
  text.replace(text.find("\"Hello\""), 7, "\"Hallo\"");
  write_text(greeting, text);
  commit_all(folder / "packages.git");
  const auto [status, settled] = run();
  CHECK(status == 1);
  CHECK(settled.at("failed") == json::array({"base/test"}));
  CHECK(settled.at("ran") == 2);
}
