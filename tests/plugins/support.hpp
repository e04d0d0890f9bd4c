// support.hpp - what the tests of plug-ins share: a repository, and an engine that really runs.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/trees/support.hpp"
#include <oche/engine/engine.hpp>
#include <oche/oche.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plugin_tests {

using namespace oche;
using state_tests::commit_all;
using state_tests::content_of;
using state_tests::Folder;
using state_tests::write;
namespace fs = std::filesystem;

/// A folder with a repository and an engine without isolation.
class World {
 public:
  Folder folder;
  [[nodiscard]] std::string repository() const { return folder / "repository"; }
  void add(const std::string& file, std::string_view content) const {
    write(repository() + "/" + file, content);
  }
  void commit() const { commit_all(repository()); }
  [[nodiscard]] Term<Tree> source() const { return fetch(git::head(repository(), "main")); }

  [[nodiscard]] Engine& engine() {
    if (!engine_) {
      EngineOptions options;
      options.state = folder / "state";
      options.slots = 4;
      options.isolation = Isolation::none;
      engine_.emplace(options);
    }
    return *engine_;
  }

  /// What the term holds once everything has settled. A failure fails the test.
  template <class T>
  T value(const Term<T>& term) {
    std::optional<T> seen;
    const Evaluation run = engine().start(map(
        [&](const T& value) {
          seen = value;
          return Unit{};
        },
        term));
    run.wait_until_settled();
    for (const Failure& failure : run.failures())
      UNSCOPED_INFO(render(failure));
    engine_
        .reset();  // an evaluation goes on for as long as its engine, and would see what comes next
    REQUIRE(seen);
    return *seen;
  }

  /// Why the term failed. Anything else fails the test.
  Failure failure(const AnyTerm& term) {
    const Evaluation run = engine().start(term);
    run.wait_until_settled();
    REQUIRE(run.outcome().is_failed());
    REQUIRE(run.failures().size() == 1);
    engine_.reset();
    return run.failures().front();
  }

  /// The files of a tree, and what is in them.
  std::vector<std::pair<std::string, std::string>> files(const Tree& tree) {
    detail::Trees trees(folder / "state/objects.git");
    std::vector<std::pair<std::string, std::string>> all;
    for (const detail::TreeFile& file : state_tests::value_of(trees.list(tree))) {
      all.emplace_back(file.path, state_tests::value_of(trees.read_file(tree, file.path)));
    }
    return all;
  }

 private:
  std::optional<Engine> engine_;
};

using Files = std::vector<std::pair<std::string, std::string>>;

}  // namespace plugin_tests
