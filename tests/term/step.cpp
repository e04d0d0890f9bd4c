// step.cpp - functions as steps: arguments, roles, options, results.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/term/step.hpp>

#include "term/look.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace oche;

struct Target {
  std::string host;
  int port = 22;
};
BOOST_HANA_ADAPT_STRUCT(Target, host, port);

namespace {

class QuietJob final : public Job {
 public:
  bool cancelled() const override { return false; }
  const std::string& temporary_folder() override { return text_; }
  JobCommandEnd run(const JobCommand&) override { return {}; }
  Secret secret(std::string_view name) override { throw Error(std::string(name)); }
  std::vector<std::string> lines;

 private:
  void write(std::string_view line) override { lines.emplace_back(line); }
  std::string text_;
};

// A step is a literal: no order of initialisation can go wrong.
constinit const auto nothing = step("nothing", [](Job&) {});
inline constexpr auto hello = step("hello", [](Job& job, const std::string& who, int times) {
  job.log("hello {} {}", who, times);
  return who + std::to_string(times);
});
constinit const auto retag =
    step("retag",
         [](Job&, const std::string& tag, const Latest<Target>& target,
            const Context<int>& port) -> Result<Target> {
           if (tag.empty()) return Failure{"no tag", FailureClass::errored};
           return Target{tag + target->host, port + (*target).port};
         },
         {.version = 2,
          .label = "set tag",
          .timeout = 20min,
          .retry = {.attempts = 3, .on = {FailureClass::errored, FailureClass::timed_out}},
          .level = Level::dangerous,
          .secrets = {{"vault", "token"}}});

std::string shout(Job&, const std::string& text) noexcept { return text + "!"; }
inline constexpr auto loud = step<shout>("loud");
const auto loud_address = step<&shout>("loud", {.version = 3});

const detail::StepPayload& step_of(const AnyTerm& term) {
  return look::payload<detail::StepPayload>(term);
}

detail::Value constant_of(const AnyTerm& term, std::size_t input) {
  return look::payload<detail::Value>(look::input(term, input));
}

/// Runs a step's function on these values.
template <class R>
Result<R> run(const AnyTerm& term, std::initializer_list<const void*> arguments, Job& job) {
  alignas(R) unsigned char room[sizeof(R)];
  Failure failure;
  if (!step_of(term).kind->call(job, std::data(arguments), room, failure)) return failure;
  R* const built = std::launder(reinterpret_cast<R*>(room));
  R value = std::move(*built);
  built->~R();
  return value;
}

}  // namespace

TEST_CASE("step: terms and plain values are arguments alike", "[term][step]") {
  const auto who = constant("ada");
  const Where here = Where::current();
  const auto mixed = hello(who, 3);
  STATIC_REQUIRE(std::is_same_v<decltype(mixed), const Term<std::string>>);
  CHECK(look::node(mixed).kind == Kind::step);
  CHECK(step_of(mixed).name == "hello");
  CHECK(look::node(mixed).type == &type_of<std::string>);
  REQUIRE(look::node(mixed).inputs().size() == 2);
  CHECK(look::input(mixed, 0).node() == who.node());
  CHECK(constant_of(mixed, 1).as<int>() == 3);
  CHECK(look::node(mixed).where.line() == here.line() + 1);
  CHECK(look::node(look::input(mixed, 1)).where.line() == here.line() + 1);

  const char* const pointer = "bob";
  CHECK(constant_of(hello(pointer, 1), 0).as<std::string>() == "bob");
  CHECK(constant_of(hello(std::string("carl"), 1), 0).as<std::string>() == "carl");
  CHECK(constant_of(hello("dora", short{4}), 1).as<int>() == 4);
}

TEST_CASE("step: without arguments", "[term][step]") {
  const auto x = nothing();
  STATIC_REQUIRE(std::is_same_v<decltype(x), const Term<>>);
  CHECK(look::node(x).inputs().empty());
  QuietJob job;
  CHECK(run<Unit>(x, {}, job).is_ok());
}

