// vault.cpp - secrets from the environment of the pipeline program.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/vault.hpp"

#include <cctype>
#include <cstdlib>

namespace oche::cli {

namespace {

std::string variable_of(const SecretName& name) {
  std::string variable = "OCHE_SECRET_" + name.vault + "_" + name.name;
  for (char& c : variable) {
    const auto byte = static_cast<unsigned char>(c);
    c = std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_';
  }
  return variable;
}

}  // namespace

std::function<std::optional<std::string>(const SecretName&)> environment_vault() {
  return [](const SecretName& name) -> std::optional<std::string> {
    const char* bytes = std::getenv(variable_of(name).c_str());
    if (bytes == nullptr) return std::nullopt;
    return std::string(bytes);
  };
}

}  // namespace oche::cli
