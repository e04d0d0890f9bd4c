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

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
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
    std::string_view reason;      ///< lives as long as the side
    std::uint32_t arguments = 0;  ///< where they begin in `arguments_`
    bool is_stored = false;
    bool is_there = false;  ///< asked at all
  };
  /// Null if the cell never asked.
  [[nodiscard]] const Asked* asked(CellId cell) const;
  /// What the key of a cell that asked is made of; nothing if it never did. Made when asked for.
  [[nodiscard]] std::vector<KeyPart> parts(const Asker& asker) const;
  /// The same for people.
  [[nodiscard]] ShownKey shown_key(const Asker& asker) const;
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
  /// Finds out what the machine promises, if that is not known yet.
  [[nodiscard]] const Promise& promise(const CommandSpec& spec, const ResolvedCommand& command);
  /// What one of the functions makes of the key of a cell that asked.
  template <class OfStep, class OfCommand>
  [[nodiscard]] auto of_key(const Asker& asker, OfStep of_step, OfCommand of_command) const;
  [[nodiscard]] Asked& entry(CellId cell);
  /// Keeps a text that was made for one step.
  [[nodiscard]] std::string_view kept(std::string text);
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
  std::vector<Asked> asked_;      // by cell
  std::vector<Value> arguments_;  // of all who asked, one after another
  std::deque<std::string> texts_;
  std::map<CellId, Question> questions_;
  const Rounds* rounds_ = nullptr;
};

}  // namespace oche::detail