TEST_CASE("step: gated terms and conversions fit", "[term][step]") {
  const auto many = step("many", [](Job&, std::optional<int>, double, const std::vector<Target>&,
                                    std::uint64_t, bool) {});
  const auto x = many(3, 1, std::vector<Target>{{"a", 1}}, 7u, true);
  CHECK(constant_of(x, 0).as<std::optional<int>>() == 3);
  CHECK(constant_of(x, 1).as<double>() == 1.0);
  CHECK(constant_of(x, 3).as<std::uint64_t>() == 7);
  CHECK(constant_of(many(std::nullopt, 1, std::vector<Target>{}, 7u, true), 0)
            .as<std::optional<int>>() == std::nullopt);
  const auto who = gate(constant("ada"), on(x));
  CHECK(look::input(hello(who, 1), 0).node() == who.node());
}

TEST_CASE("step: roles say what is keyed", "[term][step]") {
  const auto x = retag("latest", Target{"h"}, 3);
  const detail::StepKind& kind = *step_of(x).kind;
  REQUIRE(kind.count == 3);
  CHECK(kind.roles[0] == detail::Role::keyed);
  CHECK(kind.roles[1] == detail::Role::latest);
  CHECK(kind.roles[2] == detail::Role::context);
  CHECK(kind.parameters[0] == &type_of<std::string>);
  CHECK(kind.parameters[1] == &type_of<Target>);
  CHECK(kind.parameters[2] == &type_of<int>);
  CHECK(kind.result == &type_of<Target>);
}

TEST_CASE("step: runs its function", "[term][step]") {
  QuietJob job;
  const std::string text = "t";
  const std::string empty;
  const Target target{"host", 1};
  const int three = 3;
  CHECK(run<std::string>(hello("", 0), {&text, &three}, job).value() == "t3");
  CHECK(job.lines == std::vector<std::string>{"hello t 3"});
  const auto x = retag("", target, 0);
  CHECK(run<Target>(x, {&text, &target, &three}, job).value().host == "thost");
  CHECK(run<Target>(x, {&text, &target, &three}, job).value().port == 4);
  const auto failed = run<Target>(x, {&empty, &target, &three}, job);
  CHECK(failed.failure() == Failure{"no tag", FailureClass::errored});
  CHECK(run<std::string>(loud(""), {&text}, job).value() == "t!");
}

TEST_CASE("step: options, shared where they are the default", "[term][step]") {
  const auto first = hello("a", 1);
  const auto second = loud("b");
  CHECK(&step_of(first).options == &step_of(second).options);
  CHECK(step_of(first).options == StepOptions{});
  const auto x = retag("latest", Target{"h"}, 3);
  CHECK(step_of(x).options == retag.options());
  CHECK(step_of(x).options.version == 2);
  CHECK(step_of(x).options.timeout == 20min);
  CHECK(step_of(x).options.retry.on.has(FailureClass::timed_out));
  CHECK_FALSE(step_of(x).options.retry.on.has(FailureClass::failed));
  CHECK(step_of(x).options.secrets.begin()->name == "token");
  CHECK(step_of(loud_address("x")).options.version == 3);
}

TEST_CASE("step: a node outlives its step", "[term][step]") {
  std::optional<Term<int>> x;
  {
    const auto local = step("local", [](Job&, int n) { return n; }, {.version = 9});
    x = local(4);
  }
  CHECK(step_of(*x).options.version == 9);
  CHECK(step_of(*x).name == "local");
}

TEST_CASE("step: a node is one allocation, and small", "[term][step]") {
  const auto a = constant(1);
  STATIC_REQUIRE(sizeof(detail::Node) == 56);
  const auto add = step("add", [](Job&, int m, int n) { return m + n; });
  const auto x = add(a, a);
  const auto* const node = reinterpret_cast<const char*>(x.node());
  const auto* const payload = reinterpret_cast<const char*>(&step_of(x));
  CHECK(payload > node);
  CHECK(payload - node + static_cast<std::ptrdiff_t>(sizeof(detail::StepPayload)) <= 112);
}

TEST_CASE("step: a function can insist on a gate by wrapping the step", "[term][step][gate]") {
  const auto deploy = [](const Gated<std::string>& image, Where where = Where::current()) {
    return hello(image, 1, where);
  };
  const auto image = constant("image");
  const Where here = Where::current();
  const auto x = deploy(gate(image, on(image)));
  CHECK(look::node(x).where.line() == here.line() + 1);
}
