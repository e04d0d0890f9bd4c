// scope.hpp - where in the program a node was written: sections, contexts, templates.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/node.hpp>

#include <string>

namespace oche::detail {

enum class ScopeKind : std::uint8_t { section, context, item };

/// One link of the chain of scopes that a node stands in; immutable, shared, counted.
struct Scope {
  mutable std::atomic<std::uint32_t> references{1};
  ScopeKind kind = ScopeKind::section;
  std::uint32_t depth = 1;            ///< links above, this one included
  const Scope* parent = nullptr;      ///< owned
  const Scope* item_scope = nullptr;  ///< the nearest link of kind item, itself included; not owned
  std::string name;                   ///< of a section
  const Node* node = nullptr;         ///< owned: a context's term, or a template's item
  std::source_location where;
};

void retain(const Scope* scope) noexcept;
void release(const Scope* scope) noexcept;

/// The scope in which this thread builds terms now; null at top level.
[[nodiscard]] const Scope* current_scope() noexcept;

/// Builds inside a new scope until it dies. Threads: belongs to the thread that made it.
class Enter {
 public:
  /// A section called `name`.
  Enter(std::source_location where, std::string name);
  /// A context (kind context), or the template of an item (kind item).
  Enter(std::source_location where, ScopeKind kind, const AnyTerm& node);
  /// An existing scope, such as that of a hole whose function runs later.
  explicit Enter(const Scope* scope);
  Enter(const Enter&) = delete;
  ~Enter();

 private:
  const Scope* outer_;
};

}  // namespace oche::detail
