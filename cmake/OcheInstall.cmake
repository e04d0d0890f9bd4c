# OcheInstall.cmake - headers, libraries, the CMake package and the pkg-config file.
# SPDX-License-Identifier: Apache-2.0

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package "${CMAKE_INSTALL_LIBDIR}/cmake/oche")
get_property(targets GLOBAL PROPERTY OCHE_TARGETS)
install(
  TARGETS ${targets}
  EXPORT oche-targets
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/oche" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(EXPORT oche-targets NAMESPACE oche:: DESTINATION "${package}")

write_basic_package_version_file("${PROJECT_BINARY_DIR}/oche-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_SOURCE_DIR}/cmake/oche-config.cmake"
        "${PROJECT_BINARY_DIR}/oche-config-version.cmake"
  DESTINATION "${package}")

# Static libraries in the order the linker wants them: readers before what they read.
set(OCHE_PC_LIBS "")
get_property(rooms GLOBAL PROPERTY OCHE_ROOMS)
foreach(room IN LISTS rooms)
  get_target_property(type oche_${room} TYPE)
  if(type STREQUAL "STATIC_LIBRARY")
    string(PREPEND OCHE_PC_LIBS "-loche_${room} ")
  endif()
endforeach()
file(RELATIVE_PATH OCHE_PC_PREFIX "${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/pkgconfig"
     "${CMAKE_INSTALL_PREFIX}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/oche.pc.in" "${PROJECT_BINARY_DIR}/oche.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/oche.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
