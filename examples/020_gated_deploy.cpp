// 020_gated_deploy.cpp - a deploy that cannot escape its tests, and that a person has agreed to.
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

using namespace oche;

const auto compile = step("compile", [](Job& job, const std::string& source) -> std::string {
  job.log("compiling {}", source);
  return source + ".bin";
});

const auto check =
    step("check", [](Job& job, const std::string& binary, const std::string& suite) -> Result<> {
      job.log("running {} on {}", suite, binary);
      if (suite == "broken") return Failure{"1 of 3 tests failed: broken"};
      return {};
    });

// `Latest`: what is deployed is replaced rather than keyed. "Set <server> to <binary>".
const auto set =
    step("deploy", [](Job& job, const std::string& server, const Latest<std::string>& binary) {
      job.log("{} now runs {}", server, *binary);
    });

// Takes a Gated value: a binary that has passed no gate does not compile here.
Term<> deploy(std::string server, const Gated<std::string>& binary) { return set(server, binary); }

Term<> release(std::string source, std::string suite) {
  auto binary = compile(source);
  auto tests = section("tests", [&] {
    return all({{"unit", check(binary, "unit")}, {"end-to-end", check(binary, suite)}});
  });
  auto ready = gate(binary, on(tests));
  return all({{"staging", deploy("staging", ready)},
              {"production", deploy("production", approve("release to production", ready))}});
}

int main(int argc, char** argv) {
  return oche::main(
      argc, argv,
      {
          .name = "gated_deploy",
          .options = {{"source", "what to compile", "main.cpp"},
                      {"suite", "the second suite (try: broken)", "end-to-end"}},
          .pipeline =
              [](const Options& options) { return release(options["source"], options["suite"]); },
          .policies = {every(step_named("deploy")).needs_success_of_each(step_named("check"))},
      });
}
