// processes.cpp - child processes: how they start, what they get, how they end.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/processes.hpp"

#include "engine/process/support.hpp"

#include <algorithm>
#include <deque>

using namespace process_tests;

namespace {

long open_descriptors() {
  return std::distance(std::filesystem::directory_iterator{"/proc/self/fd"},
                       std::filesystem::directory_iterator{});
}

}  // namespace

TEST_CASE("process: an exit status arrives as it is", "[engine][process]") {
  Processes processes;
  for (const int code : {0, 1, 3, 127, 255}) {
    const auto [result, output] = run(processes, shell("exit " + std::to_string(code)));
    CHECK(result.exit_code == code);
    CHECK(result.is_success() == (code == 0));
    CHECK(describe(result) == "exit status " + std::to_string(code));
    CHECK(failure_of(result).has_value() == (code != 0));
  }
}

TEST_CASE("process: a signal is no exit status", "[engine][process]") {
  Processes processes;
  const auto [result, output] = run(processes, shell("kill -SEGV $$"));
  CHECK_FALSE(result.exit_code);
  CHECK(result.signal == SIGSEGV);
  CHECK(describe(result) == "killed by SIGSEGV");
  CHECK(failure_of(result)->kind == FailureClass::failed);
}

TEST_CASE("process: what cannot be started says why", "[engine][process]") {
  Processes processes;
  const Folder folder;
  write(folder / "plain", "text\n", false);
  write(folder / "no_format", "\x01\x02", true);
  write(folder / "lost", "#!/nowhere/interpreter\n", true);
  const auto failure_for = [&](std::vector<std::string> argv) {
    ProcessRequest request{.argv = std::move(argv), .folder = folder.path()};
    const auto ended = run(processes, request);
    REQUIRE(ended.result.not_started);
    CHECK(ended.result.not_started->kind == FailureClass::errored);
    CHECK_FALSE(ended.result.exit_code);
    return *ended.result.not_started;
  };
  SECTION("missing, with the path that was searched") {
    const auto failure = failure_for({"no-such-tool"});
    CHECK(failure.what == "program not found: no-such-tool");
    CHECK(failure.facts == std::vector<Fact>{{"searched", "/usr/local/bin:/usr/bin:/bin"}});
  }
  CHECK(failure_for({"/nowhere/tool"}).what == "program not found: /nowhere/tool");
  CHECK(failure_for({"./absent"}).what == "program not found: ./absent");
  CHECK(failure_for({"./plain"}).what == "not an executable program: ./plain");
  CHECK(failure_for({"./no_format"}).what == "not a program of this machine: ./no_format");
  CHECK(failure_for({"./lost"}).what == "the interpreter of ./lost is missing");
  CHECK(failure_for({}).what == "the command names no program");
  CHECK(failure_for({"echo", std::string("a\0b", 3)}).what ==
        "an argument of the command holds a zero byte");
  CHECK(failure_for({"true", std::string(4 << 20, 'x')}).what ==
        "the command's arguments and environment are too long");
  SECTION("a folder that is not there") {
    const auto ended = run(processes, {.argv = {"true"}, .folder = folder / "absent"});
    CHECK(ended.result.not_started->what ==
          "cannot enter the command's folder: No such file or directory");
  }
  SECTION("the value of a bad variable is not told") {
    auto request = shell("true");
    request.environment = {{"TOKEN", std::string("hush\0hush", 9)}};
    const auto ended = run(processes, request);
    CHECK(render(*ended.result.not_started) ==
          "error: environment variable TOKEN holds a zero byte\n");
  }
}

TEST_CASE("process: gets its environment and nothing else", "[engine][process]") {
  ::setenv("OCHE_TEST_LEAK", "leaked", 1);
  Processes processes;
  auto request = ProcessRequest{.argv = {"env"}, .folder = "/"};
  request.environment = {{"GREETING", "good day"}};
  CHECK(run(processes, request).output == "GREETING=good day\nPATH=/usr/local/bin:/usr/bin:/bin\n");
  request.environment = {{"PATH", "/bin"}};
  CHECK(run(processes, request).output == "PATH=/bin\n");
  ::unsetenv("OCHE_TEST_LEAK");
}

