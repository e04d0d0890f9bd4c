// images_seed.cpp - seed S3: base images for two machines, reverse dependencies, pull requests.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "corpus/seeds.hpp"
#include <oche/oche.hpp>

namespace oche::tests {
namespace {

using Text = std::string;
using Texts = std::vector<std::string>;

const auto push_image = step("push", [](Job&, const Text& tag, const Latest<Tree>&) { return tag; },
                             {.level = Level::above_average, .secrets = {{"registry", "token"}}});
const auto push_request =
    step("comment", [](Job&, const Tree&) {}, {.secrets = {{"forge", "token"}}});
const auto summarise = step("summarise", [](Job&, const Texts&) { return Text(); });
const auto comment = step("tell", [](Job&, const Tree&, const Text&) {});

Term<Tree> image_for(const Term<Tree>& source, const char* machine) {
  return build(
      source,
      {.argv = {"buildah", "bud", "--arch", machine}, .outputs = {"image.tar"}, .label = machine});
}

Term<Executed> smoke(const Term<Tree>& image, const char* label) {
  return exec(image, {.argv = {"sh", "smoke.sh"}, .label = label});
}

}  // namespace

Seed images_seed(std::string_view planted) {
  const auto source = fetch(git::head("images.git", "main"));
  const auto amd64 = image_for(source, "amd64");
  const auto arm64 = image_for(source, "arm64");
  const auto good_amd64 = smoke(amd64, "smoke amd64");
  const auto good_arm64 = smoke(arm64, "smoke arm64");
  const auto both = merge({subtree(amd64, "."), subtree(arm64, "image")});
  const auto request = fetch(git::head("requests.git", "next"));
  const auto strange = image_for(request, "of a stranger");
  const auto strange_good = smoke(strange, "smoke of a stranger");

  const auto folders = glob(source, "*/needs-base");
  const bool is_late = planted == "no dependants, no test";
  const auto dependants = [&](const Term<Tree>& from) {
    return section("dependants", [&] {
      return list_iter(planted == "dependants first" || is_late
                           ? Term<Texts>(folders)
                           : Term<Texts>(gate(folders, on(good_amd64))),
                       [&](const Term<Text>& folder) {
                         return exec(is_late ? Term<Tree>(gate(from, on(good_amd64))) : from,
                                     {.argv = {"make", "-C", folder}, .label = "build"});
                       });
    });
  }(amd64);

  On controls = on(good_amd64, good_arm64);
  if (planted == "one machine forgotten") controls = on(good_amd64);
  if (planted == "no dependants, no test") controls = on(good_arm64, dependants);
  const auto pushed = push_image("base:latest", gate(both, controls));
  std::vector<Term<>> ends = {pushed, dependants, good_amd64, good_arm64, strange_good};
  if (planted == "request with secrets") ends.push_back(push_request(strange));
  if (planted == "image of a request")
    ends.push_back(push_image("base:next", gate(strange, on(strange_good))));
  if (planted == "part of a request")
    ends.push_back(
        push_image("base:mixed", gate(merge({amd64, strange}), on(good_amd64, good_arm64))));
  if (planted == "told with a secret")
    ends.push_back(comment(request, summarise(collect({pushed}))));
  if (planted == "secret beside a request") {
    Command command{.argv = {"sh", "smoke.sh", "--login"}};
    command.secrets = {{"TOKEN", secret("registry", "token")}};
    command.label = "login";
    ends.push_back(exec(strange, command));
  }
  if (planted == "one tag from two lines")
    ends.push_back(push_image("base:latest", gate(amd64, on(good_amd64, good_arm64))));
  if (planted == "never for anybody")
    ends.push_back(list_iter(constant(Texts{}), [&](const Term<Text>& name) {
      return exec(amd64, {.argv = {"echo", name}, .label = "alias"});
    }));
  if (planted == "hole over a list")
    ends.push_back(Term<>(dynamic("aliases", [](const Texts&) { return all(); }, folders)));
  if (planted == "pushed, then tested")
    ends.push_back(gate(push_image("base:edge", both), on(good_amd64, good_arm64)));
  return {all(ends),
          {every(publishes())
               .needs_success_of_each(step_named("smoke amd64") | step_named("smoke arm64")),
           every(within("dependants")).needs_success_of(step_named("smoke amd64")),
           distrust(inputs("requests.git#next")), secret("token").never_reaches(untrusted()),
           no(dynamic_parts())}};
}

}  // namespace oche::tests
