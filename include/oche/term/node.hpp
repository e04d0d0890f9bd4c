// node.hpp - the untyped, immutable node behind every term.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/type.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <source_location>
#include <span>
#include <string_view>
#include <utility>

namespace oche {

/// What a node does. The order is that of docs/glossary.md and is stored in no file.
enum class Kind : std::uint8_t {
  constant,    ///< a known value
  failed,      ///< a known failure
  pending,     ///< known to be active for ever
  input,       ///< a Var or a watch
  map,         ///< pure function of values
  map_error,   ///< pure function of a failure
  zip,         ///< values as a tuple
  collect,     ///< values as a vector
  all,         ///< success of every input
  gate,        ///< input 0, once the others have succeeded
  only_if,     ///< input 1, if input 0 is true
  list_map,    ///< inputs: list, item, body (in a Graph: expand, body)
  list_iter,   ///< likewise, for success only
  option_map,  ///< likewise, for an optional
  item,        ///< the symbolic item of a template
  expand,      ///< only in a Graph: owns the instances of a template; input 0 is the list
  attempt,     ///< a failure as a value
  state_of,    ///< any outcome as a value
  or_else,     ///< input 0, or input 1 if that failed
  advisory,    ///< done, however
  approve,     ///< input 0, once a person has agreed
  fold,        ///< state over successive values of input 0
  dynamic,     ///< a hole: what follows is known only when input 0 is
  step,        ///< a function on a worker thread
  command,     ///< a program in a child process
};

/// The name of a kind as docs and diagrams write it.
[[nodiscard]] std::string_view name_of(Kind kind);
/// Whether it has a key, runs and is remembered; everything else is computed in a round.
[[nodiscard]] constexpr bool is_job(Kind kind) {
  return kind == Kind::step || kind == Kind::command;
}

/// Whether a node changes how far what it hands on can be trusted.
enum class Trust : std::uint8_t {
  as_given,
  distrusted,  ///< somebody else wrote it
  vouched,     ///< whoever wrote the pipeline says why it can be trusted from here on
};

namespace detail {
struct Node;
struct Scope;

/// Null is allowed in both.
inline void retain(const Node* node) noexcept;
/// Frees without recursion, whatever the depth.
inline void release(const Node* node) noexcept;

/// Runs what a template recorded: `arguments` by address (null where absent), the result is built
/// in `result`, which is raw memory. May throw; then nothing was built.
using Call = void (*)(const void* closure, const void* const* arguments, std::size_t count,
                      void* result);

/// Elements that lie side by side.
struct Run {
  const void* first = nullptr;
  std::size_t count = 0;
};
/// Builds in `result`, which is raw memory, a list of `size` elements out of copies of those of the
/// runs. May throw; then nothing was built.
using Join = void (*)(std::span<const Run> runs, std::size_t size, void* result);

/// What every node that one template instantiation makes has in common; one constant for each.
struct Operation {
  Call call = nullptr;
  void (*destroy)(void* payload) noexcept = nullptr;
  /// The closure of `call` has no state: any address does for it.
  bool is_stateless = false;
  Join join = nullptr;  ///< list_map; null where elements do not lie side by side
  Trust trust = Trust::as_given;
};
}  // namespace detail

/// A term whose type does not matter here: one counted reference to a node.
///
/// A term that was moved from has no node, and may only be assigned to or destroyed.
class AnyTerm {
 public:
  explicit AnyTerm(const detail::Node* adopted) noexcept : node_(adopted) {}
  AnyTerm(const AnyTerm& other) noexcept : node_(other.node_) { detail::retain(node_); }
  AnyTerm(AnyTerm&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  AnyTerm& operator=(const AnyTerm& other) noexcept {
    AnyTerm copy(other);
    std::swap(node_, copy.node_);
    return *this;
  }
  AnyTerm& operator=(AnyTerm&& other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~AnyTerm() { detail::release(node_); }
  [[nodiscard]] const detail::Node* node() const noexcept { return node_; }
  /// Gives the reference away; what is left has no node.
  [[nodiscard]] const detail::Node* give() noexcept { return std::exchange(node_, nullptr); }

 private:
  const detail::Node* node_;
};

namespace detail {

/// Header of one allocation: the node, its inputs (owned), the bytes of its label, and where `Make`
/// asks for it the payload.
///
/// A node is immutable but for its count. Cost: 56 bytes, 8 for each input, label and payload.
struct Node {
  mutable std::atomic<std::uint32_t> references{1};
  Kind kind = Kind::constant;
  std::uint32_t input_count = 0;
  std::uint32_t label_size = 0;
  std::source_location where;
  const Scope* scope = nullptr;  ///< owned; null at top level
  const Type* type = nullptr;    ///< of the value
  const Operation* operation = nullptr;
  void* payload = nullptr;  ///< owned, see payload.hpp for what each kind keeps here

  [[nodiscard]] std::span<const Node* const> inputs() const noexcept {
    return {reinterpret_cast<const Node* const*>(this + 1), input_count};
  }
  [[nodiscard]] std::string_view label() const noexcept {
    return {
        reinterpret_cast<const char*>(reinterpret_cast<const Node* const*>(this + 1) + input_count),
        label_size};
  }
};

/// What `make` needs beside the kind and the inputs.
struct Make {
  std::string_view label = {};
  const Type* type = nullptr;
  const Operation* operation = nullptr;
  void* payload = nullptr;
  /// If not 0, `payload` stays the caller's, and `move` builds the node's own one of this size and
  /// alignment inside the node's allocation; `Operation::destroy` must not free it.
  std::uint32_t room = 0;
  std::uint32_t align = 1;
  void (*move)(void* to, void* from) = nullptr;
};

/// Makes a node in the current scope. Takes over the payload, also when it throws.
/// Fails: throws oche::Error if an input belongs to a template that is not being recorded here.
[[nodiscard]] AnyTerm make(Kind kind, std::source_location where, std::span<const AnyTerm> inputs,
                           const Make& what);
/// The same; the inputs are moved into the node.
[[nodiscard]] AnyTerm make_of(Kind kind, std::source_location where, std::span<AnyTerm> inputs,
                              const Make& what);

/// Frees a node that nobody refers to any more, and whatever only it refers to.
void destroy(const Node* node) noexcept;

inline void retain(const Node* node) noexcept {
  if (node != nullptr) node->references.fetch_add(1, std::memory_order_relaxed);
}
inline void release(const Node* node) noexcept {
  if (node != nullptr && node->references.fetch_sub(1, std::memory_order_acq_rel) == 1)
    destroy(node);
}

}  // namespace detail
}  // namespace oche
