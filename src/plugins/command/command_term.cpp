// command_term.cpp - what exec, build and test have in common.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include "plugins/command/command_term.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <csignal>
#include <cstring>

namespace oche::detail {

AnyTerm command_term(std::string operation, const Term<Tree>& tree, const Command& command,
                     const Type& result, decltype(CommandPayload::finish) finish,
                     std::vector<std::pair<std::string, std::string>> settings, Where where) {
  std::vector<AnyTerm> inputs{tree};
  CommandSpec spec = spec_of(command, std::move(operation), inputs, where);
  for (auto& setting : settings)
    spec.settings.push_back(std::move(setting));
  return make_command(where, inputs, &result, {std::move(spec), finish});
}

namespace {

std::string ending(int status) {
  constexpr int by_signal = 128;  // a shell's convention, and bubblewrap's
  if (status > by_signal && status < by_signal + 65) {
    if (const char* name = sigabbrev_np(status - by_signal)) {
      return fmt::format("was killed by SIG{}", name);
    }
  }
  return fmt::format("exited with status {}", status);
}

}  // namespace

Failure exit_failure(const CommandEnd& end) {
  std::vector<std::string> words;
  for (const WordSpec& word : end.spec->argv) {
    words.push_back(word.input == 0 ? word.text : std::string("<term>"));
  }
  return {.what = fmt::format("{} {}", words.empty() ? "the command" : words.front(),
                              ending(end.exit_status)),
          .facts = {{"command", shell_quote(words)}}};
}

}  // namespace oche::detail
