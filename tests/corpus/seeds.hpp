// seeds.hpp - the five seeds' pipelines, each with every mistake that can be planted in it.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/lint.hpp>
#include <oche/analysis/policy.hpp>
#include <oche/term/node.hpp>

#include <string_view>

namespace oche::tests {

/// A pipeline, what must hold of it, and what its linter knows.
struct Seed {
  AnyTerm pipeline;
  Policies policies;
  LintOptions lint = {};
};

// `planted` names the mistake, as tests/corpus/mistakes.cpp lists them; empty: the original.

/// Calculator: style, tests with coverage, a wheel that is published.
[[nodiscard]] Seed calculator_seed(std::string_view planted);
/// Packages for a remote runtime: discovered, tested, packed, deployed to three workspaces.
[[nodiscard]] Seed workspaces_seed(std::string_view planted);
/// A locked environment: made once, used by everything, scanned.
[[nodiscard]] Seed environment_seed(std::string_view planted);
/// Base images for two machines, reverse dependencies, pull requests of strangers.
[[nodiscard]] Seed images_seed(std::string_view planted);
/// A micro-service: tests with a database, an image that is pushed from the main branch.
[[nodiscard]] Seed service_seed(std::string_view planted);

}  // namespace oche::tests
