// promises.cpp - what the executor promises for a program, found out once and off the round.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/promises.hpp"

#include <utility>

namespace oche::detail {

std::string path_of(const ResolvedCommand& command) {
  for (const auto& [name, value] : command.env) {
    if (name == "PATH") return value;
  }
  return std::string(fixed_path);
}

Promise promise_by_hand(const std::string& program) {
  return {.program = program, .isolation = "none: it is played"};
}

Isolation wished_isolation(oche::Isolation option) {
  switch (option) {
    case oche::Isolation::automatic:
      return Isolation::preferred;
    case oche::Isolation::required:
      return Isolation::required;
    case oche::Isolation::none:
      return Isolation::none;
  }
  return Isolation::required;
}

Promise find_promise(Programs& programs, Processes& processes, Isolation wish,
                     const std::string& program, std::string_view path, bool network) {
  Promise promise;
  const FoundProgram found = find_program(program, path);
  promise.program = found.failure ? program : found.path;
  if (!found.failure) promise.program_digest = programs.digest(found.path);
  const bool is_wished = wish != Isolation::none;
  promise.isolation =
      grant(wish, network, is_wished ? processes.isolation() : IsolationOffer{}).text;
  return promise;
}

void Promises::expect(const Graph& graph) {
  if (is_sandbox_tried_ || services_.by_hand != nullptr) return;
  if (services_.options.isolation == oche::Isolation::none) return;
  NodeId node = 0;
  while (node < graph.size() && graph.kind(node) != Kind::command)
    ++node;
  if (node == graph.size()) return;
  is_sandbox_tried_ = true;
  services_.readers.submit("trying the sandbox",
                           [&services = services_] { (void)services.processes.isolation(); });
}

const Promise* Promises::find(const ResolvedCommand& command, bool network,
                              std::function<void()> known) {
  const Question question{command.argv.front(), path_of(command), network};
  const auto [place, is_new] = entries_.try_emplace(question);
  Entry& entry = place->second;
  if (entry.promise) return &*entry.promise;
  entry.waiting.push_back(std::move(known));
  if (is_new) {
    look(question, [this, question](Promise promise) {
      Entry& found = entries_.at(question);
      found.promise = std::move(promise);
      for (const auto& call : std::exchange(found.waiting, {}))
        call();
    });
  }
  return nullptr;
}

void Promises::renew(const ResolvedCommand& command, bool network, std::function<void(bool)> seen) {
  const Question question{command.argv.front(), path_of(command), network};
  look(question, [this, question, seen = std::move(seen)](Promise promise) {
    std::optional<Promise>& known = entries_.at(question).promise;
    const bool is_changed = known != promise;
    known = std::move(promise);
    seen(is_changed);
  });
}

void Promises::look(const Question& question, std::function<void(Promise)> known) {
  ++under_way_;
  services_.readers.submit("looking for " + std::get<0>(question),
                           [this, &services = services_, question, known = std::move(known)] {
                             const auto& [program, path, network] = question;
                             Promise promise =
                                 services.by_hand
                                     ? promise_by_hand(program)
                                     : find_promise(services.programs, services.processes,
                                                    wished_isolation(services.options.isolation),
                                                    program, path, network);
                             services.inbox.post([this, known, promise = std::move(promise)] {
                               --under_way_;
                               known(promise);
                             });
                           });
}

}  // namespace oche::detail
