// step.cpp - the node of a step: one allocation, in which default options take no room.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/detail/result.hpp>
#include <oche/term/step_payload.hpp>

namespace oche::detail {
namespace {

constexpr StepOptions default_options = {};

/// A payload and its own options.
struct OwnOptions {
  OwnOptions(const StepKind& kind, std::string_view name, const StepOptions& from)
      : payload{&kind, name, options}, options(from) {}
  OwnOptions(OwnOptions&& other) noexcept
      : OwnOptions(*other.payload.kind, other.payload.name, other.options) {}

  StepPayload payload;  // the first member: the node's payload is its address
  StepOptions options;
};

}  // namespace

AnyTerm make_step(std::source_location where, const StepKind& kind, std::string_view name,
                  const StepOptions* options, std::span<AnyTerm> inputs) {
  static constexpr Operation operation = {};  // nothing in it needs destroying
  if (options == nullptr) {
    StepPayload payload{&kind, name, default_options};
    return make_of(Kind::step, where, inputs, with(payload, *kind.result, operation));
  }
  OwnOptions own(kind, name, *options);
  return make_of(Kind::step, where, inputs, with(own, *kind.result, operation));
}

}  // namespace oche::detail
