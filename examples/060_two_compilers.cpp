// 060_two_compilers.cpp - a base that is refreshed daily, two compilers in parallel (seed S3).
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

using namespace oche;

// What everything is built on. A machine without a container registry has its own system: which one
// exactly is found out once a day, and a new one rebuilds what stands on it.
const auto pull = step("pull",
                       [](Job& job, const std::string& reference) -> Result<Image> {
                         const JobCommandEnd end = job.run(
                             {.argv = {"sha256sum", "/etc/os-release", "/etc/debian_version"}});
                         if (end.exit_status != 0)
                           return Failure{"this system does not say what it is"};
                         return Image{reference, "sha256:" + end.output.substr(0, 64)};
                       },
                       {.valid_for = 24h});

Term<> pipeline(Term<Commit> commit, std::string base) {
  auto source = fetch(commit);
  auto digest = map([](const Image& image) { return image.digest; }, pull(base));
  auto with = [&](std::string compiler) {
    return section(compiler, [&] {
      auto program = build(source, {.argv = {"make", "program", "CC=" + compiler},
                                    .env = {{"BASE", digest}},
                                    .outputs = {"program"},
                                    .label = "build"});
      return exec(merge({source, program}),
                  {.argv = {"sh", "tests.sh", "./program"}, .label = "test"});
    });
  };
  return all({{"gcc", with("gcc")}, {"clang", with("clang")}});
}

int main(int argc, char** argv) {
  return oche::main(
      argc, argv,
      {
          .name = "two_compilers",
          .options = {{"repo", "a C program with a Makefile and tests.sh", "program.git"},
                      {"branch", "the branch to follow", "main"},
                      {"base", "what to build on", "debian:12"}},
          .pipeline =
              [](const Options& options) {
                return pipeline(git::head(options["repo"], options["branch"]), options["base"]);
              },
      });
}
