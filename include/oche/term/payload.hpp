// payload.hpp - what the nodes of each kind keep behind `Node::payload`.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/outcome.hpp>
#include <oche/base/value.hpp>
#include <oche/term/node.hpp>
#include <oche/term/step_options.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// `payload` points to an object of the type named here. Values come by address; where a term was
// converted to Term<>, to a value of another type, which the functions do not look at.
//
// kind                     payload        arguments of Operation::call -> what it builds
// constant                 Value          -
// failed, pending          Failure, Phase -
// input                    InputPayload   -
// map                      closure        the values -> the value
// map_error                closure        a Failure -> a Failure
// zip, collect             -              the values -> a tuple, a vector
// all                      AllPayload     -
// gate, only_if, or_else,
// advisory, approve        -              - (label: reason, question)
// attempt                  -              value or null, Failure or null -> Result<T>
// state_of                 -              value, Failure, Phase, Skipped: one is not null ->
// Outcome<T> list_map, option_map     ListPayload    the items' values -> a vector, an optional
// list_iter                ListPayload    -
// fold                     FoldPayload    state, value -> state (closure: FoldPayload::closure)
// dynamic                  DynamicPayload the value -> an AnyTerm (closure:
// DynamicPayload::closure) step                     StepPayload    see StepKind::call command
// CommandPayload see command_payload.hpp

namespace oche::detail {

/// Where an input's values come from; shared by the node and the handles that change it.
class Source {
 public:
  virtual ~Source() = default;
  /// True if `read` never blocks and needs no thread of its own (a Var).
  [[nodiscard]] virtual bool is_immediate() const = 0;
  /// The present value, or why there is none. Threads: one call at a time. May throw.
  [[nodiscard]] virtual Result<Value> read() = 0;
  /// Calls `changed` (from any thread) whenever reading again is worth it, until the returned
  /// function is called. One subscription for each evaluation that wants the input.
  [[nodiscard]] virtual std::function<void()> subscribe(std::function<void()> changed) = 0;

  /// Every value from the present one on, until this ends.
  class Values {
   public:
    virtual ~Values() = default;
    /// Those that came since the last call, in order; the first call begins with the present one.
    [[nodiscard]] virtual std::vector<Value> take() = 0;
  };
  /// As `subscribe`, for whoever may miss no value. Null where only the present one is known.
  [[nodiscard]] virtual std::unique_ptr<Values> follow(const std::function<void()>& /*changed*/) {
    return nullptr;
  }
};

struct InputPayload {
  std::shared_ptr<Source> source;
};

struct AllPayload {
  std::vector<std::string> labels;  ///< one for each input, or empty
};

struct ListPayload {
  const Type* item = nullptr;  ///< of an item
  /// Identity of an item where the list was given `by(...)`: builds a Value from an item; else
  /// empty.
  std::function<Value(const void* item)> identity;
  /// The item's name if its type says one (`item_name`); else null.
  std::string (*item_name)(const void* item) = nullptr;
};

struct FoldPayload {
  Value initial;
  void* closure = nullptr;  ///< owned
  void (*destroy)(void* closure) noexcept = nullptr;
};

/// What a hole promises; the analyses use it, the engine enforces it.
struct Contract {
  std::vector<std::string> may_run;  ///< empty: anything
  std::vector<std::string> never;
  std::optional<std::uint32_t> at_most;
};

struct DynamicPayload {
  void* closure = nullptr;  ///< owned
  void (*destroy)(void* closure) noexcept = nullptr;
  mutable Contract contract;
};

}  // namespace oche::detail
