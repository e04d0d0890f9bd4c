// work.cpp - one thing to run: a step or command with its arguments.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/work.hpp"

namespace oche::detail {

std::vector<KeyPart> Work::parts() const {
  return step != nullptr ? step_key(*step, arguments)
                         : command_key(command->spec, resolved, promise);
}

Digest Work::digest() const {
  return step != nullptr ? step_digest(*step, arguments)
                         : command_digest(command->spec, resolved, promise);
}

std::string Work::name() const {
  return step != nullptr ? std::string(step->name) : command->spec.operation;
}

Level Work::level() const { return step != nullptr ? step->options.level : command->spec.level; }

Duration Work::timeout() const {
  return step != nullptr ? step->options.timeout : command->spec.timeout;
}

const Retry& Work::retry() const {
  return step != nullptr ? step->options.retry : command->spec.retry;
}

std::optional<Duration> Work::valid_for() const {
  return step != nullptr ? step->options.valid_for : std::nullopt;
}

bool Work::cancel_when_unwanted() const {
  return step == nullptr || step->options.cancel_when_unwanted;
}

std::string place(const std::source_location& where) {
  std::string text = where.file_name();
  text += ':';
  text += std::to_string(where.line());
  return text;
}

}  // namespace oche::detail
