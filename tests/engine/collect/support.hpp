// support.hpp - state folders with a past, for the tests of removing it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/collect/collect.hpp"
#include "engine/store/support.hpp"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <vector>

namespace collect_tests {

using namespace state_tests;
using std::chrono::hours;

inline Time day(int number) { return at(0) + hours(24 * number); }

/// A folder in which step `path` ran, one attempt for each `run`.
class Past {
 public:
  Past() : store_(open_store(folder_.path())), trees_(folder_ / "objects.git") {}

  [[nodiscard]] const std::string& folder() const { return folder_.path(); }
  [[nodiscard]] Store& store() { return *store_; }
  [[nodiscard]] Trees& trees() { return trees_; }

  Tree tree(const std::string& name, const std::vector<std::string>& files) {
    const Folder files_of;
    for (const std::string& file : files)
      write(files_of / file, "in " + file + " of " + name + std::string(3000, '.'));
    write(files_of / "shared", "in all of them");
    return value_of(trees_.import_folder(files_of.path()));
  }

  /// The log of an attempt.
  [[nodiscard]] std::string log(int number) const {
    return folder() + fmt::format("/logs/000/{}.log", number);
  }

  Attempt attempt(int number, const std::string& path, Time when) const {
    Attempt attempt;
    attempt.id = number;
    attempt.key = digest_of(number);
    attempt.path = path;
    attempt.step = "step";
    attempt.state = AttemptState::ok;
    attempt.started = when;
    attempt.finished = when;
    attempt.log = fmt::format("logs/000/{}.log", number);
    write(log(number), "what it said");
    return attempt;
  }

  /// An attempt of the path with a result that names a tree of its own, used at this time.
  Tree run(int number, const std::string& path, Time when) {
    Tree made = tree(std::to_string(number), {"own", "folder/more"});
    run(number, path, when, made);
    return made;
  }

  void run(int number, const std::string& path, Time when, const Tree& made) {
    StoredResult result = result_of(number);
    result.used = when;
    result.trees = {made.id};
    const Attempt done = attempt(number, path, when);
    REQUIRE(is_stored(commit(*store_, {result, done, StoredKey{result.key, "parts"},
                                       HistoryEntry{.path = path, .when = when, .attempt = number},
                                       AddDuration{path, "step", hours(1)}})));
  }

  /// With the store closed: nobody holds the folder.
  Result<Collected> collect(CollectOptions options) {
    store_.reset();
    if (options.now == Time{}) options.now = day(10);
    auto collected = oche::detail::collect(folder(), options);
    store_ = open_store(folder());
    return collected;
  }

  [[nodiscard]] bool has(int number) {
    return value_of(store_->find(digest_of(number))).has_value();
  }

 private:
  Folder folder_;
  std::unique_ptr<Store> store_;
  Trees trees_;
};

/// Asks a fresh look at the objects: another one may remember what was there.
inline bool is_there(const Past& past, const Tree& tree) {
  return Trees(past.folder() + "/objects.git").exists(tree);
}

inline CollectOptions limits(Retention retention) {
  return {.retention = retention, .now = {}, .is_dry = false, .spared = {}};
}

}  // namespace collect_tests
