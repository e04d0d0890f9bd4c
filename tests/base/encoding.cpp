// encoding.cpp - the example of docs/encoding.md is what is really written.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/record.hpp>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <fstream>
#include <optional>
#include <set>

using namespace oche;

namespace documented {
struct Wheel {
  std::string package;
  int size = 0;
  std::set<std::string> tags;
  std::optional<double> coverage;
  std::chrono::seconds took{};
};
}  // namespace documented
BOOST_HANA_ADAPT_STRUCT(documented::Wheel, package, size, tags, coverage, took);

namespace {

/// The hexadecimal digits of a line; a comment begins after two spaces.
std::string digits_of(const std::string& line) {
  std::string digits;
  for (const char c : line.substr(0, line.find("  ")))
    if (c != ' ') digits += c;
  return digits;
}

}  // namespace

TEST_CASE("encoding: the documented example", "[base][record]") {
  std::ifstream file(OCHE_TESTS_FOLDER "/../docs/encoding.md");
  REQUIRE(file);
  std::string documented;
  bool inside = false;
  std::string all;
  for (std::string line; std::getline(file, line);) {
    all += line + '\n';
    if (line == "```") inside = false;
    if (inside) documented += digits_of(line);
    if (line == "```encoding") inside = true;
  }
  const documented::Wheel wheel{"calculator", 70000, {"b", "aa"}, 87.5, std::chrono::seconds(90)};
  std::string written;
  for (const char c : encode(wheel))
    written += fmt::format("{:02x}", static_cast<unsigned char>(c));
  CHECK(written == documented);
  CHECK(all.find("Its digest is `" + digest(wheel).hex() + "`.") != std::string::npos);
}
