// leaks.cpp - what a leak checker finds in Graphviz' libraries after a layout, and is not ours.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0

// The leak checker's own name for it; nothing calls it in other builds.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\nleak:libpango\nleak:libgvc\n";
}
