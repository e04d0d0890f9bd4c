// list.cpp - the node that owns a template.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/detail/list.hpp>

#include <oche/term/payload.hpp>

namespace oche::detail {

void destroy_list(void* payload) noexcept { destroy_in_place<ListPayload>(payload); }

AnyTerm make_list(Kind kind, Where where, const AnyTerm& list, const AnyTerm& item,
                  const AnyTerm& body, const Type& type, const Operation& operation,
                  ListParts parts) {
  ListPayload payload;
  payload.item = parts.item;
  payload.item_name = parts.item_name;
  if (parts.identity != nullptr)
    payload.identity = [getter = std::move(parts.getter), identity = parts.identity](
                           const void* x) { return identity(getter.get(), x); };
  const AnyTerm inputs[] = {list, item, body};
  return make(kind, where, inputs, with(payload, type, operation));
}

}  // namespace oche::detail
