// by_hand_attempt.cpp - an attempt that a test or a simulation ends.
// Layer: engine.
// SPDX-License-Identifier: Apache-2.0
#include "engine/work/running_attempt.hpp"
#include <oche/base/error.hpp>

#include <filesystem>
#include <fstream>
#include <utility>

namespace oche::detail {

namespace {

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  if (!(std::ofstream(file, std::ios::binary | std::ios::trunc) << text)) {
    throw Error(Failure{.what = "cannot write a file that a command is to leave",
                        .kind = FailureClass::errored,
                        .facts = {{"file", file.string()}}});
  }
}

}  // namespace

void RunningAttempt::run_here() { run(); }

void RunningAttempt::exit_here(int status, const std::map<std::string, std::string>& files) {
  AttemptEnd failed;
  try {
    open_log();
    const std::filesystem::path here = folder();
    for (const auto& [name, text] : files)
      write_file(here / name, text);
    return command_ended({.exit_code = status});
  } catch (const Error& error) {
    failed.failure = error.failure();
  } catch (const std::exception& error) {
    failed.failure = Failure{.what = error.what(), .kind = FailureClass::errored};
  }
  end(std::move(failed));
}

}  // namespace oche::detail
