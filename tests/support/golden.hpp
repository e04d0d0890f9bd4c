// golden.hpp - the texts that tests of this repository keep: oche::testing's, in the folder tests/.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/testing/golden.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace oche::tests {

using testing::read_text;

/// As oche::testing::golden.
///
///     CHECK(oche::tests::golden("render/goldens/gated_deploy.1-planned.dot", dot, dot_structure));
template <class Means>
[[nodiscard]] bool golden(const std::string& name, std::string_view text, Means means) {
  return testing::golden(std::filesystem::path(OCHE_TESTS_FOLDER) / name, text, means);
}
[[nodiscard]] inline bool golden(const std::string& name, std::string_view text) {
  return testing::golden(std::filesystem::path(OCHE_TESTS_FOLDER) / name, text);
}

}  // namespace oche::tests
