// 050_fetch_build_test.cpp - the first pipeline that anybody writes: fetch, build, test (seed S3).
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

using namespace oche;

// `program` is what `make` builds; the tests are given it.
Term<> pipeline(Term<Commit> commit) {
  auto source = fetch(commit);
  auto program =
      build(source, {.argv = {"make", "program"}, .outputs = {"program"}, .label = "build"});
  return exec(merge({source, program}), {.argv = {"sh", "tests.sh", "./program"}, .label = "test"});
}

int main(int argc, char** argv) {
  return oche::main(
      argc, argv,
      {
          .name = "fetch_build_test",
          .options = {{"repo", "a C program with a Makefile and tests.sh", "program.git"},
                      {"branch", "the branch to follow", "main"}},
          .pipeline =
              [](const Options& options) {
                return pipeline(git::head(options["repo"], options["branch"]));
              },
      });
}
