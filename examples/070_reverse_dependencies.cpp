// 070_reverse_dependencies.cpp - test a package, then everything that depends on it (seed S3).
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

using namespace oche;

// Packages are folders; those that need `package` have an empty file `needs-<package>`.
Term<> tested(Term<Tree> source, const Term<std::string>& folder) {
  auto program = build(
      source,
      {.argv = {"make", "-C", folder, "program"}, .outputs = {"*/program"}, .label = "build"});
  return exec(
      merge({source, program}),
      {.argv = {"sh", "-c", "cd \"$0\" && sh tests.sh ./program", folder}, .label = "test"});
}

Term<> pipeline(Term<Commit> commit, std::string package) {
  auto source = fetch(commit);
  auto tests = section(package, [&] { return tested(source, constant(package)); });
  // Known only once the source has been read; drawn before.
  auto folders = map(
      [](const std::vector<std::string>& files) {
        std::vector<std::string> names;
        for (const std::string& file : files)
          names.push_back(file.substr(0, file.find('/')));
        return names;
      },
      glob(source, "*/needs-" + package));
  auto others = list_iter(gate(folders, on(tests)),
                          [&](Term<std::string> folder) { return tested(source, folder); });
  return all({{package, tests}, {"reverse dependencies", others}});
}

int main(int argc, char** argv) {
  return oche::main(argc, argv,
                    {
                        .name = "reverse_dependencies",
                        .options = {{"repo", "folders with packages", "packages.git"},
                                    {"branch", "the branch to follow", "main"},
                                    {"package", "the one that was changed", "base"}},
                        .pipeline =
                            [](const Options& options) {
                              return pipeline(git::head(options["repo"], options["branch"]),
                                              options["package"]);
                            },
                    });
}
