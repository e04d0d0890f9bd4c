// diagrams.cpp - the pictures of the three first examples: before they run, and half-way.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/blocking.hpp"
#include "support/dot_structure.hpp"
#include "support/golden.hpp"

using namespace oche::tests;

namespace {

/// The picture without what differs from machine to machine: where the source stands.
std::string portable(std::string dot) {
  const std::string root = fs::path(OCHE_TESTS_FOLDER).parent_path().string() + "/";
  for (std::size_t at = dot.find(root); at != std::string::npos; at = dot.find(root, at)) {
    dot.erase(at, root.size());
  }
  return dot;
}

std::string drawn(const std::vector<std::string>& argv, const std::string& folder) {
  const Ended ended = run_program(argv, folder);
  INFO(ended.errors);
  REQUIRE(ended.status == 0);
  return portable(ended.out);
}

void check_before(const std::string& program, const std::string& name) {
  const Folder empty;
  const std::string golden_name = "examples/goldens/" + name + ".1-before";
  CHECK(golden(golden_name + ".dot",
               drawn(example(program, {"graph", "--format", "dot"}), empty.path()), dot_structure));
  CHECK(golden(golden_name + ".txt", drawn(example(program, {"graph"}), empty.path())));
  CHECK(fs::is_empty(empty.path()));
}

/// Runs until `started` have started and wait; draws; lets them go and runs to the end.
void check_half_way(const Blocking& project, const std::string& program, const std::string& name,
                    const std::vector<std::string>& started, int rest = 0) {
  // The names of the repository's folder is in no picture: it is given as the default is called.
  const auto words = [&](std::vector<std::string> arguments) {
    return example(program, std::move(arguments));
  };
  Running run(words({"run", "--json", "--slots", "4", "--isolation", "none"}), project.folder());
  for (const std::string& path : started) {
    run.await(R"({"event":"started","path":")" + path + "\"");
  }
  CHECK(golden("examples/goldens/" + name + ".2-half_way.dot",
               drawn(words({"graph", "--live", "--format", "dot"}), project.folder()),
               dot_structure));
  for (std::size_t i = 0; i < started.size() + static_cast<std::size_t>(rest); ++i)
    project.let_go();
  const Ended ended = run.end();
  INFO(ended.out << ended.errors);
  CHECK(ended.status == 0);
  CHECK_THAT(ended.out, Catch::Contains(R"("outcome":"ok")"));
}

}  // namespace

TEST_CASE("fetch, build, test: before and half-way", "[examples][diagram]") {
  check_before("050_fetch_build_test", "fetch_build_test");
  const Blocking project("projects/program");
  fs::rename(project.repository(), project.folder() + "/program.git");
  check_half_way(project, "050_fetch_build_test", "fetch_build_test", {"test"});
}

TEST_CASE("two compilers: before and half-way", "[examples][diagram]") {
  check_before("060_two_compilers", "two_compilers");
  const Blocking project("projects/program");
  fs::rename(project.repository(), project.folder() + "/program.git");
  check_half_way(project, "060_two_compilers", "two_compilers", {"gcc/test", "clang/test"});
}

TEST_CASE("reverse dependencies: before and half-way", "[examples][diagram]") {
  check_before("070_reverse_dependencies", "reverse_dependencies");
  const Blocking project("projects/packages", {"app/tests.sh", "tool/tests.sh"});
  fs::rename(project.repository(), project.folder() + "/packages.git");
  check_half_way(project, "070_reverse_dependencies", "reverse_dependencies",
                 {"reverse dependencies/app/test", "reverse dependencies/tool/test"});
}
