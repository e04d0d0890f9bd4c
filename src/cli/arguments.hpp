// arguments.hpp - what was asked for on the command line.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/cli/main.hpp>
#include <oche/engine/engine.hpp>

#include <optional>
#include <string>
#include <vector>

namespace oche::cli {

/// Exit statuses of every pipeline program.
enum Exit : int {
  exit_ok = 0,
  exit_failed = 1,
  exit_would_run = 2,
  exit_waiting = 3,
  exit_usage = 64,
  exit_state = 69,
  exit_interrupted = 130,
};

struct Arguments {
  std::string command;
  std::vector<Option> options;  ///< of the program, with their values
  std::string state = ".oche";
  bool quiet = false;
  bool json = false;

  std::string format = "text";      ///< graph
  std::vector<std::string> expand;  ///< graph
  bool live = false;                ///< graph
  std::vector<std::string> around;  ///< graph: paths
  unsigned distance = 2;            ///< graph --around
  bool red = false;                 ///< graph --live
  bool critical = false;            ///< graph
  bool whole = false;               ///< graph --all
  unsigned slots = 0;               ///< run, watch, critical-path, simulate
  std::string only;                 ///< run, watch
  bool fail_fast = false;           ///< run, watch
  std::string isolation = "automatic";
  std::string ask_from;
  std::vector<std::string> paths;  ///< of steps, for those commands that name some
  bool failed = false;             ///< rebuild --failed
  bool follow = false;             ///< log
  std::string to;                  ///< get
  std::string who;                 ///< approve
  std::string out;                 ///< plan, provenance, graph: a file
  std::string checked;             ///< provenance: a file that --out wrote
  std::string plan;                ///< run, approve: a file that plan --out wrote
  std::vector<std::string> kept;   ///< secrets --keep-from: paths
  bool hidden = false;             ///< query
  std::vector<std::string> files;  ///< impact
  std::vector<std::string> keep;   ///< gc
  bool dry_run = false;            ///< gc
  // critical-path, simulate: what is assumed
  std::string unknown;             ///< seconds
  std::vector<std::string> items;  ///< LIST=NAME,…
  std::vector<std::string> pools;  ///< NAME=CPUS
  bool reuse = false;
  std::vector<std::string> failing;     ///< simulate: paths
  std::vector<std::string> untrue;      ///< simulate: paths
  std::vector<std::string> unapproved;  ///< simulate: paths
  std::vector<std::string> rates;       ///< cost: POOL=PRICE
  unsigned trials = 500;                ///< odds

  [[nodiscard]] EngineOptions engine_options() const;
};

/// Either what was asked for, or the exit status after help or an error has been printed.
struct Parsed {
  std::optional<Arguments> arguments;
  int status = exit_ok;
};
[[nodiscard]] Parsed parse(int argc, char** argv, const Program& program);

}  // namespace oche::cli
