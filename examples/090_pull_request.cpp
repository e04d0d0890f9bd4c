// 090_pull_request.cpp - somebody else's change, tested beside the secret that ours is sent with.
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

using namespace oche;

// Steps that are constants can be looked at by the compiler, too.
constexpr auto compile = step("compile",
                              [](Job& job, const std::string& source) -> std::string {
                                job.log("compiling {}", source);
                                return source + ".bin";
                              },
                              {.timeout = 10min});

constexpr auto try_out = step("test",
                              [](Job& job, const std::string& binary) -> Result<> {
                                job.log("testing {}", binary);
                                if (binary == "broken.bin") return Failure{"1 of 3 tests failed"};
                                return {};
                              },
                              {.timeout = 20min, .needs = {.cpus = 2}});

// Whoever is given a session could act with the token that it was opened with.
constexpr auto log_in =
    step("log in",
         [](Job& job, const std::string& registry) -> std::string {
           return job.secret("token").with([&](std::string_view bytes) {
             return "session at " + registry + (bytes.empty() ? ", without a token" : "");
           });
         },
         {.timeout = 1min, .secrets = {{"registry", "token"}}});

constexpr auto upload =
    step("upload",
         [](Job& job, const std::string& session, const Latest<std::string>& binary) {
           job.log("{}: uploading {}", session, *binary);
           return *binary + " 1.0";
         },
         {.timeout = 5min});

constexpr auto announce =
    step("announce", [](Job& job, const std::string& channel, const Latest<std::string>& release) {
      job.log("{}: {}", channel, *release);
    });

// The function that builds the pipeline also has the compiler draw its shape: a release that could
// escape its tests does not compile.
constexpr auto release = [](auto source, auto registry) {
  auto binary = compile(source);
  auto tests = try_out(binary);
  auto sent = upload(log_in(registry), gate(binary, on(tests)));
  return all({{"test", tests}, {"upload", sent}, {"announce", announce("news", sent)}});
};
static_assert(shape_of<release>().every("upload").needs_success_of("test"));
static_assert(shape_of<release>().every("announce").needs_success_of("upload"));

// What comes of a request is no Term that `upload` would take: it does not compile, and what goes
// on in the quarantine is proved by `check`, and by `run` before it starts anything.
Term<> request(const Untrusted<std::string>& change) {
  return quarantine(change, [](Term<std::string> source) {
    auto tests = try_out(compile(source));
    return all({{"test", tests}});
  });
}

Term<> both(std::string ours, std::string theirs) {
  auto change = distrust(constant(theirs, "their change"), "a fork's pull request");
  return all({{"release", section("release",
                                  [&] {
                                    return release(constant(ours, "our source"),
                                                   constant(std::string("registry.example.org")));
                                  })},
              {"request", section("request", [&] { return request(change); })}});
}

int main(int argc, char** argv) {
  return oche::main(
      argc, argv,
      {
          .name = "pull_request",
          .options = {{"ours", "what is released", "main.cpp"},
                      {"theirs", "what a request changes it to (try: broken)", "change.cpp"}},
          .pipeline =
              [](const Options& options) { return both(options["ours"], options["theirs"]); },
          .policies = {every(publishes()).needs_success_of(step_named("test")),
                       secret("token").never_reaches(untrusted()), whole_run().cost_at_most(2h)},
      });
}
