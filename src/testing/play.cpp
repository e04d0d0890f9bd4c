// play.cpp - an attempt ends as a script says.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#include "testing/hands.hpp"
#include <oche/base/error.hpp>
#include <oche/base/tree.hpp>

#include <fmt/format.h>

#include <utility>

namespace oche::testing {

namespace {

using detail::RunningAttempt;
using detail::Value;

[[noreturn]] void refuse(const RunningAttempt& attempt, std::string what, std::string hint) {
  throw Error(Failure{.what = std::move(what),
                      .kind = FailureClass::errored,
                      .facts = {{"path", attempt.work().path}},
                      .hint = std::move(hint),
                      .where = attempt.work().where});
}

const Type& result_of(const RunningAttempt& attempt) { return *attempt.work().term.node()->type; }

/// The default of what a step gives; of a tree, the one without files.
Value usual(const RunningAttempt& attempt) {
  const Type& type = result_of(attempt);
  if (&type == &type_of<Tree>) {
    return Value::make(Tree{"4b825dc642cb6eb9a060e54bf8d69288fbee4904"});
  }
  if (type.construct == nullptr) {
    refuse(attempt, "what this step gives has no default", "say what it gives: succeeds(value)");
  }
  return Value::build(type, [](void*) {});
}

void give(RunningAttempt& attempt, const Value& value) {
  if (&value.type() != &result_of(attempt)) {
    refuse(attempt, "the script's value is of another type than this step's",
           "succeeds(value) takes exactly what the step gives: 1 is an int, std::size_t{1} is not");
  }
  attempt.end({.value = value});
}

}  // namespace

void play(RunningAttempt& attempt, const End& end) {
  const bool is_command = attempt.work().command != nullptr;
  switch (end.how()) {
    case End::How::value:
      return give(attempt, end.value());
    case End::How::usual:
      return is_command ? attempt.exit_here(0, {}) : give(attempt, usual(attempt));
    case End::How::failure:
      return attempt.end({.failure = end.failure()});
    case End::How::exit:
      if (!is_command) refuse(attempt, "a function has no exit status", "succeeds(), or fails()");
      return attempt.exit_here(end.status(), end.files());
    case End::How::function:
      if (is_command) refuse(attempt, "a command has no function to call", "exits(0, files)");
      return attempt.run_here();
    case End::How::never:
      refuse(attempt, "nothing can end by going on", "succeeds(), or fails()");
  }
}

}  // namespace oche::testing
