// scratch_folder.cpp - a folder of one's own, removed at the end.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#include "testing/scratch_folder.hpp"

#include <oche/base/error.hpp>

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace oche::testing {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() : path_((fs::temp_directory_path() / "oche-test-XXXXXX").string()) {
  if (::mkdtemp(path_.data()) != nullptr) return;
  throw Error(Failure{.what = "cannot make a folder for the test's state",
                      .kind = FailureClass::errored,
                      .facts = {{"folder", path_}, {"system", std::strerror(errno)}},
                      .hint = "set TMPDIR, or TestOptions::state"});
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace oche::testing
