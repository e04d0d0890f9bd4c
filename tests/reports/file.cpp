// file.cpp - tests of fetching a report from a folder that is not to be trusted.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/reports/file.hpp>

#include "reports/samples.hpp"
#include "support/folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

using namespace oche;
namespace fs = std::filesystem;

namespace {

/// A working folder with a report in it.
class WorkFolder {
 public:
  WorkFolder() { fs::create_directory(work()); }

  [[nodiscard]] fs::path work() const { return folder_ / "work"; }

  void write(const fs::path& at, std::string_view text) const {
    fs::create_directories((work() / at).parent_path());
    std::ofstream{work() / at, std::ios::binary} << text;
  }
  [[nodiscard]] Result<std::string> read(const std::string& path) const {
    return read_report(work().string(), path);
  }
  [[nodiscard]] std::string refusal(const std::string& path) const {
    return samples::refusal(read(path));
  }

 private:
  tests::Folder folder_;
};

std::string refused(const std::string& path, const std::string& why) {
  return "error: the report " + path + " is not read: " + why +
         "\nhint: let the command write a plain file inside its folder\n";
}

std::string not_there(const std::string& path, const std::string& why) {
  return "error: the command left no report at " + path + "\n  because   " + why +
         "\nhint: give the command the same path as the step (pytest: --junitxml=FILE, "
         "--cov-report=xml:FILE)\n";
}

}  // namespace

TEST_CASE("report file: plain files at any depth", "[reports][file]") {
  const WorkFolder folder;
  folder.write("junit.xml", "<a/>");
  folder.write("out/unit tests/junit.xml", std::string_view{"\0\xFFx", 3});
  folder.write("empty.xml", "");
  CHECK(folder.read("junit.xml").value() == "<a/>");
  CHECK(folder.read("./out//unit tests/./junit.xml").value() == std::string_view{"\0\xFFx", 3});
  CHECK(folder.read("empty.xml").value().empty());
}

TEST_CASE("report file: what is not there", "[reports][file]") {
  const WorkFolder folder;
  folder.write("junit.xml", "<a/>");
  CHECK(folder.refusal("report.xml") == not_there("report.xml", "No such file or directory"));
  CHECK(folder.refusal("out/report.xml") ==
        not_there("out/report.xml", "No such file or directory"));
  CHECK(folder.refusal("junit.xml/x") == not_there("junit.xml/x", "Not a directory"));
  CHECK(samples::refusal(read_report((folder.work() / "gone").string(), "junit.xml")) ==
        not_there("junit.xml", "No such file or directory"));
}

TEST_CASE("report file: nothing outside the folder is read", "[reports][file]") {
  const WorkFolder folder;
  folder.write("../secret", "s");
  folder.write("in/junit.xml", "<a/>");
  fs::create_symlink("../secret", folder.work() / "junit.xml");
  fs::create_directory_symlink("..", folder.work() / "up");
  fs::create_directory_symlink("in", folder.work() / "link");
  CHECK(folder.refusal("junit.xml") == refused("junit.xml", "there is a link on the way"));
  CHECK(folder.refusal("up/secret") == refused("up/secret", "there is a link on the way"));
  CHECK(folder.refusal("link/junit.xml") ==
        refused("link/junit.xml", "there is a link on the way"));
  const std::string outside = "the path leads out of the command's folder";
  for (const char* path : {"../secret", "in/../../secret", "/etc/hostname", "", ".."}) {
    CHECK(folder.refusal(path) == refused(path, outside));
  }
}

TEST_CASE("report file: pipes and folders are refused, and do not hang", "[reports][file]") {
  const WorkFolder folder;
  REQUIRE(::mkfifo((folder.work() / "pipe").c_str(), 0600) == 0);
  fs::create_directory(folder.work() / "folder");
  CHECK(folder.refusal("pipe") == refused("pipe", "it is not a plain file"));
  CHECK(folder.refusal("folder") == refused("folder", "it is not a plain file"));
  CHECK(folder.refusal("folder/") == refused("folder/", "it is not a plain file"));
}

TEST_CASE("report file: more than 1 GiB is refused unread", "[reports][file]") {
  const WorkFolder folder;
  folder.write("junit.xml", "<a/>");
  fs::resize_file(folder.work() / "junit.xml", (std::uintmax_t{1} << 30) + 1);  // sparse
  CHECK(folder.refusal("junit.xml") == refused("junit.xml", "it is larger than 1 GiB"));
}
