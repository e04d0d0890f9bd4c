// socket.cpp - a hostile client of the running program's socket stops nothing.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>

#include "support/sample.hpp"

#include <sys/stat.h>
#include <sys/un.h>

using namespace oche::tests;

namespace {

class Client {
 public:
  explicit Client(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof address.sun_path);
    path.copy(address.sun_path, path.size());
    REQUIRE(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False once the other side has hung up.
  bool say(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t sent = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// Everything until the other side hangs up.
  [[nodiscard]] std::string hear() const {
    std::string text;
    std::array<char, 4096> buffer;
    for (;;) {
      const ssize_t size = recv(socket_, buffer.data(), buffer.size(), 0);
      if (size <= 0) return text;
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }

 private:
  int socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
};

}  // namespace

TEST_CASE("garbage, floods and silence on the socket leave the program alive", "[cli][socket]") {
  const Folder folder;
  const std::string socket = folder / ".oche/socket";
  Running watch(example("020_gated_deploy", {"watch", "--json"}), folder.path());
  watch.await(R"("outcome":"active")");
  struct stat status{};
  REQUIRE(stat(socket.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);

  const std::string deep = std::string(100'000, '[') + "\n";
  for (const std::string& text :
       {std::string("garbage\n"), std::string("\n"), std::string("\xff\xfe\0\n", 4), deep,
        std::string("{}\n"), std::string("[1,2]\n"), std::string("{\"command\":7}\n"),
        std::string("{\"command\":\"cancel\",\"paths\":{},\"who\":\"\"}\n")}) {
    const Client client(socket);
    CHECK(client.say(text));
    CHECK_THAT(client.hear(), Catch::StartsWith("{\"failure\":") &&
                                  Catch::Contains("do not understand each other"));
  }
  {
    const Client client(socket);
    CHECK(client.say("{\"command\":\"explode\",\"paths\":[\"\xc3\x28\"],\"who\":\"\"}\n"));
    CHECK_THAT(client.hear(), Catch::StartsWith("{\"failure\":"));
  }
  {
    const Client client(socket);  // never a line end
    const std::string block(1 << 20, 'x');
    bool goes_on = true;
    for (int i = 0; goes_on && i < 16; ++i)
      goes_on = client.say(block);
    CHECK_FALSE(goes_on);
  }
  {
    const Client gone(socket);
  }
  const Client silent(socket);
  const Ended approved =
      run_program(example("020_gated_deploy", {"approve", "release to production"}), folder.path());
  INFO(approved.errors);
  CHECK(approved.status == 0);
  watch.await(R"({"event":"finished","path":"production","state":"ok")");
  watch.signal(SIGTERM);
  CHECK(watch.end().status == 130);
}
