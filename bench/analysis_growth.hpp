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

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace bench {

inline std::map<std::string, Duration> durations_of(const Facts& facts) {
  std::map<std::string, Duration> durations;
  for (NodeId node = 0; node < facts.size(); ++node)
    if (facts.is_work(node))
      durations.emplace(facts.graph().path(node), std::chrono::milliseconds(1 + node % 997));
  return durations;
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

/// How long each question takes about all `count` pipelines, in milliseconds: the least of some
/// passes. All answers of a pass are there at its end. So a hundred pipelines of 10,000 nodes take
/// as much memory as one of a million, and like that one leave the caches before they are asked
/// again; one of 10,000 stays in them.
using Figures = std::map<std::string, double>;
inline Figures figures_of(int nodes, int layers, int count, int passes) {
  ::malloc_trim(0);
  std::vector<std::unique_ptr<const Asked>> all;
  for (int i = 0; i < count; ++i)
    all.push_back(std::make_unique<const Asked>(nodes, layers));
  Figures figures;
  const auto time = [&](const std::string& name, auto ask) {
    std::vector<decltype(ask(*all[0]))> answers;
    answers.reserve(all.size());
    figures[name] = least_nanoseconds(passes,
                                      [&](int) {
                                        for (const auto& one : all)
                                          answers.push_back(ask(*one));
                                        benchmark::DoNotOptimize(answers.data());
                                        answers.clear();
                                      }) /
                    1e6;
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
