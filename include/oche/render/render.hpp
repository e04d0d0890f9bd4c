// render.hpp - every way to draw a graph.
// Layer: render.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/render/dot.hpp>      // IWYU pragma: export
#include <oche/render/json.hpp>     // IWYU pragma: export
#include <oche/render/mermaid.hpp>  // IWYU pragma: export
#include <oche/render/picture.hpp>  // IWYU pragma: export
#include <oche/render/svg.hpp>      // IWYU pragma: export
#include <oche/render/text.hpp>     // IWYU pragma: export
