// summary.hpp - how a run went, as a whole.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/engine/engine.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace oche::cli {

struct Summary {
  Outcome<> outcome;
  Counts counts;
  std::vector<std::string> failed;   ///< paths, in order
  std::vector<std::string> errored;  ///< those of them that could not be run
  std::vector<std::string> skipped;
  std::vector<std::string> waiting;  ///< for a person
  std::vector<Failure> failures;
  std::chrono::nanoseconds duration{};
};

[[nodiscard]] Summary summary_of(const Evaluation& evaluation, std::chrono::nanoseconds duration);
[[nodiscard]] std::string to_text(const Summary& summary);
/// `{"event":"settled",…}`
[[nodiscard]] std::string to_json_line(const Summary& summary);
/// 0, 1 if anything wanted failed, else 3 if something waits for a person.
[[nodiscard]] int exit_of(const Summary& summary);

}  // namespace oche::cli
