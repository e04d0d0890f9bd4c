// control.cpp - how a command reaches the program that is running on the same state folder.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/control.hpp"

#include "base/dump_json.hpp"
#include "cli/control_socket.hpp"
#include <oche/base/error.hpp>
#include <oche/base/record.hpp>

#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <thread>
#include <utility>

namespace oche::cli {

namespace {

using detail::Descriptor;

constexpr std::chrono::seconds patience_with_clients{5};
constexpr std::chrono::seconds patience_with_program{30};  // it may be busy with such clients
constexpr std::size_t longest_request = 1 << 20;
constexpr std::size_t longest_reply = 64 << 20;  // a picture of the whole pipeline
using nlohmann::json;

std::string to_line(const Request& request) {
  return detail::json_line(
      json{{"command", request.command}, {"paths", request.paths}, {"who", request.who}});
}

std::string to_line(const Reply& reply) {
  if (reply.is_ok()) return detail::json_line(json{{"paths", reply.value()}});
  return detail::json_line(json{{"failure", to_json(reply.failure())}});
}

Request request_of(const std::string& line) {
  const json read = json::parse(line);
  return {read.at("command").get<std::string>(), read.at("paths").get<std::vector<std::string>>(),
          read.at("who").get<std::string>()};
}

Failure nonsense(const char* what) {
  return {.what = "the running program and this command do not understand each other",
          .kind = FailureClass::errored,
          .facts = {{"reason", what}},
          .hint = "use the program that was built together with the running one"};
}

Reply reply_of(const std::string& line) {
  try {
    const json read = json::parse(line);
    if (read.contains("paths")) return read.at("paths").get<std::vector<std::string>>();
    Failure failure;
    const Result<> understood = detail::read_json(type_of<Failure>, &failure,
                                                  read.at("failure").get_ref<const std::string&>());
    if (!understood) return understood.failure();
    return failure;
  } catch (const json::exception& error) {
    return nonsense(error.what());
  }
}

}  // namespace

struct ControlServer::State {
  State(const std::string& folder, Answer given) : address(folder), answer(std::move(given)) {}

  SocketAddress address;
  Answer answer;
  Descriptor listener = local_socket();
  Descriptor stop{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  std::thread thread;

  void run();
  void serve(const Descriptor& client) const;
};

ControlServer::ControlServer(const std::string& state, Answer answer)
    : state_(std::make_unique<State>(state, std::move(answer))) {
  State& made = *state_;
  made.address.unlink();  // of a program that died: we hold the folder's lock
  if (!made.address.bind(made.listener) || listen(made.listener.get(), 16) != 0) {
    throw Error(Failure{.what = "cannot make the socket that other commands talk to",
                        .kind = FailureClass::errored,
                        .facts = {{"folder", state}, {"system", std::strerror(errno)}},
                        .hint = "put the state folder on a local file system"});
  }
  made.thread = std::thread([&made] { made.run(); });
}

ControlServer::~ControlServer() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(state_->stop.get(), &one, sizeof one);
  state_->thread.join();
  state_->address.unlink();
}

void ControlServer::State::run() {
  pollfd readable[2] = {{stop.get(), POLLIN, 0}, {listener.get(), POLLIN, 0}};
  for (;;) {
    poll(readable, 2, -1);
    if (readable[0].revents != 0) return;
    const Descriptor client(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (client.is_open()) serve(client);
  }
}

void ControlServer::State::serve(const Descriptor& client) const {
  set_patience(client, patience_with_clients.count());
  const std::optional<std::string> line = read_line(client, longest_request, patience_with_clients);
  if (!line) return;
  try {
    write_line(client, to_line(answer(request_of(*line))));
  } catch (const Error& error) {
    write_line(client, to_line(Reply(error.failure())));
  } catch (const std::exception& error) {  // of JSON, or for want of memory
    write_line(client, to_line(Reply(nonsense(error.what()))));
  }
}

std::optional<Reply> ask(const std::string& state, const Request& request) {
  const SocketAddress address(state);
  const Descriptor socket = local_socket();
  if (!address.is_good() || connect(socket.get(), address.get(), address.size()) != 0) {
    return std::nullopt;
  }
  set_patience(socket, patience_with_program.count());
  if (write_line(socket, to_line(request))) {
    const auto line = read_line(socket, longest_reply, patience_with_program);
    if (line) return reply_of(*line);
  }
  return Reply(Failure{.what = "the running program does not answer",
                       .kind = FailureClass::errored,
                       .hint = "try again; if that does not help, end it and run it anew"});
}

}  // namespace oche::cli
