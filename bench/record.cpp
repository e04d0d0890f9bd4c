// record.cpp - what encoding, digesting, comparing and reading a small record costs.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
// The peers: the record's own bytes appended by hand, and SHA-256 over as many bytes.
#include <oche/base/record.hpp>

#include "report.hpp"
#include <oche/base/value.hpp>

#include <chrono>
#include <optional>

namespace {

struct Wheel {
  std::string package;
  int size = 0;
  std::vector<std::string> tags;
  std::optional<double> coverage;
  std::chrono::seconds took{};
};

}  // namespace
BOOST_HANA_ADAPT_STRUCT(Wheel, package, size, tags, coverage, took);

namespace {

using namespace bench;

using oche::detail::Value;

const Wheel& wheel() {
  static const Wheel one{
      "calculator", 70000, {"py3", "none", "any"}, 87.5, std::chrono::seconds(90)};
  return one;
}

/// What somebody would write by hand for this one record.
void by_hand(const Wheel& w, std::string& out) {
  const auto raw = [&](const auto& x) { out.append(reinterpret_cast<const char*>(&x), sizeof x); };
  const auto text = [&](const std::string& s) {
    raw(s.size());
    out += s;
  };
  text(w.package);
  raw(w.size);
  raw(w.tags.size());
  for (const std::string& tag : w.tags)
    text(tag);
  raw(w.coverage.value_or(0));
  raw(w.took);
}

void encode(benchmark::State& state) {
  std::string out;
  for (auto _ : state) {
    out.clear();
    oche::detail::encode(oche::type_of<Wheel>, &wheel(), out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(encode);

void encode_by_hand(benchmark::State& state) {
  std::string out;
  for (auto _ : state) {
    out.clear();
    by_hand(wheel(), out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(encode_by_hand);

void digest(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(oche::digest(wheel()));
}
BENCHMARK(digest);

void sha256(benchmark::State& state) {
  const std::string bytes(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state)
    benchmark::DoNotOptimize(oche::sha256(bytes));
}
BENCHMARK(sha256)->Arg(64)->Arg(128)->Arg(1 << 20);

void equal(benchmark::State& state) {
  const Wheel other = wheel();
  for (auto _ : state)
    benchmark::DoNotOptimize(oche::equal(wheel(), other));
}
BENCHMARK(equal);

void decode(benchmark::State& state) {
  const std::string bytes = oche::encode(wheel());
  for (auto _ : state)
    benchmark::DoNotOptimize(oche::decode<Wheel>(bytes));
}
BENCHMARK(decode);

void read_json(benchmark::State& state) {
  const std::string text = oche::to_json(wheel());
  for (auto _ : state)
    benchmark::DoNotOptimize(oche::from_json<Wheel>(text));
}
BENCHMARK(read_json);

void make_value(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(Value::make(wheel()));
}
BENCHMARK(make_value);

/// Nanoseconds a call.
template <class F>
double nanoseconds(F f) {
  constexpr int calls = 20'000;
  return least_nanoseconds(7,
                           [&](int) {
                             for (int i = 0; i < calls; ++i)
                               f();
                           }) /
         calls;
}

void report() {
  std::string out;
  const double hand = nanoseconds([&] {
    out.clear();
    by_hand(wheel(), out);
    benchmark::DoNotOptimize(out.data());
  });
  const double ours = nanoseconds([&] {
    out.clear();
    oche::detail::encode(oche::type_of<Wheel>, &wheel(), out);
    benchmark::DoNotOptimize(out.data());
  });
  const std::string bytes = oche::encode(wheel());
  const std::string small(64, 'x');
  const double hash = nanoseconds([&] { benchmark::DoNotOptimize(oche::sha256(bytes)); });
  line("encode a record of five members", ours, "ns", 400, "appended by hand", hand);
  line("encode and digest it",
       nanoseconds([&] { benchmark::DoNotOptimize(oche::digest(wheel())); }), "ns", 1'000,
       "SHA-256 of its bytes alone", hash);
  line("SHA-256 of 64 bytes", nanoseconds([&] { benchmark::DoNotOptimize(oche::sha256(small)); }),
       "ns", 500);
  const Wheel other = wheel();
  line("compare two", nanoseconds([&] { benchmark::DoNotOptimize(oche::equal(wheel(), other)); }),
       "ns", 400);
  line("decode it", nanoseconds([&] { benchmark::DoNotOptimize(oche::decode<Wheel>(bytes)); }),
       "ns", 2'000);
}

}  // namespace

int main(int argc, char** argv) { return bench::main(argc, argv, report); }
