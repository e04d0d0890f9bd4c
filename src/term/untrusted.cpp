// untrusted.cpp - why something that somebody else wrote may be trusted all the same.
// Layer: term.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/untrusted.hpp>

#include <oche/base/error.hpp>

#include <fmt/core.h>

namespace oche::detail {

AnyTerm make_vouched(Where where, const AnyTerm& x, std::string_view reason, const Type& type,
                     const Operation& operation) {
  if (reason.find_first_not_of(" \t\n") == reason.npos) {
    throw Error(Failure{.what = "vouch(x, reason): the reason is empty",
                        .hint = "say what makes this trustworthy; it is shown in the diagram",
                        .where = fmt::format("{}:{}", where.file_name(), where.line())});
  }
  const AnyTerm inputs[] = {x};
  return make(Kind::map, where, inputs, {.label = reason, .type = &type, .operation = &operation});
}

}  // namespace oche::detail
