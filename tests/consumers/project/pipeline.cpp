// pipeline.cpp - the second translation unit of a consumer: its pipeline.
// Layer: consumer.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

oche::Term<> pipeline();

oche::Term<> pipeline() {
  auto greeting = oche::constant(std::string("hello"), "greeting");
  return oche::all(
      {{"length", oche::map([](const std::string& s) { return s.size(); }, greeting)}});
}