TEST_CASE("process: no input, own session, plain descriptors, plain signals", "[engine][process]") {
  const int careless = ::dup(0);  // as a host would leave it: not close-on-exec
  ::signal(SIGPIPE, SIG_IGN);
  Processes processes;
  const Folder folder;
  CHECK(run(processes, shell("cat; echo over")).output == "over\n");
  CHECK(run(processes, shell("pwd", folder.path())).output == folder.path() + "\n");
  CHECK(run(processes, shell("ls /proc/self/fd | wc -l")).output == "4\n");  // 3 and ls's own
  CHECK(run(processes, shell("umask")).output == "0022\n");
  const auto signals = run(processes, shell("sed -n '/^Sig[BIC]/p' /proc/self/status"));
  CHECK(signals.output ==
        "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\nSigCgt:\t0000000000000000\n");
  const auto session = run(processes, shell("cut -d' ' -f5,6 /proc/$$/stat; echo $$ $$"));
  const auto middle = session.output.find('\n') + 1;
  CHECK(session.output.substr(0, middle) == session.output.substr(middle));
  ::signal(SIGPIPE, SIG_DFL);
  ::close(careless);
}

TEST_CASE("process: output is kept byte for byte", "[engine][process]") {
  const Folder folder;
  std::string bytes;
  for (int i = 0; i < 300'000; ++i)
    bytes += static_cast<char>(i * 7 + i / 256);
  write(folder / "bytes", bytes, false);
  Processes processes;
  auto request = shell("cat bytes; cat bytes >&2", folder.path());
  request.log = std::make_shared<LogWriter>(folder / "logs/1.log");
  const auto ended = run(processes, request);
  CHECK((ended.output == bytes + bytes));
  CHECK((content_of(folder / "logs/1.log") == bytes + bytes));
  CHECK(ended.result.log.seen == 2 * bytes.size());
  CHECK(ended.result.log.is_complete());
}

TEST_CASE("process: the log can be read from the first byte on", "[engine][process]") {
  const Folder folder;
  Processes processes;
  auto request = shell("echo first; exec sleep 1000", folder.path());
  request.grace = 0s;
  request.log = std::make_shared<LogWriter>(folder / "log");
  Watched watched{processes, request};
  watched.lines(1);
  CHECK(content_of(folder / "log") == "first\n");
  processes.cancel(watched.id());
  CHECK(watched.result().cancelled);
}

TEST_CASE("process: 64 at once, none waits for another", "[engine][process]") {
  const Folder folder;
  REQUIRE(::mkfifo((folder / "gate").c_str(), 0600) == 0);
  Processes processes;
  std::deque<Watched> all;
  for (int i = 0; i < 64; ++i) {
    all.emplace_back(processes, shell("echo ready; read go <gate; exit 7", folder.path()));
  }
  for (auto& one : all)
    one.lines(1);  // all are running now
  const Descriptor gate{::open((folder / "gate").c_str(), O_RDWR | O_CLOEXEC)};
  for (std::size_t i = 0; i < all.size(); ++i)
    REQUIRE(::write(gate.get(), "\n", 1) == 1);
  for (auto& one : all)
    CHECK(one.result().exit_code == 7);
}

TEST_CASE("process: a callback may start the next one", "[engine][process]") {
  Processes processes;
  std::promise<ProcessResult> last;
  processes.start(shell("exit 4"), [&](ProcessResult first) {
    CHECK(first.exit_code == 4);
    processes.start(shell("exit 5"), [&](ProcessResult second) { last.set_value(second); });
  });
  CHECK(last.get_future().get().exit_code == 5);
}

TEST_CASE("process: leaves no descriptor and no zombie behind", "[engine][process]") {
  const auto before = open_descriptors();
  {
    Processes processes;
    run(processes, shell("true"));
    const auto settled = open_descriptors();
    for (int i = 0; i < 50; ++i)
      run(processes, shell("exit 1"));
    for (int i = 0; i < 50; ++i)
      run(processes, {.argv = {"no-such-tool"}});
    for (int i = 0; i < 50; ++i)
      run(processes, {.argv = {"./no-such-tool"}, .folder = "/"});
    CHECK(open_descriptors() == settled);
  }
  CHECK(open_descriptors() == before);
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
  CHECK(errno == ECHILD);
}

TEST_CASE("process: says what it used", "[engine][process]") {
  auto clock = std::make_shared<ManualClock>();
  Processes processes{clock};
  Watched watched{processes, shell("echo up; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done")};
  watched.lines(1);
  const auto result = watched.result();
  CHECK(result.duration == 0ns);  // by the clock, which stood still
  CHECK(result.cpu > 0ns);
  CHECK(result.peak_memory > 100'000);
}
