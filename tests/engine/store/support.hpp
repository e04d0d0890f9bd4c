// support.hpp - records for the tests of the store.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/store/store.hpp"
#include "engine/trees/support.hpp"

#include <future>
#include <memory>
#include <string>

namespace state_tests {

using namespace std::chrono_literals;

inline Digest digest_of(int number) { return sha256(std::string("key ") + std::to_string(number)); }

inline Time at(int seconds) { return Time(std::chrono::seconds(1'700'000'000 + seconds)); }

inline StoredResult result_of(int number) {
  StoredResult result;
  result.key = digest_of(number);
  result.step = "step";
  result.version = "1";
  result.value = std::string("value ") + std::to_string(number);
  result.value_digest = sha256(result.value);
  result.finished = at(number);
  result.attempt = number;
  return result;
}

inline std::unique_ptr<Store> open_store(const std::string& folder) {
  return value_of(Store::open(folder));
}

/// Submits, and waits for the report.
inline CommitReport commit(Store& store, Changes changes) {
  auto promise = std::make_shared<std::promise<CommitReport>>();
  auto future = promise->get_future();
  store.submit(std::move(changes),
               [promise](const CommitReport& report) { promise->set_value(report); });
  return future.get();
}

inline bool is_stored(const CommitReport& report) {
  return report.state == CommitReport::State::stored;
}

}  // namespace state_tests
