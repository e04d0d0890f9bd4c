// gc_command.cpp - removes from the state folder what nobody needs any more.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "base/dump_json.hpp"
#include "cli/commands.hpp"
#include "cli/keep.hpp"
#include "cli/terminal.hpp"
#include <oche/engine/state_folder.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace oche::cli {

int gc(const Program&, const Arguments& arguments) {
  const Retention retention = retention_of(arguments.keep);
  const auto collected = StateFolder::collect(arguments.state, retention, arguments.dry_run);
  if (!collected) {
    print_failure(collected.failure());
    return exit_state;
  }
  const Collected& all = collected.value();
  if (arguments.json) {
    const nlohmann::ordered_json told{
        {"dry_run", arguments.dry_run},     {"results", all.results},
        {"attempts", all.attempts},         {"logs", all.logs},
        {"objects", all.objects},           {"bytes", all.bytes},
        {"kept_results", all.kept_results}, {"kept_bytes", all.kept_bytes}};
    print(detail::json_line(told) + "\n");
    return exit_ok;
  }
  if (arguments.quiet) return exit_ok;
  print(fmt::format("{} {} results, {} attempts, {} logs and {} files and folders of trees: {}\n",
                    arguments.dry_run ? "would remove" : "removed", all.results, all.attempts,
                    all.logs, all.objects, text_of_size(all.bytes)));
  print(fmt::format("{} {} results: {}\n", arguments.dry_run ? "would keep" : "kept",
                    all.kept_results, text_of_size(all.kept_bytes)));
  return exit_ok;
}

}  // namespace oche::cli
