// masker.cpp - replaces secrets in a stream of bytes.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
//
// Goal: no secret leaves, however it is cut into pieces. Of the bytes at hand, the *open end*
// starts at the first position from which everything that follows could be the start of a secret.
// Bytes before it are decided; it stays held. A match counts only if it starts before the open end,
// since otherwise masking a short secret could let out the rest of a longer one that starts
// earlier. Cost: O(bytes × secrets); what is held is shorter than the longest secret.
#include "engine/process/masker.hpp"

#include <algorithm>

namespace oche::detail {
namespace {

constexpr std::string_view mask = "***";
constexpr std::size_t shortest_line =
    8;  // shorter lines of a long secret are no secret by themselves

void add_long_lines(const std::string& secret, std::vector<std::string>& out) {
  std::string_view rest = secret;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() >= shortest_line) out.emplace_back(line);
  }
}

}  // namespace

Masker::Masker(const std::vector<std::string>& secrets) {
  for (const auto& secret : secrets) {
    if (secret.empty()) continue;
    secrets_.push_back(secret);
    add_long_lines(secret, secrets_);
  }
  std::ranges::sort(secrets_, [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  secrets_.erase(std::ranges::unique(secrets_).begin(), secrets_.end());
}

Masker::Match Masker::first_match(std::string_view bytes, std::size_t from) const {
  Match first{std::string_view::npos, 0};
  for (const auto& secret : secrets_) {  // at the same place the longest wins: it comes first
    const auto at = bytes.find(secret, from);
    if (at < first.at) first = {at, secret.size()};
  }
  return first;
}

std::size_t Masker::start_of_open_end(std::string_view bytes, std::size_t from) const {
  const auto reach = secrets_.front().size() - 1;
  auto at = std::max(from, bytes.size() - std::min(bytes.size(), reach));
  for (; at < bytes.size(); ++at) {
    const auto end = bytes.substr(at);
    const auto could_start = [&](const std::string& secret) {
      return secret.size() > end.size() && secret.starts_with(end);
    };
    if (std::ranges::any_of(secrets_, could_start)) return at;
  }
  return bytes.size();
}

void Masker::feed(std::string_view bytes, std::string& out) {
  if (is_idle()) {
    out += bytes;
    return;
  }
  std::string joined;
  if (!held_.empty()) {
    joined = held_;
    joined += bytes;
    bytes = joined;
  }
  std::size_t from = 0;
  auto open_end = start_of_open_end(bytes, from);
  for (auto match = first_match(bytes, from); match.at < open_end;
       match = first_match(bytes, from)) {
    out += bytes.substr(from, match.at - from);
    out += mask;
    from = match.at + match.length;
    open_end = start_of_open_end(bytes, from);
  }
  out += bytes.substr(from, open_end - from);
  held_ = std::string(bytes.substr(open_end));
}

void Masker::flush(std::string& out) {
  std::size_t from = 0;
  for (auto match = first_match(held_, from); match.at != std::string::npos;
       match = first_match(held_, from)) {
    out.append(held_, from, match.at - from);
    out += mask;
    from = match.at + match.length;
  }
  out.append(held_, from);
  held_.clear();
}

}  // namespace oche::detail
