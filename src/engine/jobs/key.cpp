// key.cpp - what identifies the result of a step or command.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/jobs/key.hpp"

#include "base/text.hpp"
#include <oche/base/record.hpp>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace oche::detail {

namespace {

constexpr std::size_t longest_shown = 200;

std::string shown(const Value& value) {
  std::string text;
  print(value.type(), value.data(), text);
  return shortened(std::move(text), longest_shown);
}

const std::string& text_of(const WordSpec& word, std::span<const Value> arguments) {
  return word.input == 0 ? word.text : arguments[word.input].as<std::string>();
}

/// Two lists of words never meet in one text: each word is preceded by its length.
void add_word(std::string& text, std::string_view word) {
  std::array<char, 20> digits;
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), word.size());
  text.append(digits.data(), end).append(1, ':').append(word);
}

std::string joined(std::span<const std::string> words) {
  std::string text;
  for (const std::string& word : words)
    add_word(text, word);
  return text;
}

/// For a part whose text is for people, too.
constexpr auto as_it_is = [] { return std::string(); };

template <class Add>
void add_words(std::string_view name, std::span<const std::string> words, const Add& add) {
  if (words.empty()) return;
  add(name, joined(words), [&] { return fmt::format("{}", fmt::join(words, " ")); });
}

/// Calls `add` with each part's name, its text, and a function that gives what is shown of it.
template <class Add>
void each_part(const StepPayload& step, std::span<const Value> arguments, const Add& add) {
  add("step", step.name, as_it_is);
  add("version", std::to_string(step.options.version), as_it_is);
  std::string name = "argument ";
  const std::size_t start = name.size();
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (step.kind->roles[i] != Role::keyed) continue;
    name.resize(start);
    name += std::to_string(i + 1);
    add(name, arguments[i].digest(), [&] { return shown(arguments[i]); });
  }
}

/// The same of a command.
template <class Add>
void each_part(const CommandSpec& spec, const ResolvedCommand& command, const Promise& promise,
               const Add& add) {
  add("command", spec.operation, as_it_is);
  add("tree", command.tree.id, as_it_is);
  add_words("argv", command.argv, add);
  for (const auto& [name, value] : command.env)
    add("env " + name, value, as_it_is);
  if (!command.image.empty()) add("image", command.image, as_it_is);
  add_words("outputs", spec.outputs, add);
  for (const auto& [name, value] : spec.settings)
    add(name, value, as_it_is);
  // The name only: a secret's bytes never reach a key (X1).
  for (const auto& [variable, secret] : spec.secrets) {
    const std::string words[] = {secret.vault, secret.name};
    add("secret " + variable, joined(words), [&] { return secret.vault + "/" + secret.name; });
  }
  if (spec.network != Network::none) add("network", "host", as_it_is);
  add("program", promise.program, as_it_is);
  if (!promise.program_digest.is_none()) add("program's digest", promise.program_digest, as_it_is);
  add("isolation", promise.isolation, as_it_is);
}

std::string_view text_of(std::string_view text) { return text; }
std::string text_of(const Digest& digest) { return digest.hex(); }

/// Makes parts.
auto adder_to(std::vector<KeyPart>& parts) {
  return [&parts](std::string_view name, const auto& text, const auto& shown) {
    parts.push_back({std::string(name), std::string(text_of(text)), shown()});
  };
}

/// Makes what people see.
auto adder_to(ShownKey& key) {
  return [&key](std::string_view name, const auto& text, const auto& shown) {
    std::string seen = shown();
    if (seen.empty()) seen = text_of(text);
    key.emplace_back(name, std::move(seen));
  };
}

/// Makes the bytes that a key is the digest of: nobody sees what is shown.
auto adder_to(std::string& bytes) {
  return [&bytes](std::string_view name, const auto& text, const auto&) {
    add_word(bytes, name);
    add_word(bytes, text_of(text));
  };
}

}  // namespace

ResolvedCommand resolve(const CommandSpec& spec, std::span<const Value> arguments) {
  ResolvedCommand command;
  command.tree = arguments[0].as<Tree>();
  for (const WordSpec& word : spec.argv)
    command.argv.push_back(text_of(word, arguments));
  for (const auto& [name, word] : spec.env)
    command.env.emplace_back(name, text_of(word, arguments));
  if (spec.image) command.image = text_of(*spec.image, arguments);
  return command;
}

std::vector<KeyPart> step_key(const StepPayload& step, std::span<const Value> arguments) {
  std::vector<KeyPart> parts;
  parts.reserve(2 + arguments.size());
  each_part(step, arguments, adder_to(parts));
  return parts;
}

std::vector<KeyPart> command_key(const CommandSpec& spec, const ResolvedCommand& command,
                                 const Promise& promise) {
  std::vector<KeyPart> parts;
  each_part(spec, command, promise, adder_to(parts));
  return parts;
}

ShownKey shown_step_key(const StepPayload& step, std::span<const Value> arguments) {
  ShownKey key;
  key.reserve(2 + arguments.size());
  each_part(step, arguments, adder_to(key));
  return key;
}

ShownKey shown_command_key(const CommandSpec& spec, const ResolvedCommand& command,
                           const Promise& promise) {
  ShownKey key;
  each_part(spec, command, promise, adder_to(key));
  return key;
}

Digest step_digest(const StepPayload& step, std::span<const Value> arguments) {
  std::string bytes;
  bytes.reserve(64 + 96 * arguments.size());
  each_part(step, arguments, adder_to(bytes));
  return sha256(bytes);
}

Digest command_digest(const CommandSpec& spec, const ResolvedCommand& command,
                      const Promise& promise) {
  std::string bytes;
  each_part(spec, command, promise, adder_to(bytes));
  return sha256(bytes);
}

std::string text_of(std::span<const KeyPart> parts) {
  std::string bytes;
  for (const KeyPart& part : parts) {
    add_word(bytes, part.name);
    add_word(bytes, part.text);
    add_word(bytes, part.shown);
  }
  return bytes;
}

std::optional<std::vector<KeyPart>> parts_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    std::size_t size = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    const auto begin = static_cast<std::size_t>(stop - text.data()) + 1;
    if (error != std::errc() || begin > text.size() || *stop != ':' || size > text.size() - begin)
      return std::nullopt;
    words.emplace_back(text.substr(begin, size));
    text.remove_prefix(begin + size);
  }
  if (words.size() % 3 != 0) return std::nullopt;
  std::vector<KeyPart> parts;
  for (std::size_t i = 0; i < words.size(); i += 3)
    parts.push_back({words[i], words[i + 1], words[i + 2]});
  return parts;
}

Digest latest_digest(const StepPayload& step, std::span<const Value> arguments) {
  std::string bytes;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (step.kind->roles[i] == Role::latest) bytes += arguments[i].digest().hex();
  }
  return sha256(bytes);
}

bool has_latest(const StepPayload& step) {
  for (std::uint32_t i = 0; i < step.kind->count; ++i) {
    if (step.kind->roles[i] == Role::latest) return true;
  }
  return false;
}

Digest asked_digest(const Digest& key, const Digest& latest) {
  return latest.is_none() ? key : sha256(key.hex() + latest.hex());
}

}  // namespace oche::detail
