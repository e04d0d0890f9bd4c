# OcheDependencies.cmake - the libraries that oche stands on; oche-config.cmake finds them again.
# SPDX-License-Identifier: Apache-2.0

find_package(Boost 1.81 CONFIG REQUIRED)
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(ZLIB REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(pugixml REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libcgraph REQUIRED IMPORTED_TARGET libcgraph)
pkg_check_modules(libgvc REQUIRED IMPORTED_TARGET libgvc)
pkg_check_modules(libgit2 REQUIRED IMPORTED_TARGET libgit2)

# Headers only, and only in our sources: users of an installed oche do not need them.
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
set(OCHE_HEADERS_ONLY nlohmann_json::nlohmann_json CLI11::CLI11)
