// policies.cpp - what proving 64 policies and following 64 secrets costs.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#include "analysis_proofs.hpp"

namespace {

using namespace bench;
using namespace bench::proofs;

void prove(benchmark::State& state) {
  const Names names;
  const Facts facts{Graph(pipeline(names, static_cast<std::size_t>(state.range(0))))};
  const Policies policies = policies_of(names);
  for (auto _ : state)
    benchmark::DoNotOptimize(check(facts, policies).holds());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(prove)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void report() {
  const Names names;
  report_proofs(names, 100'000, 5);
  report_proofs(names, 1'000'000, 50);
}

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
