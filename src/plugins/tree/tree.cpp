// tree.cpp - folders, files and unions of trees, read from the object store.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/running_job.hpp"
#include <oche/plugins/tree/glob.hpp>
#include <oche/plugins/tree/merge.hpp>
#include <oche/plugins/tree/subtree.hpp>
#include <oche/term/step.hpp>

#include <utility>

namespace oche {

namespace {

constexpr StepOptions reading = {.level = Level::harmless, .is_reading = true};

const auto subtree_step = step(
    "subtree",
    [](Job& job, const Tree& tree, const std::string& path) -> Result<Tree> {
      return detail::trees_of(job).subtree(tree, path);
    },
    reading);

const auto glob_step = step(
    "glob",
    [](Job& job, const Tree& tree, const std::string& pattern) -> Result<std::vector<std::string>> {
      return detail::trees_of(job).glob(tree, pattern);
    },
    reading);

const auto merge_step = step(
    "merge",
    [](Job& job, const std::vector<Tree>& trees) -> Result<Tree> {
      return detail::trees_of(job).merge(trees);
    },
    reading);

}  // namespace

Term<Tree> subtree(const Term<Tree>& tree, std::string path, Where where) {
  return subtree_step(tree, std::move(path), where);
}

Term<std::vector<std::string>> glob(const Term<Tree>& tree, std::string pattern, Where where) {
  return glob_step(tree, std::move(pattern), where);
}

Term<Tree> merge(const Term<std::vector<Tree>>& trees, Where where) {
  return merge_step(trees, where);
}

Term<Tree> merge(std::initializer_list<Term<Tree>> trees, Where where) {
  return merge_step(collect(trees, where), where);
}

}  // namespace oche
