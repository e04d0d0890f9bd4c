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

Isolation wished_isolation(oche::Isolation option) {
  switch (option) {
    case oche::Isolation::automatic: return Isolation::preferred;
    case oche::Isolation::required: return Isolation::required;
    case oche::Isolation::none: return Isolation::none;
  }
  return Isolation::required;
}

Promise find_promise(Programs& programs, const IsolationOffer& offer, Isolation wish,
                     const std::string& program, std::string_view path, bool network) {
  Promise promise;
  const FoundProgram found = find_program(program, path);
  promise.program = found.failure ? program : found.path;
  if (!found.failure) promise.program_digest = programs.digest(found.path);
  promise.isolation = grant(wish, network, offer).text;
  return promise;
}

const Promise* Promises::find(const ResolvedCommand& command, bool network,
                              std::function<void()> known) {
  const Question question{command.argv.front(), path_of(command), network};
  const auto [place, is_new] = entries_.try_emplace(question);
  Entry& entry = place->second;
  if (entry.promise) return &*entry.promise;
  entry.waiting.push_back(std::move(known));
  if (is_new) {
    ++under_way_;
    services_.readers.submit("looking for " + command.argv.front(), [this, &services = services_, question] {
      const auto& [program, path, net] = question;
      Promise promise =
          find_promise(services.programs, services.processes.isolation(),
                       wished_isolation(services.options.isolation), program, path, net);
      services.inbox.post([this, question, promise = std::move(promise)] {
        --under_way_;
        Entry& found = entries_[question];
        found.promise = promise;
        for (const auto& call : std::exchange(found.waiting, {})) call();
      });
    });
  }
  return nullptr;
}

void Promises::forget(const ResolvedCommand& command, bool network) {
  const auto found = entries_.find({command.argv.front(), path_of(command), network});
  if (found != entries_.end() && found->second.promise) entries_.erase(found);
}

}  // namespace oche::detail
