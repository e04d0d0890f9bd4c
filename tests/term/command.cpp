// command.cpp - commands as data: words, terms as words, what is refused.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/command.hpp>

#include "term/look.hpp"

#include <catch2/catch.hpp>

using namespace oche;

namespace {

const auto tree = constant(Tree{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"});
const auto version = constant("1.2");

struct Made {
  detail::CommandSpec spec;
  std::vector<AnyTerm> inputs;
};

Made make(const Command& command, Where where = Where::current()) {
  Made made{{}, {tree}};
  made.spec = detail::spec_of(command, "exec", made.inputs, where);
  return made;
}

std::vector<std::string> texts(const std::vector<detail::WordSpec>& words) {
  std::vector<std::string> list;
  for (const detail::WordSpec& word : words)
    list.push_back(word.input == 0 ? word.text : "<" + std::to_string(word.input) + ">");
  return list;
}
using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("command: words are texts or terms of texts", "[term][command]") {
  const std::string name = "x";
  const std::string_view view = "y";
  const Made made = make({.argv = {"git", "tag", version, name, name + ".txt", view}});
  CHECK(texts(made.spec.argv) == Texts{"git", "tag", "<1>", "x", "x.txt", "y"});
  REQUIRE(made.inputs.size() == 2);
  CHECK(made.inputs[1].node() == version.node());
}

TEST_CASE("command: two texts in two pairs of braces are two words", "[term][command]") {
  CHECK(texts(make({.argv = {{"a", "b"}}}).spec.argv) == Texts{"a", "b"});
  CHECK(make({.argv = {"a"}, .outputs = {{"a", "b"}}}).spec.outputs == Texts{"a", "b"});
}

TEST_CASE("command: a list of texts makes words", "[term][command]") {
  const Texts list{"a", "b"};
  CHECK(texts(make({.argv = {list.begin(), list.end()}}).spec.argv) == list);
}

TEST_CASE("command: a shell is asked for in so many words", "[term][command]") {
  CHECK(texts(make({.argv = sh("a | b")}).spec.argv) == Texts{"/bin/sh", "-c", "a | b"});
  CHECK(texts(make({.argv = sh(version)}).spec.argv) == Texts{"/bin/sh", "-c", "<1>"});
}

TEST_CASE("command: every field, in the order of the docs", "[term][command]") {
  const Made made = make({.argv = {"make", version},
                          .env = {{"CC", "gcc"}, {"V", version}},
                          .image = version,
                          .outputs = {"bin/*"},
                          .junit = "junit.xml",
                          .cobertura = "coverage.xml",
                          .secrets = {{"TOKEN", secret("vault", "token")}},
                          .network = Network::host,
                          .services = {{"db", "postgres:16"}, {"cache", version}},
                          .needs = {.cpus = 2, .memory = 1},
                          .timeout = 20min,
                          .retry = {.attempts = 2},
                          .level = Level::dangerous,
                          .label = "all"});
  const detail::CommandSpec& spec = made.spec;
  CHECK(spec.operation == "exec");
  CHECK(spec.argv[1].input == 1);
  REQUIRE(spec.env.size() == 2);
  CHECK(spec.env[0].first == "CC");
  CHECK(spec.env[0].second.text == "gcc");
  CHECK(spec.env[1].second.input == 2);
  REQUIRE(spec.image);
  CHECK(spec.image->input == 3);
  CHECK(spec.outputs == Texts{"bin/*"});
  CHECK(spec.secrets[0].first == "TOKEN");
  CHECK(spec.secrets[0].second == SecretName{"vault", "token"});
  CHECK(spec.network == Network::host);
  CHECK(spec.services[0].image.text == "postgres:16");
  CHECK(spec.services[1].image.input == 4);
  CHECK(spec.needs == Needs{2, 1});
  CHECK(spec.timeout == 20min);
  CHECK(spec.retry.attempts == 2);
  CHECK(spec.level == Level::dangerous);
  CHECK(spec.label == "all");
  CHECK(made.inputs.size() == 5);
}

TEST_CASE("command: what cannot be run is refused, with the line", "[term][command]") {
  const Where here = Where::current();
  const auto nothing = look::error_of([] { make({}); });
  CHECK(nothing ==
        "error: exec has no command to run\n"
        "  where   " +
            look::place(here, 1) +
            "\n"
            "hint: give its words: .argv = {\"make\", \"all\"}\n");
  const Where line = Where::current();
  const auto error = look::error_of([] { make({.argv = {"a"}, .env = {{"A=B", "c"}}}); });
  CHECK(error ==
        "error: 'A=B' is no name of an environment variable\n"
        "  where   " +
            look::place(line, 1) +
            "\n"
            "hint: a name is not empty and holds no '='\n");
  using namespace std::string_literals;
  CHECK(look::error_of([] {
          make({.argv = {"a\0b"s}});
        }).starts_with("error: a word of a command holds a zero byte"));
}

TEST_CASE("command: its node owns its data", "[term][command]") {
  Made made = make({.argv = {"git", version}});
  const AnyTerm node = detail::make_command(
      Where::current(), made.inputs, &type_of<int>,
      {std::move(made.spec), [](Job&, const detail::CommandEnd& end, void* result, Failure&) {
         ::new (result) int(end.exit_status);
         return true;
       }});
  CHECK(look::node(node).kind == Kind::command);
  CHECK(look::node(node).type == &type_of<int>);
  CHECK(look::has_inputs(node, {tree, version}));
  CHECK(texts(look::payload<detail::CommandPayload>(node).spec.argv) == Texts{"git", "<1>"});
}
