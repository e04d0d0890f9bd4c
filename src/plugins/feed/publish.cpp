// publish.cpp - put what was built where others find it.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/feed/publish.hpp>

#include "engine/work/running_job.hpp"
#include "plugins/feed/folder_feed.hpp"
#include <oche/base/error.hpp>
#include <oche/term/step.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <utility>

namespace oche {

namespace {

std::filesystem::path folder_of(Job& job, const std::string& feed) {
  if (feed.find('/') != std::string::npos) return feed;
  return std::filesystem::path(detail::state_folder_of(job)) / "feeds" / feed;
}

Result<Version> publish_tree(Job& job, const std::string& feed, const Latest<Tree>& what) {
  const Tree& tree = *what;
  try {
    detail::FolderFeed folder(folder_of(job, feed));
    std::optional<std::uint32_t> version = folder.find(tree);
    if (!version) {
      version = folder.add(tree, [&](const std::string& aside) {
        const Result<> laid = detail::trees_of(job).checkout(tree, aside);
        if (!laid) throw Error(laid.failure());
      });
    }
    folder.set_latest(*version);
    job.log("{} is now at version {}", feed, *version);
    return Version{feed, *version};
  } catch (const std::filesystem::filesystem_error& error) {
    return Failure{.what = fmt::format("cannot publish to feed {}", feed),
                   .kind = FailureClass::errored,
                   .facts = {{"system", error.code().message()}, {"file", error.path1().string()}},
                   .hint = "give the feed a folder that can be written to"};
  }
}

const auto publish_step = step<publish_tree>("publish", {.level = Level::above_average});

}  // namespace

Term<Version> publish(std::string feed, const Gated<Tree>& what, Where where) {
  if (feed.empty()) {
    throw Error(Failure{.what = "publish is given no feed",
                        .hint = "name one, as publish(\"releases\", …)",
                        .where = fmt::format("{}:{}", where.file_name(), where.line())});
  }
  return publish_step(std::move(feed), what, where);
}

}  // namespace oche
