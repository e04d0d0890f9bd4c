// xml.cpp - a report as a tree of elements, each of which knows where it stands.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include "reports/xml.hpp"

#include "reports/errors.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace oche::detail {
namespace {

// Text beside the root is kept only so that it can be refused.
constexpr unsigned parsing = pugi::parse_default | pugi::parse_fragment;

constexpr const char* half_written =
    "a command that is killed while it writes leaves half a report; look at the end of its log";
constexpr const char* by_hand = "write the report with the test tool itself, not by hand";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string why(pugi::xml_parse_status status) {
  switch (status) {
    case pugi::status_unrecognized_tag:
      return "\"<\" does not begin a tag here";
    case pugi::status_bad_pi:
      return "a processing instruction is malformed";
    case pugi::status_bad_comment:
      return "a comment is malformed";
    case pugi::status_bad_cdata:
      return "a CDATA section is malformed";
    case pugi::status_bad_doctype:
      return "the document type is malformed";
    case pugi::status_bad_pcdata:
      return "a text is malformed";
    case pugi::status_bad_start_element:
      return "a start tag is malformed";
    case pugi::status_bad_attribute:
      return "an attribute is malformed";
    case pugi::status_bad_end_element:
      return "an end tag is malformed";
    case pugi::status_end_element_mismatch:
      return "this end tag is not that of the open element";
    case pugi::status_out_of_memory:
      return "there is not enough memory to read it";
    default:
      return "it cannot be parsed";
  }
}

std::size_t offset_of(pugi::xml_node node) {
  const std::ptrdiff_t offset = node.offset_debug();
  return offset > 0 ? static_cast<std::size_t>(offset) : 0;
}

Failure malformed(const pugi::xml_parse_result& parsed, std::string_view name,
                  std::string_view text) {
  const std::string what = fmt::format("{} is not well-formed XML: ", name);
  std::size_t offset =
      std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0)), text.size());
  // A text that ends too early has no tag, nor the end of one, behind the place where the parser
  // gave
  // up; or it gave up at the very last character.
  const bool cut_off = text.substr(offset).find_first_of("<>") == std::string_view::npos;
  if (cut_off || offset + 1 >= text.size()) {
    return unreadable_at(what + "it ends before its last element does", half_written, name, text,
                         text.find_last_not_of(" \t\r\n") + 1);
  }
  if (parsed.status == pugi::status_end_element_mismatch) {
    const std::size_t tag = text.rfind('<', offset);
    if (tag != std::string_view::npos) offset = tag;
  }
  return unreadable_at(what + why(parsed.status), by_hand, name, text, offset);
}

Failure not_xml(std::string_view name, std::string_view text, std::size_t offset) {
  return unreadable_at(
      fmt::format("{} is not XML", name),
      "name the report file, not the command's output or a report in another format", name, text,
      offset);
}

}  // namespace

Result<std::shared_ptr<const Xml>> Xml::parse(std::string_view bytes, std::string_view name) {
  const std::shared_ptr<Xml> xml{new Xml{name}};
  to_utf8(bytes, xml->utf8_);
  const std::string_view text = xml->utf8_.text;
  if (is_blank(text)) {
    return unreadable(fmt::format("{} is empty", name),
                      "the command made the file and wrote nothing; look at the end of its log");
  }
  if (const std::size_t bad = invalid_utf8(text); bad != std::string_view::npos) {
    Failure failure =
        unreadable_at(fmt::format("{} is not valid UTF-8", name),
                      "write it as UTF-8, UTF-16 with a byte order mark, or declared ISO-8859-1",
                      name, text, bad);
    const std::string_view declared = declared_encoding(text);
    if (!declared.empty()) failure.facts.push_back({"encoding", showable_line(declared)});
    return failure;
  }
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (text[first] != '<') return not_xml(name, text, first);

  const pugi::xml_parse_result parsed =
      xml->document_.load_buffer(text.data(), text.size(), parsing, pugi::encoding_utf8);
  if (!parsed) return malformed(parsed, name, text);
  for (const pugi::xml_node node : xml->document_.children()) {
    if (node.type() == pugi::node_element && !xml->root_) {
      xml->root_ = node;
    } else if (node.type() == pugi::node_element) {
      return unreadable_at(fmt::format("{} is not well-formed XML: a second root", name),
                           "let one command write it, once: two reports were joined into one file",
                           name, text, offset_of(node));
    } else if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      return unreadable_at(fmt::format("{} is not well-formed XML: text beside the root", name),
                           by_hand, name, text, offset_of(node));
    }
  }
  if (!xml->root_) return not_xml(name, text, first);
  return std::shared_ptr<const Xml>{xml};
}

Failure Xml::error(pugi::xml_node element, std::string what, std::string hint) const {
  const std::size_t name_at = offset_of(element);
  return unreadable_at(std::move(what), std::move(hint), name_, utf8_.text,
                       name_at > 0 ? name_at - 1 : 0);  // the "<" before the name
}

std::string inner_text(pugi::xml_node element) {
  std::string text;
  for (const pugi::xml_node child : element.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
      text += child.value();
  }
  return text;
}

}  // namespace oche::detail
