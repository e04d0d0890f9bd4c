// build.cpp - make something out of a tree.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/command/build.hpp>

#include "plugins/command/command_term.hpp"
#include <oche/base/error.hpp>

#include <fmt/format.h>

namespace oche {

namespace {

bool finish_build(Job&, const detail::CommandEnd& end, void* result, Failure& failure) {
  if (end.exit_status != 0) {
    failure = detail::exit_failure(end);
    return false;
  }
  ::new (result) Tree(end.outputs);
  return true;
}

}  // namespace

Term<Tree> build(const Term<Tree>& tree, const Command& command, Where where) {
  if (command.outputs.empty()) {
    throw Error(Failure{.what = "build keeps nothing",
                        .hint = "name what to keep, as .outputs = {\"dist/*.whl\"}, or use exec",
                        .where = fmt::format("{}:{}", where.file_name(), where.line())});
  }
  return detail::typed<Tree>(
      detail::command_term("build", tree, command, type_of<Tree>, finish_build, {}, where));
}

}  // namespace oche
