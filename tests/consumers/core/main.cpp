// main.cpp - a program that draws a pipeline, with no engine linked.
// Layer: consumer.
// SPDX-License-Identifier: Apache-2.0
#include <oche/graph/graph.hpp>
#include <oche/render/dot.hpp>
#include <oche/term/term.hpp>

#include <fmt/core.h>

int main() {
  auto tests = oche::constant(1, "tests");
  auto image = oche::constant(2, "image");
  const oche::Graph graph{oche::gate(image, oche::on(tests))};
  fmt::print("{}", oche::to_dot(graph));
}
