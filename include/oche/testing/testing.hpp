// testing.hpp - everything that a test of a pipeline is written with.
// Layer: testing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/testing/end.hpp>            // IWYU pragma: export
#include <oche/testing/golden.hpp>         // IWYU pragma: export
#include <oche/testing/interleavings.hpp>  // IWYU pragma: export
#include <oche/testing/shown.hpp>          // IWYU pragma: export
#include <oche/testing/test_engine.hpp>    // IWYU pragma: export
