// key.hpp - what identifies the result of a step or command.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/digest.hpp>
#include <oche/base/value.hpp>
#include <oche/term/node.hpp>
#include <oche/term/step_payload.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oche::detail {

/// One thing that a key is made of. The key is the digest of all names and texts, in order.
struct KeyPart {
  std::string name;   ///< "step", "version", "argument 1", "program", …
  std::string text;   ///< what is digested
  std::string shown;  ///< for people, where that differs; never part of the key
};

/// What the executor promises for a command, beside what the pipeline says.
struct Promise {
  std::string program;    ///< where argv[0] was found, absolute; as it is if it has a slash
  Digest program_digest;  ///< none for a program of the tree
  std::string isolation;

  friend bool operator==(const Promise&, const Promise&) = default;
};

/// A command whose words are all known.
struct ResolvedCommand {
  Tree tree;
  std::vector<std::string> argv;
  std::vector<std::pair<std::string, std::string>> env;
  std::string image;  ///< empty: none
};
[[nodiscard]] ResolvedCommand resolve(const CommandSpec& spec, std::span<const Value> arguments);

/// The parts of a step's key; arguments that are Latest or Context are left out.
[[nodiscard]] std::vector<KeyPart> step_key(const StepPayload& step,
                                            std::span<const Value> arguments);
/// The parts of a command's key.
[[nodiscard]] std::vector<KeyPart> command_key(const CommandSpec& spec,
                                               const ResolvedCommand& command,
                                               const Promise& promise);

/// The same for people: each part's name, and what is shown of it.
using ShownKey = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] ShownKey shown_step_key(const StepPayload& step, std::span<const Value> arguments);
[[nodiscard]] ShownKey shown_command_key(const CommandSpec& spec, const ResolvedCommand& command,
                                         const Promise& promise);

/// The keys themselves, sooner than from their parts.
[[nodiscard]] Digest step_digest(const StepPayload& step, std::span<const Value> arguments);
[[nodiscard]] Digest command_digest(const CommandSpec& spec, const ResolvedCommand& command,
                                    const Promise& promise);

/// All parts as bytes to store, and back; nothing if they are none.
[[nodiscard]] std::string text_of(std::span<const KeyPart> parts);
[[nodiscard]] std::optional<std::vector<KeyPart>> parts_of(std::string_view text);

/// The digest of a step's Latest arguments, which say what its name is set to.
[[nodiscard]] Digest latest_digest(const StepPayload& step, std::span<const Value> arguments);
[[nodiscard]] bool has_latest(const StepPayload& step);

/// What a person is asked about: the key, and what its name would be set to if it publishes.
[[nodiscard]] Digest asked_digest(const Digest& key, const Digest& latest);

}  // namespace oche::detail
