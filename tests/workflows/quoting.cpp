// quoting.cpp - whatever words and names hold, a shell gets them as they are.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/folder.hpp"
#include "support/program.hpp"
#include "workflows/read_back.hpp"
#include <oche/oche.hpp>
#include <oche/render/workflow.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

using namespace oche;
using namespace oche::tests;

namespace {

namespace fs = std::filesystem;

/// Words that YAML, a shell or an expression language take for something else.
std::vector<std::string> nasty_words() {
  std::vector<std::string> words = {
      "",        " ",   "'",        "\"",     "\\",        "a'b\"c",   "$HOME",    "${{ x }}",
      "${{",     "$$",  "# no",     "- a: b", "yes",       "null",     "0x10",     "!tag",
      "&anchor", "*",   "a\nb\n",   "\ttab",  "%TAG",      "\x01\x7f", "é\u2028x", "\ufeff",
      "|",       "> x", "{a: [1]}", "`id`",   "$(id)",     "~",        "@x",       "a: b #c",
      "...",     "---", "\r\n",     "\u0085", "${{ '${{'", "-n",       "$'\\n'",   ": "};
  std::mt19937 chance(7);
  const std::string letters = "ab'\"\\${}# \n\t:-&*!|>%@`[],?~\x01";
  for (int i = 0; i < 200; ++i) {
    std::string word;
    for (std::size_t n = chance() % 12; n > 0; --n)
      word += letters[chance() % letters.size()];
    words.push_back(word);
  }
  return words;
}

Term<Tree> project() { return fetch(git::head("app.git", "main")); }

const ReadJob& job_of(const ReadWorkflow& workflow, std::string_view name) {
  for (const ReadJob& job : workflow.jobs)
    if (job.name == name) return job;
  FAIL("no job " << name);
  return workflow.jobs.front();
}

}  // namespace

TEST_CASE("workflows: a shell reads the words of a command as they are", "[workflows]") {
  std::vector<Word> argv = {"printf", "%s|"};
  std::vector<Variable> env;
  std::string expected;
  for (const std::string& word : nasty_words()) {
    argv.emplace_back(word);
    expected += word + "|";
    env.push_back({"V" + std::to_string(env.size()), word});
  }
  const Graph graph(exec(project(), {.argv = argv, .env = env, .label = "print"}));
  for (const Dialect dialect : {Dialect::github, Dialect::gitlab}) {
    const std::string text =
        to_workflow(graph, {.dialect = dialect, .title = "a: \"b\" #c\n"}).text;
    const ReadWorkflow read = dialect == Dialect::github ? read_github(text) : read_gitlab(text);
    const ReadJob& job = job_of(read, "print");
    REQUIRE(job.script.size() == 1);
    const Ended ended = run_program({"sh", "-c", job.script[0]}, "/");
    CHECK(ended.status == 0);
    CHECK(ended.out == expected);
    REQUIRE(job.environment.size() == env.size());
    for (const Variable& variable : env)
      CHECK(job.environment.at(variable.name) == variable.value.text());
  }
}

TEST_CASE("workflows: names of jobs are unique and keep what they stand for", "[workflows]") {
  std::vector<Term<Executed>> ends;
  std::vector<std::string> labels;
  for (const std::string& word : nasty_words()) {
    if (word.empty() || std::find(labels.begin(), labels.end(), word) != labels.end()) continue;
    labels.push_back(word);
    ends.push_back(exec(project(), {.argv = {"true", word}, .label = word}));
  }
  for (const char* name : {"image", "default", "pages", ".hidden", "a b", "a-b", "a_b", "A b"})
    ends.push_back(exec(project(), {.argv = {"true", name}, .label = name}));
  const Graph graph(all(ends));
  const ReadWorkflow hub = read_github(to_workflow(graph).text);
  CHECK(hub.jobs.size() == ends.size());
  for (const ReadJob& job : hub.jobs)
    CHECK(graph.find(job.name));
  const ReadWorkflow lab = read_gitlab(to_workflow(graph, {.dialect = Dialect::gitlab}).text);
  CHECK(lab.jobs.size() == ends.size());
  std::set<std::string> names;
  for (const ReadJob& job : lab.jobs)
    CHECK(names.insert(job.name).second);
}

TEST_CASE("workflows: what one job made is there for the next, with its folders", "[workflows]") {
  const auto built = build(project(), {.argv = {"make"}, .outputs = {"out/my app/*", "b"}});
  const auto tested = exec(built, {.argv = {"sh", "-c", "cat 'out/my app/x y'"}, .label = "look"});
  const Workflow file = to_workflow(Graph(tested));
  const ReadWorkflow read = read_github(file.text);
  const std::vector<std::string> pack = job_of(read, "build-make").script;
  const std::vector<std::string> look = job_of(read, "look").script;
  REQUIRE(pack.size() == 2);
  REQUIRE(look.size() == 2);
  const Folder maker;
  const Folder reader;
  fs::create_directories(maker / "out/my app");
  std::ofstream(maker / "out/my app/x y") << "found";
  std::ofstream(maker / "b") << "";
  CHECK(run_program({"bash", "-O", "globstar", "-O", "failglob", "-ec", pack[1]}, maker.path())
            .status == 0);
  fs::copy(maker / "outputs.tar", reader / "outputs.tar");
  CHECK(run_program({"sh", "-ec", look[0]}, reader.path()).status == 0);
  CHECK(run_program({"sh", "-ec", look[1]}, reader.path()).out == "found");
  const std::string lab = to_workflow(Graph(tested), {.dialect = Dialect::gitlab}).text;
  CHECK(lab.find("paths: [\"out/my app/*\", \"b\"]") != lab.npos);
  CHECK(lab.find("needs: [{job: \"build-make\"}]") != lab.npos);
  CHECK(lab.find("GIT_STRATEGY: none") != lab.npos);
}
