// samples.hpp - records of every shape, for the tests of base.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/record.hpp>
#include <oche/base/tree.hpp>

#include <array>
#include <deque>
#include <filesystem>
#include <forward_list>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <variant>

namespace samples {

enum class Colour : std::uint8_t { red, green, blue };
enum Plain : std::int16_t { below = -5, above = 300 };

struct Numbers {
  bool flag = false;
  char letter = 'a';
  std::int8_t tiny = 0;
  std::uint16_t small = 0;
  int normal = 0;
  std::int64_t big = 0;
  std::uint64_t huge = 0;
  float coarse = 0;
  double fine = 0;
  Colour colour = Colour::red;
  Plain plain = below;
};

struct Empty {};

struct Wheel {
  std::string package;
  oche::File archive;
};

struct Node {  // holds itself
  std::string name;
  std::vector<Node> children;
  std::map<std::string, Node> named;
};

struct Base {
  int id = 0;
};
struct Derived : Base {
  std::string more;
};

template <class T>
struct Box {
  BOOST_HANA_DEFINE_STRUCT(Box, (T, value), (std::string, label));
};

struct Containers {
  std::vector<std::string> texts;
  std::vector<bool> bits;
  std::list<int> linked;
  std::forward_list<int> forward;
  std::deque<Wheel> ends;
  std::array<std::int16_t, 3> three = {};
  std::set<std::string> words;
  std::multiset<int> bag;
  std::unordered_set<std::string> hashed;
  std::map<std::string, int> ages;
  std::map<int, Wheel> wheels;
  std::multimap<std::string, int> several;
  std::unordered_map<std::string, std::vector<int>> lists;
};

struct Rest {
  std::optional<int> maybe;
  std::optional<std::optional<std::string>> deeper;
  std::optional<oche::Unit> happened;
  std::variant<int, std::string, Wheel, int> either;
  std::pair<int, std::string> pair;
  std::tuple<> nothing;
  std::tuple<double, bool, Empty> triple;
  std::chrono::seconds limit{};
  std::chrono::duration<unsigned, std::ratio<1, 3>> thirds{};
  std::chrono::duration<double> real_time{};
  std::chrono::system_clock::time_point moment{};
  std::chrono::sys_days day{};
  std::filesystem::path path;
  oche::Unit unit;
  oche::Digest digest;
  Box<Derived> box;
};

struct Grown {
  std::string name;
  int jobs = 4;
  std::vector<std::string> flags = {"-O2"};
};

struct All {
  Numbers numbers;
  Containers containers;
  Rest rest;
  Node node;
  Grown grown;
  oche::Result<Wheel> result;
  oche::Outcome<std::vector<Wheel>> outcome;
};

}  // namespace samples

template <>
inline constexpr std::array<const char*, 3> oche::value_names<samples::Colour> = {"red", "green",
                                                                                  "blue"};
template <>
inline constexpr std::array<const char*, 2> oche::added_members<samples::Grown> = {"jobs", "flags"};

BOOST_HANA_ADAPT_STRUCT(samples::Numbers, flag, letter, tiny, small, normal, big, huge, coarse,
                        fine, colour, plain);
BOOST_HANA_ADAPT_STRUCT(samples::Empty);
BOOST_HANA_ADAPT_STRUCT(samples::Wheel, package, archive);
BOOST_HANA_ADAPT_STRUCT(samples::Node, name, children, named);
BOOST_HANA_ADAPT_STRUCT(samples::Derived, id, more);
BOOST_HANA_ADAPT_STRUCT(samples::Containers, texts, bits, linked, forward, ends, three, words, bag,
                        hashed, ages, wheels, several, lists);
BOOST_HANA_ADAPT_STRUCT(samples::Rest, maybe, deeper, happened, either, pair, nothing, triple,
                        limit, thirds, real_time, moment, day, path, unit, digest, box);
BOOST_HANA_ADAPT_STRUCT(samples::Grown, name, jobs, flags);
BOOST_HANA_ADAPT_STRUCT(samples::All, numbers, containers, rest, node, grown, result, outcome);
