// watch_file.hpp - what a file of the machine says, as an input.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/term/term.hpp>

#include <string>

namespace oche {

/// The bytes of a file, read again when it is written, replaced, renamed or made anew.
///
///     auto settings = map(parse_settings, watch_file("/etc/app/settings.json"));
///
/// While it is not there the last text stays, stale. Nothing is watched while nobody wants it. Of a
/// link, what it leads to is read, but only the link is watched.
///
/// Diagram: an input, its path.
/// Fails: *errored*, if it was never read, or is larger than 16 MiB: such a one belongs in a tree.
[[nodiscard]] Term<std::string> watch_file(const std::string& path, Where where = Where::current());

}  // namespace oche
