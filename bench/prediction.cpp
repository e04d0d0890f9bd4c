// prediction.cpp - how long the examples take, said beforehand and then measured.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
// As a person would do it: run once, change something that every step reads, ask `simulate` how
// long it takes, run, compare. The programs, their sandboxes and what they start are real. They
// take a fraction of a second, so what happens between steps (a sandbox is made, a result stored)
// is much of it, and so is what else the machine does: beside each figure stands how far off the
// run before would have been, and at the end what a forecast says afterwards that knows what the
// steps of that very run took.
#include "report.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace bench;

struct Example {
  const char* name;
  const char* project;     ///< the sample that it builds
  const char* repository;  ///< as the program's default names it
};
constexpr Example examples[] = {
    {"calculator", "calculator/project", "calculator.git"},
    {"050_fetch_build_test", "projects/program", "program.git"},
    {"060_two_compilers", "projects/program", "program.git"},
    {"070_reverse_dependencies", "projects/packages", "packages.git"},
};

/// What it prints, or nothing if it fails.
std::optional<std::string> output_of(const std::string& command) {
  std::FILE* const pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("no process");
  std::string text;
  std::array<char, 4096> bytes{};
  while (const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), pipe))
    text.append(bytes.data(), count);
  if (::pclose(pipe) != 0) return std::nullopt;
  return text;
}

/// The number behind the last `"name":`.
double last_number(const std::string& json, const std::string& name) {
  const std::size_t at = json.rfind('"' + name + "\":");
  if (at == std::string::npos) throw std::runtime_error("no " + name + " in " + json);
  return std::stod(json.substr(at + name.size() + 3));
}

double median(std::vector<double> all) {
  if (all.empty()) return 0;
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

/// How far from what happened, in percent.
struct Errors {
  std::vector<double> predicted;
  std::vector<double> run_before;  ///< that run's time taken for this one's
  std::vector<double> afterwards;  ///< what that very run's durations would have predicted
  std::vector<double> seconds;     ///< no error: how long the runs are

  void add(const Errors& more) {
    const auto append = [](std::vector<double>& to, const std::vector<double>& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    append(predicted, more.predicted);
    append(run_before, more.run_before);
    append(afterwards, more.afterwards);
    append(seconds, more.seconds);
  }
};

double percent(double said, double was) { return 100 * std::abs(said - was) / was; }

/// Nothing, if the example cannot run here.
std::optional<Errors> errors_of(const Example& example, unsigned slots, int runs) {
  const Folder folder;
  const std::string repository = folder / example.repository;
  std::filesystem::copy(std::string(OCHE_SOURCE_FOLDER "/examples/") + example.project, repository,
                        std::filesystem::copy_options::recursive);
  const std::string git =
      "git -C '" + repository + "' -c user.name=bench -c user.email=b@localhost ";
  const auto commit = [&](int number) {
    std::ofstream(repository + "/README.md", std::ios::app) << "Change " << number << ".\n";
    output_of(git + "add . && " + git + "commit -q -m change");
  };
  const auto ask = [&](std::string_view state, const char* what) {
    return output_of(fmt::format("cd '{}' && '{}/{}' --state {} {} --json --slots {}",
                                 folder.path().string(), OCHE_EXAMPLES_FOLDER, example.name, state,
                                 what, slots));
  };
  if (!output_of(git + "init -q -b main")) return std::nullopt;
  Errors errors;
  double before = 0;
  for (int i = 0; i < runs; ++i) {
    commit(i);
    double said = 0;
    if (i > 0) said = last_number(ask("state", "simulate --reuse").value(), "at");
    const auto ran = ask("state", "run");
    if (!ran) return std::nullopt;
    const double was = last_number(*ran, "seconds");
    if (last_number(*ran, "ran") < 2) throw std::runtime_error("next to nothing was done again");
    if (i > 0) {
      errors.predicted.push_back(percent(said, was));
      errors.run_before.push_back(percent(before, was));
      errors.seconds.push_back(was);
    }
    before = was;
  }
  for (const char* state : {"first", "second"}) {  // each knows one run only
    const double was = last_number(ask(state, "run").value(), "seconds");
    errors.afterwards.push_back(percent(last_number(ask(state, "simulate").value(), "at"), was));
  }
  return errors;
}

void report() {
  Errors all;
  for (const Example& example : examples) {
    Errors of_one;
    for (const unsigned slots : {1u, 2u, 4u})
      if (const auto errors = errors_of(example, slots, 11)) of_one.add(*errors);
    if (of_one.seconds.empty()) continue;
    line(fmt::format("predicted against real finish, {} ({:.2f} s), 1, 2 and 4 slots, median",
                     example.name, median(of_one.seconds)),
         median(of_one.predicted), "%", 0, "the run before", median(of_one.run_before));
    all.add(of_one);
  }
  if (all.seconds.empty()) throw std::runtime_error("no example can run here");
  line(
      fmt::format("predicted against real finish, {} runs of examples, median", all.seconds.size()),
      median(all.predicted), "%", 10, "the run before", median(all.run_before));
  line("the same afterwards, with what the run's own steps had taken, median",
       median(all.afterwards), "%");
}

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
