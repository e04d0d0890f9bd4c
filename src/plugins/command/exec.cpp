// exec.cpp - run a program on a tree.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/command/exec.hpp>

#include "plugins/command/command_term.hpp"

namespace oche {

namespace {

bool finish_exec(Job&, const detail::CommandEnd& end, void* result, Failure& failure) {
  if (end.exit_status != 0) {
    failure = detail::exit_failure(end);
    return false;
  }
  ::new (result) Executed{end.exit_status, end.outputs};
  return true;
}

}  // namespace

Term<Executed> exec(const Term<Tree>& tree, const Command& command, Where where) {
  return detail::typed<Executed>(
      detail::command_term("exec", tree, command, type_of<Executed>, finish_exec, {}, where));
}

}  // namespace oche
