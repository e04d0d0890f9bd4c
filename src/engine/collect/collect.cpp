// collect.cpp - removes from a state folder what nobody needs any more.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/collect.hpp"

#include "engine/collect/choose.hpp"
#include "engine/collect/sweep.hpp"
#include "engine/store/folder_lock.hpp"
#include "engine/store/schema.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

namespace oche::detail {

namespace {

/// Gives the room that removed rows took back to the disk, if there is much of it.
void shrink(Connection& connection) {
  const std::int64_t pages = connection.number("PRAGMA page_count");
  if (connection.number("PRAGMA freelist_count") * 4 < pages) return;
  try {
    connection.run("VACUUM");
    connection.run("PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const SQLite::Exception&) {
    return;  // it needs room to give room; the pages are used again
  }
}

Collected collect_from(Connection& connection, const std::string& folder,
                       const CollectOptions& options) {
  Objects objects(folder + "/objects.git");
  const ObjectFiles files = find_object_files(objects.folder());
  Reach reach(objects, files);
  Stock stock = take_stock(connection);
  Collected collected;
  const auto size_of_log = [&](const std::string& log) -> std::uint64_t {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(folder + "/" + log, error);
    return error ? 0 : size;
  };
  collected.kept_bytes = choose(stock, options.retention, options.now, reach, size_of_log);
  for (const StockedResult& result : stock.results)
    ++(result.is_kept ? collected.kept_results : collected.results);
  for (const StockedAttempt& attempt : stock.attempts)
    collected.attempts += attempt.is_kept ? 0U : 1U;
  if (!options.is_dry) remove_rows(connection, stock);
  const Sweep sweep{folder, options.is_dry, options.spared};
  sweep.logs(stock, collected);
  sweep.objects(files, reach, objects, collected);
  if (!options.is_dry) shrink(connection);
  return collected;
}

}  // namespace

Result<Collected> collect(const std::string& folder, const CollectOptions& options) {
  return caught([&] {
    const std::string file = database_of(folder);
    if (!std::filesystem::exists(file)) throw_nothing_stored(file);
    std::unique_ptr<FolderLock> lock;
    if (!options.is_dry) lock = std::make_unique<FolderLock>(folder);
    Connection connection(file,
                          options.is_dry ? Connection::Mode::reading : Connection::Mode::writing);
    const auto collected = caught_from(connection, [&] {
      options.is_dry ? check_version(connection) : migrate(connection, migrations());
      return collect_from(connection, folder, options);
    });
    if (!collected) throw Error(collected.failure());
    return collected.value();
  });
}

}  // namespace oche::detail
