// plan_side.hpp - answers a round from what is stored, and starts nothing.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/jobs/key.hpp"
#include "engine/process/processes.hpp"
#include "engine/process/program.hpp"
#include "engine/rounds/jobs_side.hpp"
#include "engine/rounds/rounds.hpp"
#include "engine/store/newest_results.hpp"
#include "engine/trees/trees.hpp"
#include <oche/engine/plan.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace oche::detail {

/// Threads: one. Blocks: it reads inputs and the store where it stands.
class PlanSide : public JobsSide {
 public:
  /// Fails: throws oche::Error if there is a state folder that cannot be read.
  /// With `by_hand` programs are not looked for, as an engine that is driven by hand does not.
  explicit PlanSide(const EngineOptions& options, bool by_hand = false);

  /// What was found out about a step whose inputs are known.
  struct Asked {
    Digest key;
    std::vector<KeyPart> parts;
    std::string reason;
    bool is_stored = false;
  };
  /// Null if the cell never asked.
  [[nodiscard]] const Asked* asked(CellId cell) const;
  /// What a cell asked a person about, if it did and nobody has answered.
  [[nodiscard]] const std::map<CellId, Question>& questions() const { return questions_; }
  /// Null while nothing is stored.
  [[nodiscard]] StoreReader* reader() const { return reader_.get(); }
  /// Before anything is asked. Paths are the rounds' to give; they exist only after this object.
  void know(const Graph& graph, const Rounds& rounds);

  JobAnswer ask(const Asker& asker, std::span<const Value> arguments) override;
  void leave(const Asker& asker, bool undecided) override;
  JobAnswer ask_input(const Asker& asker) override;
  void leave_input(const Asker&) override {}
  bool is_approved(const Asker& asker, const Value& value) override;
  std::optional<Folded> folded(const Asker& asker) override;
  void fold(const Asker&, const Value&, const Value&) override {}

 private:
  [[nodiscard]] Promise promise(const ResolvedCommand& command, bool network);
  [[nodiscard]] JobAnswer look_up(const Asker& asker, Asked& asked);
  /// True if a person has agreed, or none is asked.
  [[nodiscard]] bool has_word(const Asker& asker, const Digest& value, std::string shown);

  const EngineOptions& options_;
  const bool by_hand_;
  std::shared_ptr<Clock> clock_;
  std::unique_ptr<StoreReader> reader_;  // null: nothing is stored yet
  std::optional<NewestResults> results_;
  Trees trees_;
  Programs programs_;
  std::unique_ptr<Processes> processes_;  // made when a command asks what isolation it would get
  std::map<std::tuple<std::string, std::string, bool>, Promise> promises_;
  std::unordered_map<CellId, Asked> asked_;
  std::map<CellId, Question> questions_;
  const Rounds* rounds_ = nullptr;
};

}  // namespace oche::detail
