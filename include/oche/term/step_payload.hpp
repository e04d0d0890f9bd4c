// step_payload.hpp - what a step's node and a command's node keep for whoever runs them.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/secret.hpp>
#include <oche/base/tree.hpp>
#include <oche/term/node.hpp>
#include <oche/term/step_options.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace oche {
class Job;

/// What a command can reach. Only the host's own network has names of other machines.
enum class Network : std::uint8_t { none, host };

namespace detail {
using oche::Network;

/// How an argument takes part in the key.
enum class Role : std::uint8_t {
  keyed,
  latest,   ///< replaced, not keyed (publishing)
  context,  ///< neither
};

/// What a node needs to know of a step's function: one constant for each function.
struct StepKind {
  /// Runs the function. `arguments` by address. Builds the value in `result` (raw memory) and gives
  /// true, or sets `failure` and gives false. May throw.
  bool (*call)(Job& job, const void* const* arguments, void* result, Failure& failure);
  const Type* result;
  const Type* const* parameters;
  const Role* roles;
  std::uint32_t count;
};

/// Lives as long as its node; default options are one constant that all nodes share.
struct StepPayload {
  const StepKind* kind;
  std::string_view name;  ///< a literal: lives for ever
  const StepOptions& options;
};

/// Makes a step's node of its inputs, which are moved into it. `options` is null for the default.
[[nodiscard]] AnyTerm make_step(std::source_location where, const StepKind& kind,
                                std::string_view name, const StepOptions* options,
                                std::span<AnyTerm> inputs);

// ---- commands ----------------------------------------------------------------------------------

/// A word of a resolved command, or the place of an input that will give it (a std::string).
struct WordSpec {
  std::string text;
  std::uint32_t input = 0;  ///< 0: `text`; else the node's input with that number
};

struct ServiceSpec {
  std::string name;
  WordSpec image;
};

/// What the executor does: data only, so that it can be sent to another machine.
/// The node's input 0 is the Tree to work in; inputs 1… are the terms of words.
struct CommandSpec {
  // What sweeps over a pipeline ask every command stands first, next to its node.
  std::string label;
  Network network = Network::none;
  Level level = Level::average;
  std::vector<std::pair<std::string, SecretName>> secrets;
  Needs needs;
  std::string
      operation;  ///< "exec", "build", "test" or a plug-in's own: shown, and part of the key
  std::vector<WordSpec> argv;
  std::vector<std::pair<std::string, WordSpec>> env;
  std::optional<WordSpec> image;
  std::vector<std::string> outputs;  ///< glob patterns, kept from the working folder afterwards
  std::vector<std::pair<std::string, std::string>> settings;  ///< what `finish` needs; in the key
  std::vector<ServiceSpec> services;
  Duration timeout{};
  Retry retry;
};

/// What is known when the process has ended, before its working folder goes.
struct CommandEnd {
  int exit_status = 0;  ///< 128 + signal if a signal ended it
  std::string folder;   ///< the working folder
  Tree outputs;         ///< what `CommandSpec::outputs` matched
  const CommandSpec* spec = nullptr;
};

struct CommandPayload {
  CommandSpec spec;
  /// Makes the node's value from how the process ended: as StepKind::call. On a worker thread.
  /// A non-zero exit is the function's to judge; missing outputs were already reported.
  bool (*finish)(Job& job, const CommandEnd& end, void* result, Failure& failure);
};

/// A command as an operation of a plug-in: `inputs[0]` is the tree, further ones words' terms.
[[nodiscard]] AnyTerm make_command(std::source_location where, std::span<const AnyTerm> inputs,
                                   const Type* result, CommandPayload payload);

}  // namespace detail
}  // namespace oche
