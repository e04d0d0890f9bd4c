// sandbox.cpp - what a sandboxed command can and cannot do.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "engine/process/sandbox.hpp"

#include "engine/process/fence.hpp"
#include "engine/process/support.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace process_tests;
using Catch::Matchers::Contains;

namespace {

/// A machine without a sandbox cannot show these; says so instead of passing in silence.
#define OCHE_NEEDS_SANDBOX(processes)                     \
  if (!(processes).isolation().is_available()) {          \
    WARN("skipped: " << (processes).isolation().why_not); \
    return;                                               \
  }

ProcessRequest boxed(std::string script, const Folder& folder) {
  auto request = shell(std::move(script), folder.path());
  request.isolation = Isolation::required;
  return request;
}

/// A listening socket on the host's loopback.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_.get(), plain, size) != 0 || ::listen(socket_.get(), 8) != 0 ||
        ::getsockname(socket_.get(), plain, &size) != 0) {
      throw std::runtime_error("cannot listen");
    }
    port_ = ntohs(address.sin_port);
  }
  [[nodiscard]] std::string port() const { return std::to_string(port_); }

 private:
  Descriptor socket_;
  int port_ = 0;
};

}  // namespace

TEST_CASE("sandbox: an ordinary user on a read-only root", "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  const auto ended =
      run(processes, boxed("id -u; pwd; echo $HOME; ls -A $HOME /tmp; ls -A /root /run", folder));
  CHECK(ended.result.sandboxed);
  CHECK(ended.output.starts_with("1000\n/build\n/home/builder\n/home/builder:\n\n/tmp:\n"));
  CHECK(run(processes, boxed("test -r /root", folder)).result.exit_code == 1);
  for (const std::string place : {"/etc", "/usr", "/", "/var/lib", "/home", "/opt"}) {
    INFO(place);
    const auto tried = run(processes, boxed("touch " + place + "/x", folder));
    CHECK(tried.result.exit_code == 1);
    CHECK_FALSE(std::filesystem::exists(place + "/x"));
  }
  CHECK(run(processes, boxed("touch /build/x /tmp/x /var/tmp/x $HOME/x", folder))
            .result.is_success());
  CHECK(std::filesystem::exists(folder / "x"));
}

TEST_CASE("sandbox: what only root may read stays unread", "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  CHECK(run(processes, boxed("cat /etc/shadow", folder)).output.find("root:") == std::string::npos);
  CHECK(run(processes, boxed("head -c 1 /etc/passwd", folder)).result.is_success());
  const auto powers =
      run(processes, boxed("grep -c 'Cap[EPIB].*:.0000000000000000' /proc/self/status", folder));
  CHECK(powers.output == "4\n");
}

TEST_CASE("sandbox: folders of the engine can be hidden", "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  auto request = boxed("ls -A /usr/share; test -f /build/mine", folder);
  write(folder / "mine", "", false);
  request.hidden = {"/usr/share", "/nowhere"};
  const auto ended = run(processes, request);
  CHECK(ended.result.is_success());
  CHECK(ended.output.empty());
}

TEST_CASE("sandbox: no network unless wished for", "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  const Listener listener;
  const auto connect = "exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + listener.port() + "'";
  auto request = boxed(connect, folder);
  CHECK_FALSE(run(processes, request).result.is_success());
  request.network = true;
  CHECK(run(processes, request).result.is_success());
}

TEST_CASE("sandbox: home and /tmp are fresh each time", "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  for (int i = 0; i < 2; ++i) {
    const auto ended =
        run(processes, boxed("ls -A $HOME /tmp | grep left; touch $HOME/left /tmp/left", folder));
    CHECK(ended.result.is_success());
    CHECK(ended.output.empty());
  }
}

TEST_CASE("sandbox: all that it started ends with it", "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  // The lock is held until the last of them is gone.
  const auto ended =
      run(processes, boxed("mkfifo gate; exec 9>lock; flock 9;"
                           "setsid sh -c 'trap \"\" TERM HUP; echo up >gate; exec sleep 1000' &"
                           "read up <gate; exit 5",
                           folder));
  CHECK(ended.result.exit_code == 5);
  CHECK(run(processes, shell("flock -n lock true", folder.path())).result.is_success());
}

TEST_CASE("sandbox: TERM reaches the command, KILL everyone", "[engine][process][sandbox]") {
  auto clock = std::make_shared<ManualClock>();
  Processes processes{clock};
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  SECTION("it tidies up") {
    Watched watched{processes,
                    boxed("trap 'echo tidy; exit 9' TERM; echo up; sleep 1000 & wait", folder)};
    watched.lines(1);
    processes.cancel(watched.id());
    const auto result = watched.result();
    CHECK(result.cancelled);
    CHECK(result.exit_code == 9);
    CHECK(watched.output() == "up\ntidy\n");
  }
  SECTION("it ignores TERM") {
    auto request =
        boxed("trap '' TERM; exec 9>lock; flock 9; echo up; while :; do sleep 1000; done", folder);
    request.timeout = 3s;
    request.grace = 2s;
    Watched watched{processes, request};
    watched.lines(1);
    clock->advance(3s);
    CHECK(run(processes, shell("flock -n lock true", folder.path())).result.exit_code == 1);
    clock->advance(2s);
    const auto result = watched.result();
    CHECK(result.timed_out);
    CHECK(result.duration == 5s);
    CHECK(run(processes, shell("flock -n lock true", folder.path())).result.is_success());
  }
}

