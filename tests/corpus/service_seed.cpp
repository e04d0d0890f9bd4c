// service_seed.cpp - seed S4: a micro-service, tested with a database, pushed from the main branch.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "corpus/seeds.hpp"
#include <oche/oche.hpp>

namespace oche::tests {
namespace {

using Text = std::string;

const auto push = step("push", [](Job&, const Text& tag, const Latest<Tree>&) { return tag; },
                       {.level = Level::above_average, .secrets = {{"docker", "password"}}});
const auto push_again = step(
    "push", [](Job&, const Text& tag, const Latest<Tree>&) { return tag; },
    {.retry = {.attempts = 5}, .level = Level::above_average, .secrets = {{"docker", "password"}}});
const auto switch_over =
    step("switch", [](Job&, const Text& tag) { return tag; }, {.level = Level::dangerous});
const auto log_in = step("login", [](Job&, const Tree& tree) { return tree; },
                         {.secrets = {{"docker", "password"}}});

Command unit_tests(bool logged_in) {
  Command command{.argv = {"pytest", "--junitxml=junit.xml"}, .junit = "junit.xml"};
  if (logged_in) command.secrets = {{"PASSWORD", secret("docker", "password")}};
  command.services = {{"db", "postgres:16"}};
  command.label = "unit tests";
  return command;
}

Term<Tree> image_of(const Term<Tree>& source, const char* label) {
  return build(source,
               {.argv = {"docker", "build", "."}, .outputs = {"image.tar"}, .label = label});
}

}  // namespace

Seed service_seed(std::string_view planted) {
  const auto commit = git::head("service.git", "master");
  const auto fetched = fetch(commit);
  const auto source = planted == "login before everything" ? log_in(fetched) : fetched;
  const auto units = test(source, unit_tests(planted == "login in the tests"));
  const auto analysis = exec(source, {.argv = {"pylint", "service"}, .label = "static analysis"});
  const auto image = image_of(source, "image");
  const auto tried = exec(image, {.argv = {"sh", "try.sh"}, .label = "image works"});

  Term<Tree> shipped = image;
  if (planted == "push builds again") shipped = image_of(subtree(source, "."), "image to push");
  On controls = on(units, analysis, tried);
  if (planted == "analysis only looked at") controls = on(units, tried, advisory(analysis));
  if (planted == "tests or analysis") controls = on(tried, or_else(all(units), all(analysis)));
  if (planted == "image not tried") controls = on(units, analysis);
  const auto ready =
      planted == "moved gate" ? Term<Tree>(shipped) : Term<Tree>(gate(shipped, controls));
  const auto is_master = map([](const Commit& c) { return c.ref == "master"; }, commit);
  const auto pushed = [&] {
    if (planted == "pushed again and again") return push_again("service:latest", ready);
    return push("service:latest", ready);
  }();
  const auto version = push("service:1.0", ready);
  std::vector<Term<>> ends = {units, analysis, tried};
  const Term<> pushes = all(pushed, version);
  if (planted == "gate after the push") {
    ends.push_back(gate(push("service:edge", shipped), on(units, analysis, tried)));
  }
  ends.push_back(only_if(is_master, pushes, "not master"));
  if (planted == "never pushed")
    ends.push_back(only_if(constant(false), push("service:old", ready), "old"));
  if (planted == "two lines, one tag")
    ends.push_back(push("service:1.0", gate(image_of(subtree(source, "."), "image again"),
                                            on(units, analysis, tried))));
  const Term<Text> told = gate(constant(Text("service:latest")), on(pushed));
  const Term<Text> agreed = approve("switch over", told);
  ends.push_back(agreed);
  if (planted == "nobody asked")
    ends.push_back(switch_over(told));
  else if (planted == "the wrong question")
    ends.push_back(switch_over(approve("budget", told)));
  else
    ends.push_back(switch_over(agreed));
  if (planted == "asked too late")
    ends.push_back(approve("switch over", switch_over(push("service:canary", ready))));
  return {all(ends),
          {every(publishes())
               .needs_success_of_each(choose::tests() | step_named("static analysis") |
                                      step_named("image works")),
           every(publishes()).ships_what_passed(step_named("image works")),
           every(level(Level::dangerous)).needs_success_of(approvals("switch over")),
           secret("password").never_reaches(choose::tests())}};
}

}  // namespace oche::tests
