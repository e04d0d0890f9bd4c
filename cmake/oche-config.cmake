# oche-config.cmake - what find_package(oche CONFIG) reads.
# SPDX-License-Identifier: Apache-2.0

include(CMakeFindDependencyMacro)
find_dependency(Boost 1.81 CONFIG)
find_dependency(fmt)
find_dependency(Threads)
find_dependency(OpenSSL COMPONENTS Crypto)
find_dependency(ZLIB)
find_dependency(SQLiteCpp)
find_dependency(pugixml)
find_dependency(PkgConfig)
foreach(oche_library IN ITEMS libcgraph libgvc libgit2)
  if(NOT TARGET PkgConfig::${oche_library})
    pkg_check_modules(${oche_library} QUIET IMPORTED_TARGET ${oche_library})
  endif()
  if(NOT TARGET PkgConfig::${oche_library})
    set(oche_FOUND FALSE)
    set(oche_NOT_FOUND_MESSAGE "oche needs ${oche_library}, which pkg-config does not know")
    return()
  endif()
endforeach()

include("${CMAKE_CURRENT_LIST_DIR}/oche-targets.cmake")
