// folder.cpp - the files of a folder, as a value.
// Layer: plugins.
// SPDX-License-Identifier: Apache-2.0
#include <oche/plugins/fs/folder.hpp>

#include <boost/hana/adapt_struct.hpp>

BOOST_HANA_ADAPT_STRUCT(oche::WatchedFile, path, digest, executable);
BOOST_HANA_ADAPT_STRUCT(oche::WatchedFolder, path, files);

namespace oche {

constinit const Type TypeOf<WatchedFile>::value = detail::describe<WatchedFile>();
constinit const Type TypeOf<WatchedFolder>::value = detail::describe<WatchedFolder>();

std::string item_name(const WatchedFile& file) { return file.path; }

}  // namespace oche
