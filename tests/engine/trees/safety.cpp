// safety.cpp - many threads, killed writers, full disks, ten thousand files.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/support.hpp"

#include <atomic>
#include <csignal>
#include <random>
#include <thread>

using namespace state_tests;

namespace {

void fill(const std::string& folder, int files, int salt) {
  for (int i = 0; i < files; ++i) {
    write(folder + "/d" + std::to_string(i % 100) + "/f" + std::to_string(i),
          std::to_string(salt) + " " + std::to_string(i));
  }
}

}  // namespace

TEST_CASE("trees: threads share one store", "[engine][trees]") {
  Folder state;
  Trees trees(state / "objects.git");
  std::vector<Folder> works(4);
  for (std::size_t i = 0; i < works.size(); ++i) {
    fill(works[i].path(), 60, static_cast<int>(i / 2));  // two and two alike
  }
  std::vector<Tree> results(works.size());
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < works.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 5; ++round) {
        write(works[i] / "round", std::to_string(round));
        const auto tree = trees.import_folder(works[i].path());
        const std::string out =
            state / (std::string("out") + std::to_string(i) + "." + std::to_string(round));
        if (!tree || !trees.exists(tree.value()) || !trees.checkout(tree.value(), out) ||
            !trees.merge(std::vector<Tree>{tree.value(), tree.value()})) {
          ++wrong;
          return;
        }
        results[i] = tree.value();
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(wrong == 0);
  CHECK(results[0] == results[1]);
  CHECK(results[2] == results[3]);
  CHECK(results[0] != results[2]);
  CHECK(fsck(trees.folder()).empty());
  CHECK(std::distance(fs::directory_iterator(trees.folder() + "/incoming"),
                      fs::directory_iterator()) == 1);  // the lock alone
}

TEST_CASE("trees: several handles of one folder see each other's trees", "[engine][trees]") {
  Folder state;
  Folder work;
  fill(work.path(), 100, 1);
  Trees one(state / "objects.git");
  Trees other(state / "objects.git");
  Folder small;
  write(small / "x", "x");
  const Tree first = value_of(other.import_folder(small.path()));  // both have opened the store
  CHECK(one.exists(first));
  const Tree packed = value_of(other.import_folder(work.path()));
  CHECK(one.exists(packed));
  const Tree merged = value_of(other.merge(std::vector<Tree>{first, packed}));
  CHECK(one.exists(merged));
  CHECK(value_of(one.list(merged)).size() == 101);
}

TEST_CASE("trees: a writer that is killed leaves nothing that is half there", "[engine][trees]") {
  Folder state;
  Folder large;
  Folder small;
  fill(large.path(), 300, 7);
  fill(small.path(), 8, 8);
  const std::string store = state / "objects.git";
  std::mt19937 random(20261122);
  int finished = 0;
  for (int round = 0; round < 30; ++round) {
    const pid_t child = in_child([&] {
      Trees trees(store);
      for (int i = 0;; ++i) {
        write(small / "changing", std::to_string(round) + "." + std::to_string(i));
        write(large / "changing", std::to_string(round) + "." + std::to_string(i));
        if (!trees.import_folder(small.path()) || !trees.import_folder(large.path())) return 1;
      }
      return 0;
    });
    // Any moment will do: nothing is waited for.
    for (auto turns = random() % 30'000; turns != 0; --turns)
      std::this_thread::yield();
    ::kill(child, SIGKILL);
    finished += wait_for(child) == 128 + SIGKILL ? 1 : 0;
    const std::string complaints = fsck(store);
    INFO("round " << round);
    if (fs::exists(store + "/HEAD")) CHECK(complaints.empty());
  }
  CHECK(finished == 30);
  Trees trees(store);
  value_of(trees.recover());
  const Tree tree = value_of(trees.import_folder(large.path()));
  for (const auto& entry : fs::directory_iterator(store + "/incoming")) {
    CHECK(entry.path().filename() == "lock");
  }
  CHECK(trees.exists(tree));
  CHECK(fsck(store).empty());
}

TEST_CASE("trees: a full disk is an error, and what was stored stays", "[engine][trees]") {
  const SmallDisk disk("size=2m");
  if (!disk.is_there()) {
    WARN("not tested: this machine does not let us mount a small disk");
    return;
  }
  Folder work;
  fill(work.path(), 50, 1);
  Trees trees(disk.path() + "/objects.git");
  const Tree kept = value_of(trees.import_folder(work.path()));
  std::string noise(4'000'000, '\0');
  std::mt19937 random(1);
  for (char& byte : noise)
    byte = static_cast<char>(random());
  write(work / "noise", noise);
  const std::string text = text_of(trees.import_folder(work.path()));
  CHECK(text.starts_with("error: cannot write a file\n  path     " + disk.path()));
  CHECK(text.find("  reason   No space left on device\n") != std::string::npos);
  CHECK(text.find("hint: make room on that disk and try again; what was stored before is safe\n") !=
        std::string::npos);
  CHECK(trees.exists(kept));
  CHECK(fsck(trees.folder()).empty());
  fs::remove(work / "noise");
  write(work / "little", "fits");
  CHECK(trees.import_folder(work.path()).is_ok());  // the attempt's remains are gone
}

TEST_CASE("trees: ten thousand files", "[engine][trees]") {
  Folder state;
  Folder work;
  fill(work.path(), 10'000, 3);
  git(work.path(), {"init", "--quiet"});
  git(work.path(), {"add", "-A"});
  Trees trees(state / "objects.git");
  const Tree tree = value_of(trees.import_folder(work.path()));
  CHECK(tree.id == git(work.path(), {"write-tree"}));
  CHECK(value_of(trees.list(tree)).size() == 10'000);
  value_of(trees.checkout(tree, state / "out"));
  CHECK(content_of(state / "out/d99/f9999") == "3 9999");
  CHECK(trees.exists(tree));
}
