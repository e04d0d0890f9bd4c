// cobertura.cpp - read a Cobertura coverage report.
// Layer: reports.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/cobertura.hpp>

#include "reports/number.hpp"
#include "reports/xml.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace oche {
namespace {

using detail::Xml;

struct Line {
  std::uint32_t number = 0;
  bool covered = false;
};

using LinesOfFiles = std::map<std::string, std::vector<Line>, std::less<>>;

std::string hint_for_cobertura_root(std::string_view root) {
  if (root == "testsuites" || root == "testsuite") {
    return "this is a JUnit report: name it as .junit, not as .cobertura";
  }
  if (root == "report") return "this looks like JaCoCo's format: convert it to Cobertura's";
  return "name the Cobertura XML that the coverage tool writes (pytest: --cov-report=xml)";
}

std::optional<Failure> read_line(const Xml& xml, pugi::xml_node element, std::vector<Line>& lines) {
  const std::string_view number = element.attribute("number").value();
  const std::string_view hits = element.attribute("hits").value();
  const std::uint32_t line = detail::read_line_number(number);
  const std::optional<bool> covered = detail::read_is_positive(hits);
  if (line != 0 && covered) {
    lines.push_back({line, *covered});
    return {};
  }
  const bool bad_number = line == 0;
  return xml.error(
      element,
      fmt::format("{} has a line whose {} is \"{}\"", xml.name(),
                  bad_number ? "number" : "count of hits",
                  detail::cut_short(detail::showable_line(bad_number ? number : hits), 40)),
      "lines are counted from 1, and hits are a whole number");
}

// A class lists its lines itself; its methods list them again.
std::optional<Failure> read_class(const Xml& xml, pugi::xml_node element, LinesOfFiles& files) {
  std::string_view file = element.attribute("filename").value();
  if (file.empty()) file = element.attribute("name").value();
  std::vector<Line>& lines = files[detail::cut_short(detail::showable_line(file), 1024)];
  std::optional<Failure> failure;
  const pugi::xml_node own = element.child("lines");
  const pugi::xml_node root = own.child("line") ? own : element.child("methods");
  detail::walk(root, [&](pugi::xml_node part) {
    if (!failure && std::string_view{part.name()} == "line") failure = read_line(xml, part, lines);
    return !failure && std::string_view{part.name()} != "line";
  });
  return failure;
}

FileCoverage count(std::string file, std::vector<Line>& lines) {
  std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return a.number != b.number ? a.number < b.number : a.covered > b.covered;
  });
  // The first of equal numbers is a covered one, if there is any.
  const auto end = std::unique(lines.begin(), lines.end(),
                               [](const Line& a, const Line& b) { return a.number == b.number; });
  FileCoverage coverage;
  coverage.file = std::move(file);
  coverage.lines = static_cast<std::uint32_t>(end - lines.begin());
  coverage.covered = static_cast<std::uint32_t>(
      std::count_if(lines.begin(), end, [](const Line& line) { return line.covered; }));
  return coverage;
}

Result<CoverageReport> believe_rate(const Xml& xml, CoverageReport report) {
  const pugi::xml_attribute told = xml.root().attribute("line-rate");
  const std::optional<double> rate = detail::read_rate(told.value());
  if (rate) {
    report.percent = 100.0 * *rate;
    return report;
  }
  if (told) {
    return xml.error(xml.root(),
                     fmt::format("{} has a line-rate of \"{}\"", xml.name(),
                                 detail::cut_short(detail::showable_line(told.value()), 40)),
                     "a line rate is a number from 0 to 1");
  }
  return xml.error(xml.root(), fmt::format("{} has no line in it", xml.name()),
                   "nothing was measured: look at the sources that the coverage tool was given");
}

}  // namespace

Result<CoverageReport> read_cobertura(std::string_view text, std::string_view name) {
  const Result<std::shared_ptr<const Xml>> parsed = Xml::parse(text, name);
  if (!parsed.is_ok()) return parsed.failure();
  const Xml& xml = *parsed.value();
  const std::string_view root = xml.root().name();
  if (root != "coverage") {
    return xml.error(xml.root(),
                     fmt::format("{} is not a Cobertura report: its root is <{}>", name,
                                 detail::cut_short(detail::showable_line(root), 60)),
                     hint_for_cobertura_root(root));
  }
  LinesOfFiles files;
  std::optional<Failure> failure;
  detail::walk(xml.root(), [&](pugi::xml_node element) {
    const bool is_class = std::string_view{element.name()} == "class";
    if (is_class && !failure) failure = read_class(xml, element, files);
    return !is_class && !failure;
  });
  if (failure) return *std::move(failure);

  CoverageReport report;
  for (auto& [file, lines] : files) {
    report.files.push_back(count(file, lines));
    report.lines += report.files.back().lines;
    report.covered += report.files.back().covered;
  }
  if (report.lines == 0) return believe_rate(xml, std::move(report));
  report.percent = 100.0 * report.covered / report.lines;
  return report;
}

}  // namespace oche
