// pipeline.hpp - what the mistakes of this folder are made with.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/command.hpp>
#include <oche/term/step.hpp>
#include <oche/term/untrusted.hpp>

using namespace oche;

struct Wheel {
  std::string package;
};
BOOST_HANA_ADAPT_STRUCT(Wheel, package);

/// No record.
struct Plain {
  int x = 0;
};

/// Adapted, but a member of it is not.
struct Deep {
  std::vector<Plain> list;
};
BOOST_HANA_ADAPT_STRUCT(Deep, list);

inline constexpr auto describe = step("describe", [](Job&, const Wheel& w) { return w.package; });
inline constexpr auto twice = step("twice", [](Job&, int n) { return 2 * n; });

int plain_function(Job& job, int n);
const std::string& package_of(const Wheel& wheel);
Term<> deploy_number(const Gated<int>& number);
Term<> show_number(const Term<int>& number);
Term<> run(const Command& command);

extern const char* run_time_name;
extern const bool known;
extern const Term<int> number;
extern const Untrusted<int> foreign;
extern const Term<bool> flag;
extern const Term<Wheel> wheel;
extern const Term<std::vector<int>> numbers;
extern const Term<std::vector<Wheel>> wheels;
extern const Term<std::vector<Plain>> plains;
extern const Term<std::optional<int>> maybe;
