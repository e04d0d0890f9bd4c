// vault.hpp - secrets from the environment of the pipeline program.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/base/secret.hpp>

#include <functional>
#include <optional>
#include <string>

namespace oche::cli {

/// `secret("ci", "token")` is the variable OCHE_SECRET_CI_TOKEN; other characters than letters and
/// digits become `_`. Commands never inherit the environment, so only those that name it see it.
[[nodiscard]] std::function<std::optional<std::string>(const SecretName&)> environment_vault();

}  // namespace oche::cli
