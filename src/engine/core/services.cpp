// services.cpp - what every part of one engine shares.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/services.hpp"

#include "engine/work/orphans.hpp"
#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <random>
#include <system_error>
#include <thread>
#include <utility>

namespace oche::detail {

namespace {

EngineOptions completed(EngineOptions options) {
  if (options.slots == 0) options.slots = std::max(1U, std::thread::hardware_concurrency());
  if (options.seed == 0) options.seed = std::random_device{}();
  if (!options.clock) options.clock = system_clock();
  std::error_code ignored;  // a folder that cannot be named will fail with a better text below
  const auto absolute = std::filesystem::absolute(options.state, ignored);
  if (!ignored) options.state = absolute.lexically_normal().string();
  return options;
}

Workers::Hand hand(const std::shared_ptr<ByHand>& by_hand, ByHand::Line line) {
  if (!by_hand) return nullptr;
  return [by_hand, line](std::string name, std::function<void()> work) {
    by_hand->later(line, std::move(name), std::move(work));
  };
}

Commits commits(const ByHand* by_hand) {
  if (by_hand == nullptr) return Commits::on_thread;
  return by_hand->has_folder_alone() ? Commits::held : Commits::by_hand;
}

std::unique_ptr<Store> opened(const std::string& folder, const ByHand* by_hand) {
  Result<std::unique_ptr<Store>> store = Store::open(folder, commits(by_hand));
  if (!store) throw Error(store.failure());
  return std::move(store).value();
}

}  // namespace

Services::Services(EngineOptions given, std::shared_ptr<ByHand> hands)
    : options(completed(std::move(given))),
      by_hand(std::move(hands)),
      clock(options.clock),
      seed(options.seed),
      store(opened(options.state, by_hand.get())),
      trees((folder() / "objects.git").string()),
      work_folders(folder() / "work"),
      lookups(1, hand(by_hand, ByHand::Line::lookups)),
      readers(4, hand(by_hand, ByHand::Line::readers)),
      workers(options.slots + spare_workers, hand(by_hand, ByHand::Line::workers)),
      processes(clock) {
  // What a crash left behind: half-written objects, working folders, attempts that say "running".
  if (const Result<> recovered = trees.recover(); !recovered) throw Error(recovered.failure());
  if (store->is_after_crash()) end_orphans(folder() / "work");
  if (const auto running = store->reader().running_attempts();
      !running || !running.value().empty()) {
    store->submit({LoseRunning{clock->now()}});
  }
  work_folders.clear();
  clock_moves = clock->subscribe([this] { inbox.nudge(); });
}

std::string Services::log_name(std::int64_t attempt) {
  // A thousand logs a folder: listing one stays quick.
  return fmt::format("logs/{:03}/{}.log", attempt / 1000, attempt);
}

}  // namespace oche::detail
