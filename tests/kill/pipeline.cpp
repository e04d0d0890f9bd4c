// pipeline.cpp - a pipeline of a few dozen short steps, to be killed at any moment.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/engine/engine.hpp>
#include <oche/term/step.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <cstdio>
#include <new>
#include <string>
#include <vector>

namespace {

using namespace oche;

const auto number = step("number", [](Job& job, int value) -> int {
  // Long enough for a kill to fall into it, in a way that leaves nothing behind.
  (void)job.run({.argv = {"sleep", "0.01"}});
  return value + 1;
});
const auto set_name = step("set_name", [](Job&, const std::string& name, Latest<int> value) -> int {
  return static_cast<int>(name.size()) + *value;
});

bool finish(Job&, const detail::CommandEnd& end, void* result, Failure& failure) {
  if (end.exit_status == 0) {
    ::new (result) Tree(end.outputs);
    return true;
  }
  failure.what = "exit status " + std::to_string(end.exit_status);
  return false;
}

/// A tree with one more file than the one before.
Term<Tree> add_file(const Term<Tree>& tree, int i) {
  detail::CommandSpec spec;
  spec.operation = "add_file";
  const std::string script = "echo " + std::to_string(i) + " > file" + std::to_string(i);
  for (const char* word : {"sh", "-c"})
    spec.argv.push_back({word, 0});
  spec.argv.push_back({script, 0});
  spec.outputs = {"*"};
  const AnyTerm inputs[] = {tree};
  return detail::typed<Tree>(detail::make_command(std::source_location::current(), inputs,
                                                  &type_of<Tree>, {std::move(spec), finish}));
}

Term<> pipeline() {
  constexpr int chains = 4;
  constexpr int length = 4;
  std::vector<AnyTerm> ends;
  for (int chain = 0; chain < chains; ++chain) {
    Term<int> at = number(chain * 100);
    Term<Tree> tree = constant(Tree{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"}, "nothing");
    for (int i = 0; i < length; ++i) {
      at = number(at);
      tree = add_file(tree, chain * length + i);
    }
    ends.push_back(set_name("name " + std::to_string(chain), at));
    ends.push_back(tree);
  }
  return all(ends);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fputs("usage: pipeline STATE-FOLDER\n", stderr), 64;
  try {
    oche::EngineOptions options;
    options.state = argv[1];
    options.slots = 2;
    options.isolation = oche::Isolation::none;
    oche::Engine engine(options);
    const oche::Evaluation run = engine.start(pipeline());
    run.wait_until_settled();
    for (const oche::Failure& failure : run.failures()) {
      std::fputs(oche::render(failure).c_str(), stderr);
    }
    return run.outcome().is_ok() ? 0 : 1;
  } catch (const std::exception& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 69;
  }
}
