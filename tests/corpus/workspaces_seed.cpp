// workspaces_seed.cpp - seed S1: packages for a remote runtime, deployed to three workspaces.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "corpus/seeds.hpp"
#include <oche/oche.hpp>

namespace oche::tests {
namespace {

using Text = std::string;
using Texts = std::vector<std::string>;

const auto read_config = step("config", [](Job&, const Tree&, const Text& name) { return name; });
const auto init_script = step("init", [](Job&, const Text& config) { return config; });
const auto init_with_token = step("init", [](Job&, const Text& config) { return config; },
                                  {.secrets = {{"vault", "databricks"}}});
const auto remote_tests =
    step("remote tests", [](Job&, const Tree&) {}, {.secrets = {{"vault", "databricks"}}});
const auto pack = step("pack", [](Job&, const Tree& tree, const Text&) { return tree; });
const auto pack_at = step("pack", [](Job&, const Tree& tree, const Text&,
                                     std::chrono::system_clock::time_point) { return tree; });
const auto pack_soon = step("pack", [](Job&, const Tree& tree, const Text&) { return tree; },
                            {.timeout = 2h, .valid_for = 1h});
const auto pack_large = step("pack", [](Job&, const Tree& tree, const Text&) { return tree; },
                             {.pool = "builders", .needs = {.cpus = 64}});
const auto deploy = step("deploy", [](Job&, const Text&, const Latest<Tree>&) {},
                         {.level = Level::above_average, .secrets = {{"vault", "databricks"}}});
const auto release = step("release", [](Job&, const Text& to, const Latest<Tree>&) { return to; },
                          {.level = Level::dangerous, .secrets = {{"vault", "databricks"}}});
const auto release_again = step(
    "release", [](Job&, const Text& to, const Latest<Tree>&) { return to; },
    {.retry = {.attempts = 3}, .level = Level::dangerous, .secrets = {{"vault", "databricks"}}});
const auto upload = step("upload", [](Job&, const Text&, const Latest<Tree>&) {});

Command tests_of(bool with_secret) {
  Command command{.argv = {"python3", "-m", "pytest", "--junitxml=junit.xml"},
                  .junit = "junit.xml"};
  if (with_secret) command.secrets = {{"TOKEN", secret("vault", "databricks")}};
  command.label = "tests";
  return command;
}

}  // namespace

Seed workspaces_seed(std::string_view planted) {
  const auto source = fetch(git::head("packages.git", "main"));
  const auto config = read_config(subtree(source, "configuration"), "dv");
  const auto packages = map(
      [](const Texts& files) {
        Texts names;
        for (const Text& file : files)
          names.push_back(file.substr(0, file.find('/')));
        return names;
      },
      glob(source, "*/setup.py"));

  const auto checks = section("packages", [&] {
    const auto each = [&](const Term<Text>& folder) {
      const auto wheel = build(source, {.argv = {"python3", "-m", "build", folder},
                                        .outputs = {"*/dist/*.whl"},
                                        .label = "wheel"});
      const auto tests = test(wheel, tests_of(planted == "secret in the tests"));
      if (planted == "items share a name") return all(tests, upload("wheels", wheel));
      return all(tests, upload(folder, wheel));
    };
    if (planted == "hole instead of a list") {
      return Term<>(dynamic("packages", [source](const Texts&) { return all(source); }, packages));
    }
    return Term<>(list_iter(packages, each));
  });
  const auto whole = test(source, tests_of(false));

  const auto init =
      planted == "secret in the archive" ? init_with_token(config) : init_script(config);
  const Term<Tree> zip =
      planted == "a time in the key"
          ? pack_at(source, init, Var("now", std::chrono::system_clock::time_point()).term())
      : planted == "expires at work"      ? pack_soon(source, init)
      : planted == "larger than its pool" ? pack_large(source, init)
                                          : pack(source, init);
  const auto tried = remote_tests(zip);

  const Term<Tree> other = planted == "another archive" ? pack(source, "by hand") : zip;
  const auto ready = planted == "moved gate" ? Term<Tree>(other)
                                             : Term<Tree>(gate(other, on(checks, whole, tried)));
  const auto dv = deploy("dv", ready);
  const auto stg =
      deploy("stg", planted == "wrong order" ? ready : Term<Tree>(gate(ready, on(dv))));
  const auto late = gate(ready, on(stg));
  Term<Text> prd = release("prd", approve("production", late));
  if (planted == "nobody asked") prd = release("prd", late);
  if (planted == "asked too late") prd = approve("production", release("prd", late));
  if (planted == "asked for something else")
    prd = release("prd", gate(late, on(approve("budget", late))));
  if (planted == "tried again") prd = release_again("prd", approve("production", late));
  return {all({{"dv", dv}, {"stg", stg}, {"prd", prd}, {"tried", tried}}),
          {every(step_named("release"))
               .needs_success_of_each(step_named("remote tests") | choose::tests())
               .even_if_none(),
           every(level(Level::dangerous)).needs_success_of(approvals("production")),
           every(step_named("release")).needs_success_of(step_named("stg")),
           every(step_named("stg")).needs_success_of(step_named("dv")),
           every(step_named("release")).ships_what_passed(step_named("remote tests")),
           secret("databricks").never_reaches(choose::tests() | step_named("pack")),
           no(dynamic_parts())},
          {.pools = {{"builders", {.cpus = 8}}}}};
}

}  // namespace oche::tests
