// test_engine.hpp - the real engine without threads: its clock and its jobs are in a test's hand.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/manual_clock.hpp>
#include <oche/engine/engine.hpp>
#include <oche/engine/plan.hpp>
#include <oche/term/term.hpp>
#include <oche/testing/end.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oche::testing {

/// All have defaults.
struct TestOptions {
  unsigned slots = 1000;  ///< jobs at a time
  bool fail_fast = false;
  std::optional<Level> ask_from = std::nullopt;  ///< as EngineOptions::ask_from
  Duration grace = 10s;
  std::function<std::optional<std::string>(const SecretName&)> vault = nullptr;
  Time start = Time(std::chrono::seconds(978'307'200));  ///< 2001-01-01 00:00:00 UTC
  /// Where what happens at one time has no order, a random one; 0: the order in which it began.
  std::uint64_t seed = 0;
  /// The state folder; empty: one of its own, which nobody else reads, removed at the end.
  std::string state = {};
};

/// What a script is told of an attempt that begins.
struct Started {
  std::string path;
  std::string label;  ///< or the step's name, where it has no label
  int attempt = 1;    ///< 1 for the first one at this path
  Time at = {};
};

/// What goes wrong with the state folder.
enum class StoreFault : std::uint8_t {
  none,
  disk_full,  ///< what is to be stored waits until there is room
  refuses,    ///< what is to be stored can never be
};

/// Everything that decides is the engine's own: rounds, keys, the store, approvals, retries. What
/// differs is who does the work: nothing runs but what a script or `finish` ends, and no time
/// passes but what `advance` or `run` lets pass. The same calls give the same history every time.
///
///     TestEngine engine;
///     engine.script("tests", fails("2 tests failed"));
///     engine.script("**", succeeds());
///     const Evaluation run = engine.start(pipeline());
///     engine.run();
///     check(engine.state("publish") == State::blocked);
///
/// Each function returns when nothing more happens without it. Misuse throws oche::Error.
/// Threads: one.
class TestEngine {
 public:
  explicit TestEngine(TestOptions options = {});
  ~TestEngine();
  TestEngine(const TestEngine&) = delete;
  TestEngine& operator=(const TestEngine&) = delete;

  // ---- what becomes of jobs ----
  /// How attempts end at the paths that fit `where`: a path, a pattern of them (`*` and `?` within
  /// a level, `**` over any number), a label, or a step's name. Of several that fit, the one that
  /// was given last counts. What fits none goes on until `finish`.
  void script(std::string where, End end);
  /// The first attempt at a path ends like the first of these, and so on; the last one stays.
  void script(std::string where, std::vector<End> ends);
  void script(std::string where, std::function<End(const Started&)> how);
  /// What was given to `script` and has fitted nothing so far: misspelt paths, mostly.
  [[nodiscard]] std::vector<std::string> unused_scripts() const;

  // ---- driving it ----
  /// The pipeline goes on until `end`, whether or not the test keeps what is returned.
  Evaluation start(const AnyTerm& pipeline);
  /// As when a program's last handle goes: nobody wants what only this pipeline wanted.
  void end(Evaluation run);
  /// Goes on until everything has settled, letting time pass where something waits for it.
  /// Fails: throws Error if something runs and nothing says how it ends.
  void run();
  /// As `run`, but at most so many things happen: a round, a commit, an end. True if it has
  /// settled. For what must hold at any moment, a `crash` among others.
  [[nodiscard]] bool run_some(std::uint64_t most);
  /// Lets time pass; what is due on the way happens at its time.
  void advance(Duration by);
  /// Takes in what the test has changed by itself: a Var, what a watch reads.
  void look();
  template <class T>
  void set(Var<T>& var, std::type_identity_t<T> value) {
    var.set(static_cast<T&&>(value));
    look();
  }
  /// Ends what runs at a path. Fails: throws Error if nothing does.
  void finish(std::string_view path, const End& end = succeeds());
  /// As people do; each names the paths that it acted on. Fails: throws Error as Engine says.
  std::vector<std::string> approve(std::string_view path, std::string_view who = "test");
  std::vector<std::string> cancel(std::string_view path);
  std::vector<std::string> rebuild(std::string_view path);

  // ---- looking ----
  /// Refreshes included, though what is refreshed is ok meanwhile.
  [[nodiscard]] std::vector<std::string> running() const;
  [[nodiscard]] std::vector<std::string> ready() const;    ///< it could start, had it a slot
  [[nodiscard]] std::vector<std::string> waiting() const;  ///< for a person
  /// Fails: throws Error if there is no such path.
  [[nodiscard]] State state(std::string_view path) const;
  /// How many attempts have begun at a path, restarts included.
  [[nodiscard]] int attempts(std::string_view path) const;
  /// True if nothing runs or could start.
  [[nodiscard]] bool is_settled() const;
  [[nodiscard]] Time now() const;
  [[nodiscard]] Duration elapsed() const;  ///< since the first start
  /// What would run now, given what has been stored.
  [[nodiscard]] Plan plan(const AnyTerm& pipeline) const;
  [[nodiscard]] EventReader events() const;
  /// What has happened so far, a line each: `00:10:00 failed tests: 2 tests failed`.
  [[nodiscard]] std::string story() const;
  /// For what is to live on the test's clock too. Time that is let pass here is taken in by `look`.
  [[nodiscard]] const std::shared_ptr<ManualClock>& clock() const;

  // ---- what goes wrong ----
  /// From now on, for everything that is to be stored.
  void fault(StoreFault fault);
  /// The program ends in good order, and a new one begins on the same state folder. Every
  /// evaluation has ended; `start` again.
  void restart();
  /// As after kill -9: what runs is gone, and what is not stored by now never happened. After
  /// `run_some` there may be some of that.
  void crash();

 private:
  struct Stage;
  std::unique_ptr<Stage> stage_;
};

}  // namespace oche::testing
