// compile.cpp - what oche's headers cost those who compile with them, on g++ and clang.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include "compile/compiler.hpp"
#include "compile/sources.hpp"
#include "report.hpp"

#include <exception>
#include <map>

namespace {

using namespace bench;

constexpr int steps = 50;
constexpr int records_measured = 20;
constexpr const char* usage =
    "usage: compile [--report] [--runs N] [--umbrella HEADER] [--include FOLDER]";
constexpr const char* peer = "string+vector+memory+fmt";

struct Settings {
  int runs = 3;
  std::string umbrella = "oche/oche.hpp";
  std::string include = OCHE_SOURCE_FOLDER "/include";
};

/// `--report` is what every benchmark takes; this one has nothing else to print.
Settings read_settings(int argc, char** argv) {
  Settings settings;
  for (int at = 1; at < argc; ++at) {
    const std::string_view option = argv[at];
    if (option == "--report") continue;
    if (at + 1 == argc) throw std::runtime_error(usage);
    const std::string value = argv[++at];
    if (option == "--runs" && std::atoi(value.c_str()) > 0)
      settings.runs = std::stoi(value);
    else if (option == "--umbrella")
      settings.umbrella = value;
    else if (option == "--include")
      settings.include = value;
    else
      throw std::runtime_error(usage);
  }
  return settings;
}

/// Every source, compiled `runs` times in turn, so that a slow minute of the machine hits all
/// alike.
std::map<std::string, Cost> measure(const Compiler& compile, int runs,
                                    const std::map<std::string, std::string>& sources) {
  std::map<std::string, std::vector<Cost>> costs;
  for (int run = 0; run < runs; ++run) {
    for (const auto& [name, source] : sources) {
      // A header that does not compile must not hide what the others cost.
      try {
        costs[name].push_back(compile(source));
      } catch (const std::runtime_error& error) {
        costs.erase(name);
        if (run == 0) fmt::print(stderr, "{}: {}\n", name, error.what());
      }
    }
  }
  std::map<std::string, Cost> middle;
  for (const auto& [name, all] : costs)
    middle[name] = median(all);
  return middle;
}

void report(const Settings& settings, const Compiler& compile) {
  std::map<std::string, std::string> sources = {
      {"baseline", baseline()},
      {"structs", records(records_measured, false)},
      {"records", records(records_measured, true)},
      {"user", pipeline(settings.umbrella, steps)},
  };
  for (const std::string& header : public_headers(settings.include)) {
    sources["header " + header] = only(header);
  }
  const std::map<std::string, Cost> costs = measure(compile, settings.runs, sources);
  for (const char* needed : {"baseline", "structs", "records", "user"}) {
    if (!costs.contains(needed)) throw std::runtime_error(fmt::format("{} is missing", needed));
  }
  const double base = costs.at("baseline").milliseconds;
  const Cost& user = costs.at("user");
  const double bare = costs.at("structs").milliseconds;
  const double record = (costs.at("records").milliseconds - bare) / records_measured;
  const std::string start = "compile/" + compile.program() + "/";
  line(start + "50 steps/time", user.milliseconds / base, "times", 5, peer, 1);
  line(start + "50 steps/memory", user.megabytes, "MB", 350, peer, costs.at("baseline").megabytes);
  line(start + "one record", record, "ms", 70, "bare struct, with its headers",
       bare / records_measured);
  for (const auto& [name, cost] : costs) {
    if (!name.starts_with("header ")) continue;
    line(start + name.substr(7), cost.milliseconds, "ms", 5 * base, peer, base);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const Settings settings = read_settings(argc, argv);
    const Folder folder;
    for (const std::string& program :
         {first_on_path({"g++"}), first_on_path({"clang++-19", "clang++"})}) {
      if (program.empty()) continue;
      report(settings, Compiler{program, settings.include, folder.path().string()});
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
  return 0;
}