TEST_CASE("sandbox: behind a fence, where the next program finds what is left of it",
          "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  if (Fences().entrance_for_sandboxes() < 0) return;
  const Folder folder;
  Watched sleeping{processes, boxed("echo ready; sleep 100", folder)};
  sleeping.lines(1);
  unsigned children = 0;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream all{thread.path() / "children"};
    for (pid_t child = 0; all >> child; ++children)
      CHECK_THAT(content_of(fmt::format("/proc/{}/cgroup", child)), Contains("/sandboxes\n"));
  }
  CHECK(children == 1);
  processes.cancel(sleeping.id());
  CHECK(sleeping.result().cancelled);
}

TEST_CASE("sandbox: endings come through", "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  CHECK(run(processes, boxed("exit 77", folder)).result.exit_code == 77);
  const auto killed = run(processes, boxed("kill -SEGV $$", folder)).result;
  CHECK(describe(killed) == "exit status 139, as after SIGSEGV");
  SECTION("a complaint of bwrap's is no result of the command") {
    write(folder / "tool", "#!/bin/sh\n", true);
    ProcessRequest request{.argv = {folder / "tool"}, .folder = folder.path()};
    request.isolation = Isolation::required;
    const auto failure = run(processes, request).result.not_started;
    REQUIRE(failure);
    CHECK(failure->what == "the sandbox could not start the command");
    CHECK(failure->facts.front().value.find("No such file or directory") != std::string::npos);
  }
  SECTION("a program of the command's own folder") {
    write(folder / "tool", "#!/bin/sh\nexit 12\n", true);
    ProcessRequest request{.argv = {"./tool"}, .folder = folder.path()};
    request.isolation = Isolation::required;
    CHECK(run(processes, request).result.exit_code == 12);
    std::filesystem::create_directory(folder / "below");
    request.argv = {"../tool"};
    request.start_in = "below";
    CHECK(run(processes, request).result.exit_code == 12);
  }
}

TEST_CASE("sandbox: secrets travel in the environment, not in argv", "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  auto request = boxed("echo $TOKEN", folder);
  request.environment = {{"TOKEN", "hush-hush"}};
  CHECK(run(processes, request).output == "hush-hush\n");
  for (const auto& word : SandboxRoot{"/"}.wrap("bwrap", "/bin/sh", request)) {
    CHECK(word.find("hush-hush") == std::string::npos);
  }
}

TEST_CASE("sandbox: binds show more of the host", "[engine][process][sandbox]") {
  Processes processes;
  OCHE_NEEDS_SANDBOX(processes)
  const Folder folder;
  const Folder cache;
  write(cache / "kept", "kept\n", false);
  auto request =
      boxed("cat /cache/kept /look/kept && touch /cache/new && ! touch /look/newer", folder);
  request.binds = {{cache.path(), "/cache", true}, {cache.path(), "/look", false}};
  CHECK(run(processes, request).result.is_success());
  CHECK(std::filesystem::exists(cache / "new"));
  CHECK_FALSE(std::filesystem::exists(cache / "newer"));
}

TEST_CASE("isolation: what is granted has one text", "[engine][process][sandbox]") {
  const IsolationOffer none{.why_not = "bubblewrap is not installed (no bwrap in PATH)"};
  const IsolationOffer some{.bwrap = "/usr/bin/bwrap"};
  CHECK(grant(Isolation::none, false, some).text == "none");
  CHECK(grant(Isolation::preferred, false, none).text == "none");
  CHECK(grant(Isolation::preferred, false, none).why_not == none.why_not);
  CHECK(grant(Isolation::preferred, false, some).text ==
        "bubblewrap: read-only root, no network, uid 1000, fresh home and /tmp");
  CHECK(grant(Isolation::required, true, some).text ==
        "bubblewrap: read-only root, host network, uid 1000, fresh home and /tmp");
}

TEST_CASE("isolation: a machine without bwrap, or with a broken one, says so",
          "[engine][process][sandbox]") {
  const Folder folder;
  CHECK(probe_isolation(folder.path()).why_not == "bubblewrap is not installed (no bwrap in PATH)");
  write(folder / "bwrap",
        "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2; exit 1\n", true);
  const auto broken = probe_isolation(folder.path());
  CHECK_FALSE(broken.is_available());
  CHECK(broken.why_not == "bubblewrap does not work: bwrap: setting up uid map: Permission denied");
}

TEST_CASE("isolation: bwrap's status is read piece by piece", "[engine][process][sandbox]") {
  const auto early = read_sandbox_status("{ \"child-pid\": 7645, \"net-namespace\": 12 }\n");
  CHECK_FALSE(early.ran);
  CHECK(early.init == 7645);
  const auto done = read_sandbox_status("{ \"child-pid\": 7645 }\n{ \"exit-code\": 3 }\n");
  CHECK(done.ran);
  CHECK(done.exit_code == 3);
  CHECK(read_sandbox_status("").init == 0);
}
