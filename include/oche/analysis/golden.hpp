// golden.hpp - every operation of a pipeline with its arguments, as text to keep in a test.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/facts.hpp>

#include <string>

namespace oche {

/// The whole pipeline as text, one paragraph for each visible node, sorted by path.
///
///     CHECK(golden(Facts{Graph(pipeline())}) == file_text("pipeline.golden"));
///
/// The same bytes for the same pipeline, in every run and build. Names no source lines, so code may
/// move; lists neither bodies of functions nor what a hole will build.
/// Cost: linear, where no function has thousands of inputs.
[[nodiscard]] std::string golden(const Facts& facts);

}  // namespace oche
