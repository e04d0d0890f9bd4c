# OcheDependencies.cmake - the libraries that oche stands on; also read by the installed package.
# SPDX-License-Identifier: Apache-2.0

find_package(Boost 1.81 CONFIG REQUIRED)
find_package(fmt REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(SQLiteCpp REQUIRED)
find_package(pugixml REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libcgraph REQUIRED IMPORTED_TARGET libcgraph)
pkg_check_modules(libgvc REQUIRED IMPORTED_TARGET libgvc)
pkg_check_modules(libgit2 REQUIRED IMPORTED_TARGET libgit2)
