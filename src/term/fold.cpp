// fold.cpp - the node of a fold.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/detail/state.hpp>
#include <oche/term/payload.hpp>

namespace oche::detail {

void destroy_fold(void* payload) noexcept {
  auto* const fold = static_cast<FoldPayload*>(payload);
  if (fold->closure != nullptr) fold->destroy(fold->closure);
  delete fold;
}

AnyTerm make_fold(Where where, std::string_view name, const AnyTerm& x, const Type& type,
                  const Operation& operation, Value initial, void* closure,
                  void (*destroy)(void*) noexcept) {
  auto* const payload = new FoldPayload{std::move(initial), closure, destroy};
  return make(Kind::fold, where, std::span(&x, 1),
              {.label = name, .type = &type, .operation = &operation, .payload = payload});
}

}  // namespace oche::detail
