// fence.cpp - cgroups that hold what a command starts, used again and cleared away.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/fence.hpp"

#include "engine/process/support.hpp"

#include <fcntl.h>

#include <set>

using namespace process_tests;

namespace {

/// A cgroup that is no other test's, or nothing where none can be made.
class Place {
 public:
  Place() {
    const std::filesystem::path own = Fences::own_cgroup();
    const std::string name = "test-fences-" + std::to_string(::getpid());
    if (!own.empty() && ::mkdir((own / name).c_str(), 0755) == 0) path_ = own / name;
  }
  ~Place() {
    if (is_there()) ::rmdir(path_.c_str());
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] bool is_there() const { return !path_.empty(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::set<std::string> folders() const {
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      if (entry.is_directory()) found.insert(entry.path().filename());
    }
    return found;
  }

 private:
  std::filesystem::path path_;
};

/// A child that is inside a fence and sleeps until somebody ends it.
pid_t start_inside(const Fence& fence) {
  const pid_t child = ::fork();
  if (child == 0) {
    const int members = ::openat(fence.entrance(), "cgroup.procs", O_WRONLY);
    if (members < 0) ::_exit(1);
    // Its owner's lock, and what tells of this test's end: before anybody can see that it is there.
    ::syscall(SYS_close_range, 0, members - 1, 0U);
    ::syscall(SYS_close_range, members + 1, ~0U, 0U);
    if (::write(members, "0", 1) != 1) ::_exit(1);
    for (;;)
      ::pause();
  }
  while (fence.members().empty())
    ::usleep(1000);
  return child;
}

}  // namespace

TEST_CASE("fence: knows who is inside and kills all of them", "[engine][process]") {
  const Place place;
  if (!place.is_there()) return;
  Fences fences(place.path());
  auto fence = fences.take();
  if (!fence) return;
  CHECK_FALSE(fence->holds_somebody());
  const pid_t child = start_inside(*fence);
  CHECK(fence->holds_somebody());
  CHECK(fence->members() == std::vector<pid_t>{child});
  fence->kill();
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  pollfd changes{fence->changes(), POLLPRI, 0};
  while (fence->holds_somebody())
    ::poll(&changes, 1, 1000);
  fences.give_back(std::move(fence));
  CHECK(fences.take());
}

TEST_CASE("fence: goes with its owner; of one that died the next one clears it away",
          "[engine][process]") {
  const Place place;
  if (!place.is_there()) return;
  {
    Fences fences(place.path());
    if (!fences.take()) return;
    CHECK(place.folders().size() == 1);
    const Fences other(place.path());  // leaves what has an owner alone
    CHECK(place.folders().size() == 2);
  }
  CHECK(place.folders().empty());
  // An owner that ends without a word, while somebody is inside.
  int ids[2];
  REQUIRE(::pipe(ids) == 0);
  const pid_t owner = ::fork();
  if (owner == 0) {
    Fences fences(place.path());
    const auto fence = fences.take();
    const pid_t inside = start_inside(*fence);
    if (::write(ids[1], &inside, sizeof inside) < 0) ::_exit(2);
    ::_exit(0);
  }
  pid_t inside = 0;
  REQUIRE(::read(ids[0], &inside, sizeof inside) == sizeof inside);
  int status = 0;
  REQUIRE(::waitpid(owner, &status, 0) == owner);
  for (const int end : ids)
    ::close(end);
  CHECK(place.folders().size() == 1);
  CHECK(::kill(inside, 0) == 0);
  {
    const Fences next(place.path());
  }
  CHECK(is_gone(inside));
  {
    const Fences last(place.path());
  }  // by now nobody is left there
  CHECK(place.folders().empty());
}

TEST_CASE("fence: where none can be made there is none", "[engine][process]") {
  CHECK_FALSE(Fences(std::filesystem::path{}).take());
  const Folder folder;  // no cgroup
  CHECK_FALSE(Fences(folder.path()).take());
  CHECK_FALSE(Fences(folder.path() + "/nowhere").take());
  CHECK(std::filesystem::is_empty(folder.path()));
}
