// command.hpp - a program to run, as data: what to call it with, where, and under which limits.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/secret.hpp>
#include <oche/term/step_payload.hpp>
#include <oche/term/term.hpp>

namespace oche {
namespace detail {
/// Two of them make a list of words, and are none themselves.
template <class U>
concept IteratorLike = !ATerm<U> && requires(U& i) {
  *i;
  ++i;
};
}  // namespace detail

/// One word of a command: a text, or a Term<std::string>, so that an item of a list can reach it.
class Word {
 public:
  template <class U>
    requires std::convertible_to<U, std::string_view>
  Word(U&& text) : text_(std::string_view(static_cast<U&&>(text))) {}
  Word(const Term<std::string>& term) : term_(term) {}

  template <class U>
    requires(!std::convertible_to<U, std::string_view> && !std::same_as<U, Word> &&
             !std::derived_from<U, Term<std::string>> && !detail::IteratorLike<U>)
  Word(const U&) {
    if constexpr (detail::BrokenTerm<U>)
      return;
    else if constexpr (ATerm<U>)
      static_assert(detail::never<U>,
                    "oche::Command: a word is a text or a Term<std::string>, and this term holds "
                    "another type; convert it with map(f, term)");
    else if constexpr (std::same_as<U, Secret>)
      static_assert(detail::never<U>,
                    "oche::Command: a Secret is no word, since everybody on the machine can read a "
                    "command line; give it as .secrets = {{\"VARIABLE\", secret(vault, name)}}");
    else if constexpr (std::same_as<U, SecretName>)
      static_assert(detail::never<U>,
                    "oche::Command: a secret is no word, since everybody on the machine can read a "
                    "command line; give it as .secrets = {{\"VARIABLE\", secret(vault, name)}}");
    else
      static_assert(detail::never<U>,
                    "oche::Command: a word is a text or a Term<std::string>; write numbers as "
                    "fmt::format(\"{}\", n)");
  }

  /// Empty if a term gives it.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// Null if the text does. Lives as long as the word.
  [[nodiscard]] const AnyTerm* term() const { return term_ ? &*term_ : nullptr; }

 private:
  std::string text_;
  std::optional<AnyTerm> term_;
};

/// A glob pattern over the working folder. A class of its own, since two texts in two pairs of
/// braces would otherwise be taken for the two ends of one.
class Pattern {
 public:
  template <class U>
    requires std::convertible_to<U, std::string_view>
  Pattern(U&& text) : text_(std::string_view(static_cast<U&&>(text))) {}
  [[nodiscard]] const std::string& text() const { return text_; }
  operator const std::string&() const { return text_; }

 private:
  std::string text_;
};

/// `{"CC", "clang"}`
struct Variable {
  std::string name;
  Word value;
};

/// `{"TOKEN", secret("vault", "token")}`
struct SecretVariable {
  std::string name;
  SecretName secret;
};

/// A container beside the command, reached under its name: `{"db", "postgres:16"}`.
struct Service {
  std::string name;
  Word image;
};

/// What to run. Designated fields, in this order, all with defaults.
///
///     exec(source, {.argv = {"make", "-j4"}, .image = "debian:12", .timeout = 20min})
struct Command {
  std::vector<Word> argv = {};        ///< never a shell string; `sh("a | b")` says so explicitly
  std::vector<Variable> env = {};     ///< beside a fixed PATH and little else
  std::optional<Word> image = {};     ///< none: the host's programs
  std::vector<Pattern> outputs = {};  ///< what to keep, each of which must match something
  std::string junit = {};             ///< the report that `test` reads
  std::string cobertura = {};         ///< the coverage that `test` reads
  std::vector<SecretVariable> secrets = {};
  Network network = Network::none;
  std::vector<Service> services = {};
  Needs needs = {};
  Duration timeout = {};  ///< zero: none
  Retry retry = {};
  Level level = Level::average;
  std::string label = {};
};

/// The words that let the shell run a script: `.argv = sh("make 2>&1 | tee log")`.
[[nodiscard]] std::vector<Word> sh(Word script);

namespace detail {

/// The command as data. Appends the terms of words to `inputs`, which begins with the tree.
/// `junit` and `cobertura` are left to the operation that reads them.
/// Fails: throws oche::Error if there is no word, or a name that no variable can have.
[[nodiscard]] CommandSpec spec_of(const Command& command, std::string operation,
                                  std::vector<AnyTerm>& inputs, Where where);

}  // namespace detail
}  // namespace oche
