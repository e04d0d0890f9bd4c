// dynamic.cpp - the node of a hole, and what it promises.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/detail/dynamic.hpp>

#include <oche/term/payload.hpp>

namespace oche::detail {
namespace {

Contract& contract_of(const AnyTerm& hole) {
  return static_cast<DynamicPayload*>(hole.node()->payload)->contract;
}

}  // namespace

void destroy_dynamic(void* payload) noexcept {
  auto* const hole = static_cast<DynamicPayload*>(payload);
  if (hole->closure != nullptr) hole->destroy(hole->closure);
  delete hole;
}

AnyTerm make_dynamic(Where where, std::string_view label, const AnyTerm& x, const Type& type,
                     const Operation& operation, void* closure, void (*destroy)(void*) noexcept) {
  auto* const payload = new DynamicPayload{closure, destroy, {}};
  return make(Kind::dynamic, where, std::span(&x, 1),
              {.label = label, .type = &type, .operation = &operation, .payload = payload});
}

void promise_may_run(const AnyTerm& hole, std::span<const std::string_view> names) {
  auto& list = contract_of(hole).may_run;
  list.insert(list.end(), names.begin(), names.end());
}

void promise_never(const AnyTerm& hole, std::span<const std::string_view> names) {
  auto& list = contract_of(hole).never;
  list.insert(list.end(), names.begin(), names.end());
}

void promise_at_most(const AnyTerm& hole, std::uint32_t steps) {
  contract_of(hole).at_most = steps;
}

}  // namespace oche::detail
