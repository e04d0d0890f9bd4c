// analysis_growth.hpp - what each question costs about pipelines of one size.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "analysis_graphs.hpp"
#include <oche/analysis/golden.hpp>
#include <oche/analysis/impact.hpp>
#include <oche/analysis/lint.hpp>
#include <oche/analysis/query.hpp>
#include <oche/analysis/time.hpp>
#include <oche/render/picture.hpp>
#include <oche/render/shrink.hpp>

#include <malloc.h>

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

/// In the order in which a state folder gives them.
inline std::map<std::string, Duration> durations_of(const Facts& facts) {
  std::vector<std::pair<std::string_view, Duration>> sorted;
  for (NodeId node = 0; node < facts.size(); ++node)
    if (facts.is_work(node))
      sorted.emplace_back(facts.graph().path(node), std::chrono::milliseconds(1 + node % 997));
  std::sort(sorted.begin(), sorted.end());
  return {sorted.begin(), sorted.end()};
}

/// A pipeline, and what is asked before a question can be.
struct Asked {
  Asked(int nodes, int layers)
      : term(layered(nodes, layers)),
        graph(term),
        facts(graph),
        assumptions{.durations = durations_of(facts)},
        forecast(facts, assumptions),
        last(fmt::format("n{}", nodes - 1)) {
    benchmark::DoNotOptimize(graph.path(0).size());
  }
  AnyTerm term;
  Graph graph;
  Facts facts;
  Assumptions assumptions;
  Forecast forecast;
  std::string first = "n0";
  std::string last;
};

/// So many pipelines of one size.
struct Size {
  int nodes;
  int layers;
  int count = 1;
};

/// How long each question takes about all pipelines of each size, in milliseconds: the least of
/// some passes. Sizes take turns, so that a machine that is slower for a while is so for each. All
/// answers of a pass are there at its end. So a hundred pipelines of 10,000 nodes take as much
/// memory as one of a million, and like that one leave the caches before they are asked again; one
/// of 10,000 stays in them, if it is asked by itself.
using Figures = std::map<std::string, std::vector<double>>;
inline Figures figures_of(const std::vector<Size>& sizes, int passes) {
  ::malloc_trim(0);
  std::vector<std::vector<std::unique_ptr<const Asked>>> all(sizes.size());
  for (std::size_t i = 0; i < sizes.size(); ++i)
    for (int one = 0; one < sizes[i].count; ++one)
      all[i].push_back(std::make_unique<const Asked>(sizes[i].nodes, sizes[i].layers));
  Figures figures;
  const auto time = [&](const std::string& name, auto ask) {
    std::vector<double>& least = figures[name];
    least.assign(sizes.size(), std::numeric_limits<double>::max());
    for (int pass = 0; pass < passes; ++pass) {
      for (std::size_t i = 0; i < sizes.size(); ++i) {
        std::vector<decltype(ask(*all[i][0]))> answers;
        answers.reserve(all[i].size());
        least[i] = std::min(least[i], processor_nanoseconds([&] {
                                        for (const auto& one : all[i])
                                          answers.push_back(ask(*one));
                                        benchmark::DoNotOptimize(answers.data());
                                        answers.clear();
                                      }) / 1e6);
      }
    }
  };
  const auto query = [](const Asked& one, const std::string& text) {
    return oche::query(one.facts, text).value();
  };
  time("graph", [](const Asked& one) { return Graph(one.term); });
  time("facts", [](const Asked& one) { return Facts(one.graph); });
  time("impact of one step",
       [](const Asked& one) { return impact_of(one.facts, {*one.graph.find(one.first)}); });
  time("somepath",
       [&](const Asked& one) { return query(one, fmt::format("somepath({}, head)", one.last)); });
  time("rdeps", [&](const Asked& one) { return query(one, fmt::format("rdeps({})", one.first)); });
  time("deps", [&](const Asked& one) { return query(one, fmt::format("deps({})", one.last)); });
  time("allpaths", [&](const Asked& one) {
    return query(one, fmt::format("allpaths({}, {})", one.last, one.first));
  });
  time("golden plan", [](const Asked& one) { return golden(one.facts); });
  time("every remark", [](const Asked& one) { return lint(one.facts); });
  time("forecast", [](const Asked& one) { return Forecast(one.facts, one.assumptions); });
  time("finish time for one choice of slots",
       [](const Asked& one) { return one.forecast.finish(16); });
  time("readable picture",
       [](const Asked& one) { return shrunk(picture(one.graph, {.open = Open::all})); });
  return figures;
}

}  // namespace bench
