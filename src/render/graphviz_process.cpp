// graphviz_process.cpp - what Graphviz has only one of in a process: its lock and its complaints.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#include "render/graphviz.hpp"

namespace oche::detail {
namespace {

/// Of the one thread that holds the mutex.
std::string& complaints() {
  static std::string text;
  return text;
}
int complain(char* text) {
  complaints() += text;
  return 0;
}

}  // namespace

std::mutex& graphviz_mutex() {
  static std::mutex mutex;
  return mutex;
}

Complaints::Complaints() : before_(agseterrf(&complain)) { complaints().clear(); }
Complaints::~Complaints() { agseterrf(before_); }
const std::string& Complaints::text() const { return complaints(); }

}  // namespace oche::detail
