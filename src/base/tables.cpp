// tables.cpp - the tables of the library's own records, made once and not by every user.
// Layer: base.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/digest.hpp>
#include <oche/base/failure.hpp>
#include <oche/base/outcome.hpp>
#include <oche/base/secret.hpp>
#include <oche/base/tree.hpp>
#include <oche/base/type.hpp>

BOOST_HANA_ADAPT_STRUCT(oche::Fact, name, value);
BOOST_HANA_ADAPT_STRUCT(oche::Failure, what, kind, facts, hint, where);
BOOST_HANA_ADAPT_STRUCT(oche::Skipped, reason);
BOOST_HANA_ADAPT_STRUCT(oche::SecretName, vault, name);
BOOST_HANA_ADAPT_STRUCT(oche::Tree, id);
BOOST_HANA_ADAPT_STRUCT(oche::File, name, digest);
BOOST_HANA_ADAPT_STRUCT(oche::Image, reference, digest);

namespace oche {
constinit const Type TypeOf<Fact>::value = detail::describe<Fact>();
constinit const Type TypeOf<Failure>::value = detail::describe<Failure>();
constinit const Type TypeOf<Skipped>::value = detail::describe<Skipped>();
constinit const Type TypeOf<SecretName>::value = detail::describe<SecretName>();
constinit const Type TypeOf<Tree>::value = detail::describe<Tree>();
constinit const Type TypeOf<File>::value = detail::describe<File>();
constinit const Type TypeOf<Image>::value = detail::describe<Image>();
constinit const Type TypeOf<Digest>::value = [] {
  Type t = detail::bare<Digest>(Shape::digest);
  t.is_record = true;
  return t;
}();
}  // namespace oche
