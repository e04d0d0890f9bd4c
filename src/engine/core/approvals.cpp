// approvals.cpp - who has agreed to which value, where.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/core/approvals.hpp"

#include <oche/base/error.hpp>

namespace oche::detail {

Approvals::Approvals(Services& services) : services_(services) {
  const auto stored = services.store->reader().approvals();
  if (!stored) throw Error(stored.failure());
  for (const Approval& approval : stored.value()) given_.emplace(approval.path, approval.digest);
}

void Approvals::give(const std::string& path, const Digest& value, const std::string& who,
                     std::function<void()> kept) {
  services_.store->submit(
      {Approval{path, value, who, services_.clock->now()}},
      [this, path, value, kept, &inbox = services_.inbox](const CommitReport& report) {
        if (report.state != CommitReport::State::stored) return;
        inbox.post([this, path, value, kept] {
          given_.emplace(path, value);
          kept();
        });
      });
}

}  // namespace oche::detail
