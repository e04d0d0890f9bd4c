// pipeline.cpp - 200 short steps, functions, commands and publishing ones, to be killed any time.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
//
// Usage: pipeline STATE-FOLDER WORLD REVISION ISOLATION. WORLD is a folder that stands for whatever
// publishing changes; it is written to carelessly, as the world is. What is reported as finished is
// printed, as "finished ATTEMPT PATH".
#include <oche/engine/engine.hpp>
#include <oche/term/step.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <new>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace oche;

constexpr int chains = 8;
constexpr int numbers = 10;
constexpr int trees = 12;
constexpr int names = 3;
static_assert(chains * (numbers + trees + names) == 200);

const auto number = step("number", [](Job& job, int value) -> int {
  // Long enough for a kill to fall into it, in a way that leaves nothing behind.
  if (value % 4 == 0) (void)job.run({.argv = {"sleep", "0.01"}});
  return value + 1;
});

const auto publish =
    step("publish",
         [](Job& job, const std::string& file, const Latest<std::string>& text) -> std::string {
           std::ofstream(file) << text->substr(0, text->size() / 2) << std::flush;
           (void)job.run({.argv = {"sleep", "0.005"}});
           std::ofstream(file) << *text << std::flush;
           return std::filesystem::path(file).filename().string() + " is " + *text;
         });

bool finish(Job&, const detail::CommandEnd& end, void* result, Failure& failure) {
  if (end.exit_status == 0) {
    ::new (result) Tree(end.outputs);
    return true;
  }
  failure.what = "exit status " + std::to_string(end.exit_status);
  return false;
}

/// A tree with one more file than the one before, written by a child of a child.
Term<Tree> add_file(const Term<Tree>& tree, int i) {
  detail::CommandSpec spec;
  spec.operation = "add_file";
  const std::string script = "sh -c 'echo " + std::to_string(i) + " > file" + std::to_string(i) +
                             "' && test -s file" + std::to_string(i);
  for (const char* word : {"sh", "-c"})
    spec.argv.push_back({word, 0});
  spec.argv.push_back({script, 0});
  spec.outputs = {"*"};
  const AnyTerm inputs[] = {tree};
  return detail::typed<Tree>(detail::make_command(std::source_location::current(), inputs,
                                                  &type_of<Tree>, {std::move(spec), finish}));
}

Term<> pipeline(const std::string& world, const std::string& revision) {
  std::vector<AnyTerm> ends;
  const Term<Tree> nothing = constant(Tree{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"}, "nothing");
  for (int chain = 0; chain < chains; ++chain) {
    Term<int> at = number(chain * 100);
    for (int i = 1; i < numbers; ++i)
      at = number(at);
    Term<Tree> tree = nothing;
    for (int i = 0; i < trees; ++i)
      tree = add_file(tree, chain * trees + i);
    for (int i = 0; i < names; ++i) {
      const std::string name = "site-" + std::to_string(chain) + "-" + std::to_string(i);
      const auto text = [name, revision](int value, const Tree& files) {
        return name + " with revision " + revision + " of " + std::to_string(value) + " and " +
               files.id + ".";
      };
      ends.push_back(publish(world + "/" + name, map(text, at, tree)));
    }
  }
  return all(ends);
}

void tell(EventReader events) {
  while (const std::optional<Event> event = events.wait()) {
    if (event->what == Event::What::gap) std::puts("gap");
    if (event->what != Event::What::finished || event->state != State::ok) continue;
    const std::string attempt = std::filesystem::path(event->log).stem().string();
    std::printf("finished %s %s\n", attempt.c_str(), event->path.c_str());
    std::fflush(stdout);
  }
}

int run(char** argv) {
  EngineOptions options;
  options.state = argv[1];
  options.slots = 2;
  options.isolation = std::string_view(argv[4]) == "none" ? Isolation::none : Isolation::automatic;
  std::vector<Failure> failures;
  std::thread teller;
  {
    Engine engine(options);
    teller = std::thread([reader = engine.events()]() mutable { tell(std::move(reader)); });
    const Evaluation evaluation = engine.start(pipeline(argv[2], argv[3]));
    evaluation.wait_until_settled();
    failures = evaluation.failures();
    if (failures.empty() && !evaluation.outcome().is_ok()) failures.push_back({.what = "not ok"});
  }
  teller.join();
  for (const Failure& failure : failures)
    std::fputs(render(failure).c_str(), stderr);
  return failures.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return std::fputs("usage: pipeline STATE WORLD REVISION ISOLATION\n", stderr), 64;
  try {
    return run(argv);
  } catch (const Error& error) {
    return std::fputs(render(error.failure()).c_str(), stderr), 69;
  } catch (const std::exception& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 69;
  }
}
