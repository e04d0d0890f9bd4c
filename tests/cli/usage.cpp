// usage.cpp - wrong usage: exit status 64 and a sentence that names what was meant.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

using namespace oche::tests;

namespace {

struct Wrong {
  std::vector<std::string> arguments;
  const char* error;
  const char* hint;
};

}  // namespace

TEST_CASE("what is typed wrongly gets the nearest that there is", "[cli]") {
  const Wrong all[] = {
      {{}, "no command is given", "hello --help lists the commands"},
      {{"--quiet"}, "no command is given", "hello --help lists the commands"},
      {{"rnu"}, "there is no command \"rnu\"", "did you mean \"run\"?"},
      {{"--who", "Ada", "grpah"}, "there is no command \"grpah\"", "did you mean \"graph\"?"},
      {{"deploy"}, "there is no command \"deploy\"", "hello --help lists the commands"},
      {{"run", "--solts", "3"}, "run has no option --solts", "did you mean \"--slots\"?"},
      {{"run", "--hwo=Ada"}, "run has no option --hwo", "did you mean \"--who\"?"},
      {{"run", "--only", "gret"},
       "there is no \"gret\" in the pipeline",
       "did you mean \"greet\"?"},
      {{"key", "gret"}, "there is no step \"gret\" in the pipeline", "did you mean \"greet\"?"},
      {{"graph", "--expand", "x"}, "there is no group \"x\" in the pipeline", "sections and lists"},
      {{"graph", "--format", "pdf"}, "--format: pdf not in {text,dot", "see hello graph --help"},
      {{"run", "--isolation", "some"}, "--isolation: some not in {automatic", "hello run --help"},
      {{"run", "--slots", "many"}, "--slots", "see hello run --help"},
      {{"run", "--worktree", "."}, "this program has no option --repo", "see hello"},
      {{"log"}, "PATH is required", "see hello log --help"},
      {{"rebuild"}, "rebuild takes either paths or --failed", "`rebuild tests`"},
      {{"rebuild", "greet", "--failed"}, "rebuild takes either paths or --failed", "`rebuild"},
  };
  const Folder folder;
  for (const Wrong& wrong : all) {
    const Ended ended = run_program(example("010_hello", wrong.arguments), folder.path());
    INFO(ended.errors);
    CHECK(ended.status == 64);
    CHECK(ended.out.empty());
    CHECK(ended.errors.starts_with("error: "));
    CHECK_THAT(ended.errors, Catch::Contains(wrong.error));
    const std::size_t hint = ended.errors.find("\nhint: ");
    REQUIRE(hint != std::string::npos);
    CHECK_THAT(ended.errors.substr(hint), Catch::Contains(wrong.hint));
  }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("every command has help with an example", "[cli]") {
  const Folder folder;
  const Ended whole = run_program(example("010_hello", {"--help"}), folder.path());
  CHECK(whole.status == 0);
  CHECK_THAT(whole.out, Catch::Contains("--who") && Catch::Contains("whom to greet"));
  for (const char* command :
       {"graph", "plan", "run", "watch", "key", "jobs", "log", "get", "rebuild", "cancel",
        "approve", "query", "impact", "golden", "check", "secrets", "critical-path", "simulate"}) {
    CHECK_THAT(whole.out, Catch::Contains(command));
    const Ended one = run_program(example("010_hello", {command, "--help"}), folder.path());
    INFO(command);
    CHECK(one.status == 0);
    CHECK_THAT(one.out, Catch::Contains("Example: hello " + std::string(command)));
  }
}
