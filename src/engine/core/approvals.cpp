// approvals.cpp - who has agreed to which value, where.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/approvals.hpp"

#include <oche/base/error.hpp>

#include <memory>
#include <utility>

namespace oche::detail {

Approvals::Approvals(Services& services) : services_(services) {
  const auto stored = services.store->reader().approvals();
  if (!stored) throw Error(stored.failure());
  for (const Approval& approval : stored.value())
    given_.emplace(approval.path, approval.digest);
}

void Approvals::give(const std::string& path, const Digest& value, const std::string& who,
                     UnderWay wait, const std::function<void()>& kept) {
  ++under_way_;
  const auto held = std::make_shared<UnderWay>(std::move(wait));
  const auto was_told = std::make_shared<bool>(false);  // a write that waits is reported again
  services_.store->submit({Approval{path, value, who, services_.clock->now()}},
                          [this, path, value, kept, was_told, held,
                           &inbox = services_.inbox](const CommitReport& report) {
                            const bool is_stored = report.state == CommitReport::State::stored;
                            inbox.post([this, path, value, kept, was_told, held, is_stored] {
                              *held = UnderWay();  // here: copies of `held` go on other threads
                              if (!std::exchange(*was_told, true)) --under_way_;
                              if (!is_stored) return;
                              given_.emplace(path, value);
                              kept();
                            });
                          });
}

}  // namespace oche::detail
