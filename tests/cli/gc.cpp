// gc.cpp - gc says what goes, refuses what it does not understand, and waits for nobody.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/keep.hpp"
#include "support/blocking.hpp"

using namespace oche::tests;

namespace {

Ended greeter(const Folder& folder, std::vector<std::string> arguments) {
  return run_program(example("010_hello", std::move(arguments)), folder.path());
}

/// What `gc --keep WORD…` answers if it understands them not.
std::string refusal(const std::vector<std::string>& words) {
  try {
    (void)oche::cli::retention_of(words);
  } catch (const oche::cli::WrongUsage& error) {
    return error.failure().what;
  }
  return "";
}

}  // namespace

TEST_CASE("gc: a word is an age, a number or a size", "[cli][gc]") {
  using oche::cli::retention_of;
  using std::chrono::hours;
  CHECK(retention_of({}).age == hours(30 * 24));
  CHECK_FALSE(retention_of({}).attempts.has_value());
  CHECK(retention_of({"90s"}).age == std::chrono::seconds(90));
  CHECK(retention_of({"2w"}).age == hours(14 * 24));
  CHECK(retention_of({"20"}).attempts == 20);
  CHECK_FALSE(retention_of({"20"}).age.has_value());
  CHECK(retention_of({"5GB"}).bytes == 5'000'000'000U);
  CHECK(retention_of({"1KiB", "7d", "3"}).bytes == 1024U);
  CHECK(refusal({"much"}) == "--keep much: this does not begin with a number");
  CHECK(refusal({"-3"}) == "--keep -3: this does not begin with a number");
  CHECK(refusal({"3 days"}) == "--keep 3 days: there is no unit \" days\"");
  CHECK(refusal({"3d", "1w"}) == "--keep 1w: there is such a limit already");
  CHECK(refusal({"99999999999w"}) == "--keep 99999999999w: this is too much");
  CHECK(refusal({"99999999TiB"}) == "--keep 99999999TiB: this is too much");
  CHECK(oche::cli::text_of_size(999) == "999 B");
  CHECK(oche::cli::text_of_size(5'250'000'000) == "5.2 GB");
}

TEST_CASE("gc: what the last run used stays, and runs no second time", "[cli][gc]") {
  const Folder folder;
  const Ended early = greeter(folder, {"gc"});
  CHECK(early.status == 69);
  CHECK_THAT(early.errors, Catch::Contains("nothing has been stored in this state folder yet"));

  REQUIRE(greeter(folder, {"run"}).status == 0);
  const Ended dry = greeter(folder, {"gc", "--keep", "0", "--dry-run"});
  CHECK(dry.status == 0);
  CHECK_THAT(dry.out, Catch::Contains("would remove 0 results, 0 attempts") &&
                          Catch::Contains("would keep 1 results"));
  const Ended done = greeter(folder, {"gc", "--keep", "0", "--keep", "0s", "--keep", "0B"});
  INFO(done.errors);
  CHECK(done.status == 0);
  CHECK_THAT(done.out, Catch::Contains("removed 0 results") && Catch::Contains("kept 1 results"));
  CHECK_THAT(greeter(folder, {"gc", "--json"}).out,
             Catch::Contains(R"({"dry_run":false,"results":0,)"));
  CHECK(greeter(folder, {"plan"}).status == 0);  // nothing would run

  const Ended wrong = greeter(folder, {"gc", "--keep", "some"});
  CHECK(wrong.status == 64);
  CHECK_THAT(wrong.errors, Catch::Contains("an age such as 30d"));
}

TEST_CASE("gc: not while a program is running on the folder, but for a dry run", "[cli][gc]") {
  const Folder folder;
  Running watch(example("010_hello", {"watch", "--json"}), folder.path());
  watch.await(R"("event":"settled")");
  const Ended refused = greeter(folder, {"gc"});
  CHECK(refused.status == 69);
  CHECK_THAT(refused.errors, Catch::Contains("the state folder is in use by another process"));
  CHECK(greeter(folder, {"gc", "--dry-run"}).status == 0);
  watch.signal(SIGTERM);
  CHECK(watch.end().status == 130);
}
