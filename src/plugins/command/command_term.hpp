// command_term.hpp - what exec, build and test have in common.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/term/command.hpp>
#include <oche/term/step_payload.hpp>

#include <string>
#include <utility>
#include <vector>

namespace oche::detail {

/// The node of an operation whose process is judged by `finish`.
[[nodiscard]] AnyTerm command_term(std::string operation, const Term<Tree>& tree,
                                   const Command& command, const Type& result,
                                   decltype(CommandPayload::finish) finish,
                                   std::vector<std::pair<std::string, std::string>> settings,
                                   Where where);

/// `flake8 exited with status 1`, with the command line as a fact.
[[nodiscard]] Failure exit_failure(const CommandEnd& end);

}  // namespace oche::detail
