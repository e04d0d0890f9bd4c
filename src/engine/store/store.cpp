// store.cpp - opening a state folder and handing out its parts.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/store/store.hpp"

#include "engine/store/folder_lock.hpp"
#include "engine/store/schema.hpp"
#include "engine/store/writer.hpp"

namespace oche::detail {

Store::Store(std::string folder, std::unique_ptr<FolderLock> lock,
             std::unique_ptr<StoreReader> reader, std::unique_ptr<Writer> writer,
             std::int64_t next_attempt)
    : folder_(std::move(folder)),
      lock_(std::move(lock)),
      reader_(std::move(reader)),
      writer_(std::move(writer)),
      next_attempt_(next_attempt) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const std::string& folder, Commits commits) {
  return caught([&] {
    make_state_folder(folder);
    auto lock = std::make_unique<FolderLock>(folder);
    using Mode = Connection::Mode;
    const Mode mode = commits == Commits::on_thread ? Mode::writing : Mode::writing_unsynced;
    auto connection = std::make_shared<Connection>(database_of(folder), mode);
    const auto next = caught_from(*connection, [&] {
      migrate(*connection, migrations());
      return connection->number("SELECT seq + 1 FROM sqlite_sequence WHERE name = 'attempts'");
    });
    if (!next) throw Error(next.failure());
    // What is held, only the connection sees that has written it.
    Result<std::unique_ptr<StoreReader>> reader =
        commits == Commits::held ? StoreReader::on(connection) : StoreReader::open(folder);
    if (!reader) throw Error(reader.failure());
    return std::unique_ptr<Store>(
        new Store(folder, std::move(lock), std::move(reader).value(),
                  std::make_unique<Writer>(std::move(connection), commits),
                  std::max<std::int64_t>(1, next.value())));
  });
}

bool Store::is_after_crash() const { return lock_->was_held_by_the_dead(); }

void Store::submit(Changes changes, OnCommitted on_committed) {
  writer_->submit(std::move(changes), std::move(on_committed));
}

void Store::submit_soon(Changes changes, OnCommitted on_committed) {
  writer_->submit_soon(std::move(changes), std::move(on_committed));
}

void Store::hurry() { writer_->hurry(); }

std::size_t Store::waiting() const { return writer_->waiting(); }

Result<> Store::flush() { return writer_->flush(); }

bool Store::commit_by_hand() { return writer_->commit_by_hand(); }

void Store::show() { writer_->show(); }

void Store::make_trouble(CommitTrouble trouble) { writer_->make_trouble(trouble); }

void Store::abandon() { writer_->abandon(); }

}  // namespace oche::detail
