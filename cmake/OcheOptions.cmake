# OcheOptions.cmake - what can be chosen when configuring, and the flags of every oche target.
# SPDX-License-Identifier: Apache-2.0

option(OCHE_WERROR "treat warnings as errors" OFF)
option(OCHE_TESTS "build the tests" ${PROJECT_IS_TOP_LEVEL})
option(OCHE_EXAMPLES "build the examples" ${PROJECT_IS_TOP_LEVEL})
option(OCHE_BENCH "build the benchmarks" ${PROJECT_IS_TOP_LEVEL})
option(OCHE_INSTALL "make the install rules" ${PROJECT_IS_TOP_LEVEL})

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "kind of build" FORCE)
  endif()
  # For clang-tidy and editors.
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  find_program(OCHE_CCACHE ccache)
  mark_as_advanced(OCHE_CCACHE)
  if(OCHE_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${OCHE_CCACHE}")
  endif()
endif()

# Warnings belong to our own files: they are private to each target and never exported. The first that
# is off speaks of members that a designated initialiser leaves out, which is what those are for; the
# other three are wrong about `"text" + string` in g++ 12 when it optimises (GCC bug 105651).
function(oche_flags target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  set(is_wrong -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
  target_compile_options(
    ${target}
    PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wsign-conversion
            -Wno-missing-field-initializers
            "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:${is_wrong}>"
            $<$<BOOL:${OCHE_WERROR}>:-Werror>)
endfunction()
