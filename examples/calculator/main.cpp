// main.cpp - the program around the pipeline of pipeline.cpp, which its test plays with too.
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

using namespace oche;

Term<> calculator(Term<Commit> commit);

int main(int argc, char** argv) {
  return oche::main(argc, argv,
                    {
                        .name = "calculator",
                        .options = {{"repo", "the repository to build", "calculator.git"},
                                    {"branch", "the branch to follow", "main"}},
                        .pipeline =
                            [](const Options& options) {
                              return calculator(git::head(options["repo"], options["branch"]));
                            },
                        .policies = {every(publishes()).needs_success_of(tests())},
                    });
}
