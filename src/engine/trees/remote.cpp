// remote.cpp - `git ls-remote`.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/trees/remote.hpp"

#include "engine/caught.hpp"
#include "engine/trees/object_id.hpp"

#include <sys/stat.h>

#include <algorithm>

namespace oche::detail {

bool is_remote(std::string_view repository) {
  struct stat status;
  if (::stat(std::string(repository).c_str(), &status) == 0) return false;
  if (repository.find("://") != repository.npos) return true;
  const std::size_t colon = repository.find(':');  // host:path, as ssh has it
  return colon != repository.npos && colon < repository.find('/');
}

std::string without_password(std::string url) {
  const std::size_t start = url.find("://");
  if (start == url.npos) return url;
  const std::size_t at = url.rfind('@', url.find('/', start + 3));
  const std::size_t colon = url.find(':', start + 3);
  if (at == url.npos || colon == url.npos || at < colon) return url;
  return url.replace(colon + 1, at - colon - 1, "***");
}

void throw_remote_error(const std::string& repository, const GitAnswer& answer) {
  const std::string shown = without_password(repository);
  std::string reason = answer.errors;
  for (std::size_t at = reason.find(repository); at != reason.npos && shown != repository;
       at = reason.find(repository, at + shown.size())) {
    reason.replace(at, repository.size(), shown);
  }
  throw errored("git cannot read the repository", {{"repository", shown}, {"reason", reason}},
                "try `git ls-remote " + shown + "` in a terminal");
}

std::vector<RefValue> remote_refs(const std::string& repository, const RemoteOptions& options) {
  const GitAnswer answer = run_git({"ls-remote", "--quiet", "--", repository}, options);
  if (answer.exit_status != 0) throw_remote_error(repository, answer);
  std::vector<RefValue> refs;
  std::string_view rest = answer.output;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t tab = line.find('\t');
    if (tab == line.npos || !ObjectId::parse(line.substr(0, tab))) continue;
    std::string name(line.substr(tab + 1));
    // An annotated tag has a second line for what it tags.
    if (name.ends_with("^{}") && !refs.empty()) {
      refs.back().commit = line.substr(0, tab);
      continue;
    }
    refs.push_back({std::move(name), std::string(line.substr(0, tab))});
  }
  return refs;
}

const RefValue* pick_ref(const std::vector<RefValue>& refs, const std::string& ref) {
  for (const char* prefix : {"", "refs/", "refs/tags/", "refs/heads/"}) {
    const auto at = std::find_if(refs.begin(), refs.end(),
                                 [&](const RefValue& value) { return value.name == prefix + ref; });
    if (at != refs.end()) return &*at;
  }
  return nullptr;
}

}  // namespace oche::detail
