// command.cpp - a command as data, and its node.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/command.hpp>

#include "term/line.hpp"
#include <oche/base/error.hpp>

#include <fmt/core.h>

#include <algorithm>

namespace oche {

std::vector<Word> sh(Word script) { return {"/bin/sh", "-c", std::move(script)}; }

namespace detail {
namespace {

[[noreturn]] void refuse(std::string what, std::string hint, Where where) {
  Failure failure;
  failure.what = std::move(what);
  failure.kind = FailureClass::errored;
  failure.hint = std::move(hint);
  failure.where = line_of(where);
  throw Error(std::move(failure));
}

void check_name(const std::string& name, Where where) {
  const bool good = !name.empty() && name.find('=') == name.npos && name.find('\0') == name.npos;
  if (!good)
    refuse(fmt::format("'{}' is no name of an environment variable", name),
           "a name is not empty and holds no '='", where);
}

void check_text(const std::string& text, Where where) {
  if (text.find('\0') != text.npos)
    refuse("a word of a command holds a zero byte, where every program would end it",
           "give such data as a file", where);
}

WordSpec spec_of(const Word& word, std::vector<AnyTerm>& inputs, Where where) {
  if (word.term() == nullptr) {
    check_text(word.text(), where);
    return {word.text(), 0};
  }
  inputs.push_back(*word.term());
  return {{}, static_cast<std::uint32_t>(inputs.size() - 1)};
}

}  // namespace

CommandSpec spec_of(const Command& command, std::string operation, std::vector<AnyTerm>& inputs,
                    Where where) {
  if (command.argv.empty())
    refuse(fmt::format("{} has no command to run", operation),
           "give its words: .argv = {\"make\", \"all\"}", where);
  CommandSpec spec;
  spec.operation = std::move(operation);
  for (const Word& word : command.argv)
    spec.argv.push_back(spec_of(word, inputs, where));
  for (const Variable& variable : command.env) {
    check_name(variable.name, where);
    spec.env.emplace_back(variable.name, spec_of(variable.value, inputs, where));
  }
  if (command.image) spec.image = spec_of(*command.image, inputs, where);
  for (const Pattern& pattern : command.outputs)
    spec.outputs.push_back(pattern.text());
  for (const SecretVariable& variable : command.secrets) {
    check_name(variable.name, where);
    spec.secrets.emplace_back(variable.name, variable.secret);
  }
  spec.network = command.network;
  for (const Service& service : command.services)
    spec.services.push_back({service.name, spec_of(service.image, inputs, where)});
  spec.needs = command.needs;
  spec.timeout = command.timeout;
  spec.retry = command.retry;
  spec.level = command.level;
  spec.label = command.label;
  return spec;
}

AnyTerm make_command(std::source_location where, std::span<const AnyTerm> inputs,
                     const Type* result, CommandPayload payload) {
  static constexpr Operation operation = {.destroy = &destroy_in_place<CommandPayload>};
  return make(Kind::command, where, inputs, with(payload, *result, operation));
}

}  // namespace detail
}  // namespace oche
