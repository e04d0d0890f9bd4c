# oche-config.cmake - what find_package(oche CONFIG) reads.
# SPDX-License-Identifier: Apache-2.0

include(CMakeFindDependencyMacro)
include("${CMAKE_CURRENT_LIST_DIR}/OcheDependencies.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/oche-targets.cmake")
