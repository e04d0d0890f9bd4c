// operate.cpp - what people do to a state folder while no program is running on it.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/collect.hpp"
#include "engine/state/opened.hpp"
#include "engine/store/store.hpp"
#include <oche/base/clock.hpp>
#include <oche/base/error.hpp>

#include <algorithm>
#include <utility>

namespace oche {

namespace {

using detail::Attempt;
using detail::AttemptState;
using detail::Store;

Result<> drop(Store& store, const Digest& key) {
  const auto build = store.reader().build_number(key);
  if (!build) return build.failure();
  store.submit({detail::DropResult{key}, detail::SetBuildNumber{key, build.value() + 1}});
  return {};
}

}  // namespace

Result<std::vector<std::string>> StateFolder::rebuild(const std::string& folder,
                                                      const std::vector<std::string>& paths) {
  const auto store = Store::open(folder);
  if (!store) return store.failure();
  for (const std::string& path : paths) {
    const Result<Attempt> newest = detail::newest_attempt(store.value()->reader(), path);
    if (!newest) return newest.failure();
    if (const Result<> dropped = drop(*store.value(), newest.value().key); !dropped) {
      return dropped.failure();
    }
  }
  if (const Result<> flushed = store.value()->flush(); !flushed) return flushed.failure();
  return paths;
}

Result<std::vector<std::string>> StateFolder::rebuild_failed(const std::string& folder) {
  std::vector<std::string> failed;
  {
    const auto reader = detail::StoreReader::open(folder);
    if (!reader) return reader.failure();
    const auto paths = reader.value()->paths();
    if (!paths) return paths.failure();
    for (const std::string& path : paths.value()) {
      const Result<Attempt> newest = detail::newest_attempt(*reader.value(), path);
      if (newest.is_ok() && newest.value().state != AttemptState::ok) failed.push_back(path);
    }
  }
  return rebuild(folder, failed);
}

Result<Collected> StateFolder::collect(const std::string& folder, const Retention& retention,
                                       bool is_dry) {
  return detail::collect(folder,
                         {.retention = retention, .now = system_clock()->now(), .is_dry = is_dry});
}

Result<> StateFolder::approve(const std::string& folder, const Question& question,
                              const std::string& who) {
  const auto store = Store::open(folder);
  if (!store) return store.failure();
  store.value()->submit(
      {detail::Approval{question.path, question.value, who, system_clock()->now()}});
  return store.value()->flush();
}

}  // namespace oche
