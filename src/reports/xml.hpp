// xml.hpp - a report as a tree of elements, each of which knows where it stands.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reports/encoding.hpp"
#include <oche/base/outcome.hpp>

#include <pugixml.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace oche::detail {

/// A well-formed document with exactly one root. Document types are skipped, never read: an entity
/// that they declare stays as it was written, so no text can grow while it is read.
class Xml {
 public:
  /// Keeps a view of `bytes`, to name places in them later.
  ///
  /// Fails: `bytes` are empty, not UTF-8, not XML, or not well-formed.
  [[nodiscard]] static Result<std::shared_ptr<const Xml>> parse(std::string_view bytes,
                                                                std::string_view name);

  [[nodiscard]] pugi::xml_node root() const { return root_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// A failure that shows where `element` stands.
  [[nodiscard]] Failure error(pugi::xml_node element, std::string what, std::string hint) const;

 private:
  explicit Xml(std::string_view name) : name_(name) {}

  std::string name_;
  Utf8 utf8_;
  pugi::xml_document document_;
  pugi::xml_node root_;
};

/// All text directly inside `element`, plain and CDATA, in order.
[[nodiscard]] std::string inner_text(pugi::xml_node element);

/// Calls `visit(element)` for every element below `root`, in document order, without recursion;
/// does not look inside an element for which it returns false.
template <class Visit>
void walk(pugi::xml_node root, Visit visit) {
  pugi::xml_node at = root.first_child();
  while (at) {
    const bool inside = at.type() == pugi::node_element && visit(at);
    if (inside && at.first_child()) {
      at = at.first_child();
      continue;
    }
    while (at != root && !at.next_sibling())
      at = at.parent();
    if (at == root) return;
    at = at.next_sibling();
  }
}

}  // namespace oche::detail
