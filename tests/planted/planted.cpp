// planted.cpp - deliberate mistakes in the rounds, each of which the comparison has to find.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/rounds/trial.hpp"
#include "support/cases.hpp"

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

// This program is built with OCHE_PLANTED_BUGS: `RoundsOptions::bug` does what it says, and lists
// and wide nodes change to their way of handling many with a handful already, so that small random
// pipelines reach it.

using namespace oche;
using namespace oche::tests;
using detail::Bug;

namespace {

constexpr std::uint64_t budget = 10000;  // what the comparison has without a bug
constexpr unsigned too_long = 240;       // seconds

/// Runs trials until one finds a difference, in a process of its own: a bug may end or hang it.
void run_trials(Bug bug, std::uint64_t seed, int out) {
  ::alarm(too_long);
  // Catch's handlers would report the end of this process as a failure.
  for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    std::signal(number, SIG_DFL);
  const auto say = [&](const std::string& line) {
    if (::write(out, line.data(), line.size()) < 0) ::_exit(2);
  };
  for (std::uint64_t i = 0; i < budget; ++i) {
    say(fmt::format("\n{} ", seed + i));
    std::string difference = Trial(seed + i, bug).run();
    std::replace(difference.begin(), difference.end(), '\n', ' ');
    if (difference.empty()) continue;
    say(difference);
    ::_exit(1);
  }
  ::_exit(0);
}

struct Found {
  bool is_found = false;
  std::string how;
};

Found find(Bug bug, std::uint64_t seed) {
  int ends[2] = {};
  REQUIRE(::pipe(ends) == 0);
  const ::pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) run_trials(bug, seed, ends[1]);
  ::close(ends[1]);
  std::string text;
  char piece[4096];
  for (::ssize_t size = 0; (size = ::read(ends[0], piece, sizeof piece)) > 0;)
    text.append(piece, static_cast<std::size_t>(size));
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  // The last line is the last trial.
  const std::size_t last = text.rfind('\n') + 1;
  std::string how =
      fmt::format("trial {} of {}, seed {}", std::count(text.begin(), text.end(), '\n'), budget,
                  text.substr(last));
  if (WIFSIGNALED(status)) how += fmt::format("ended by signal {}", WTERMSIG(status));
  return {!WIFEXITED(status) || WEXITSTATUS(status) == 1, std::move(how)};
}

void must_find(Bug bug, const char* name) {
  const std::uint64_t seed = seed_of(first_seed);
  const Found found = find(bug, seed);
  std::cout << fmt::format("{}: {}\n", name, found.how);
  INFO(name);
  CHECK(found.is_found);
}

}  // namespace

TEST_CASE("planted: without a bug, small blocks and tallies equal evaluation from scratch too",
          "[planted]") {
  const std::uint64_t cases = cases_of(2000);
  const std::uint64_t seed = seed_of(first_seed);
  for (std::uint64_t i = 0; i < cases; ++i) {
    INFO("seed " << seed + i);
    const std::string difference = Trial(seed + i).run();
    REQUIRE(difference == "");
  }
  std::cout << fmt::format("{} random pipelines from seed {}, small blocks\n", cases, seed);
}

TEST_CASE("planted: a tie decided to the right is found", "[planted]") {
  must_find(Bug::tie_to_the_right, "a tie decided to the right");
}

TEST_CASE("planted: an input read too early is found", "[planted]") {
  must_find(Bug::early_read, "an input read too early");
}

TEST_CASE("planted: a slot of a retired item reused in the same round is found", "[planted]") {
  must_find(Bug::early_reuse, "a slot of a retired item reused in the same round");
}

TEST_CASE("planted: a stale cause is found", "[planted]") {
  must_find(Bug::stale_cause, "a stale cause");
}

TEST_CASE("planted: a job started while unwanted is found", "[planted]") {
  must_find(Bug::unwanted_start, "a job started while unwanted");
}
