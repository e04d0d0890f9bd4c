// state.cpp - state folders that cannot be used: exit status 69, and why.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "support/sample.hpp"

#include <sys/mount.h>

using namespace oche::tests;

namespace {

Ended hello(const Folder& folder, std::vector<std::string> arguments) {
  return run_program(example("010_hello", std::move(arguments)), folder.path());
}

}  // namespace

TEST_CASE("no state folder yet: readers say what to do", "[cli][state]") {
  const Folder folder;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"jobs"}, {"log", "greet"}, {"get", "greet"}}) {
    const Ended ended = hello(folder, words);
    CHECK(ended.status == 69);
    CHECK_THAT(ended.errors, Catch::Contains("nothing has been stored in this state folder yet") &&
                                 Catch::Contains("`run` the pipeline first"));
  }
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a file, a missing folder's folder, a read-only folder", "[cli][state]") {
  const Folder folder;
  write_text(folder / "file", "");
  const Ended file = hello(folder, {"run", "--state", "file"});
  CHECK(file.status == 69);
  CHECK_THAT(file.errors, Catch::Contains("the state folder cannot be used") &&
                              Catch::Contains("Not a directory") && Catch::Contains("--state"));
  CHECK(hello(folder, {"run", "--state", "/proc/oche"}).status == 69);

  REQUIRE(hello(folder, {"run", "--state", "kept"}).status == 0);
  const std::string kept = folder / "kept";
  if (mount(kept.c_str(), kept.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    WARN("this machine lets us mount nothing: a read-only folder is not tried");
    return;
  }
  REQUIRE(mount(nullptr, kept.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0);
  const Ended run = hello(folder, {"run", "--state", "kept"});
  const Ended plan = hello(folder, {"plan", "--state", "kept"});
  const Ended jobs = hello(folder, {"jobs", "--state", "kept"});
  umount2(kept.c_str(), MNT_DETACH);
  INFO(run.out << run.errors << plan.errors << jobs.errors);
  CHECK(run.status == 69);
  CHECK_THAT(run.errors, Catch::Contains("Read-only file system"));
  CHECK(plan.status == 0);
  CHECK(jobs.status == 0);
}
