# OcheTests.cmake - one test program for each folder of tests/; ctest counts its test cases.
# SPDX-License-Identifier: Apache-2.0

find_package(Catch2 2.13 REQUIRED)
find_package(Python3 COMPONENTS Interpreter)

add_library(oche_tests_main OBJECT "${PROJECT_SOURCE_DIR}/tests/main.cpp")
oche_flags(oche_tests_main)
target_link_libraries(oche_tests_main PRIVATE Catch2::Catch2)

oche_precompile(oche_precompiled_tests Catch2::Catch2 <string> <vector> <memory> <optional>
                <fmt/core.h> <catch2/catch.hpp>)

# What a sanitizer's runs need: names in stack traces, and the leaks that are not ours.
set(OCHE_TEST_ENVIRONMENT "")
if(OCHE_SANITIZER)
  find_program(OCHE_SYMBOLIZER NAMES llvm-symbolizer addr2line)
  if(OCHE_SYMBOLIZER)
    list(APPEND OCHE_TEST_ENVIRONMENT "ASAN_SYMBOLIZER_PATH=${OCHE_SYMBOLIZER}"
         "TSAN_SYMBOLIZER_PATH=${OCHE_SYMBOLIZER}" "UBSAN_SYMBOLIZER_PATH=${OCHE_SYMBOLIZER}")
  endif()
  list(APPEND OCHE_TEST_ENVIRONMENT "UBSAN_OPTIONS=print_stacktrace=1"
       "TSAN_OPTIONS=suppressions='${PROJECT_SOURCE_DIR}/cmake/tsan.supp'"
       "LSAN_OPTIONS=suppressions='${PROJECT_SOURCE_DIR}/cmake/lsan.supp':print_suppressions=0")
endif()

set(OCHE_PATIENCE 900 CACHE STRING "How many seconds a test may take")

# Catch's own discovery runs the program while building; ours asks it when ctest starts, so that a
# program that cannot start is a failed test, and names may hold any character.
function(oche_discover target prefix)
  set(script "${CMAKE_CURRENT_BINARY_DIR}/${target}.ctest.cmake")
  set(OCHE_DISCOVER_PREFIX "${prefix}")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/discover.cmake.in" "${script}.in" @ONLY)
  file(GENERATE OUTPUT "${script}" INPUT "${script}.in" TARGET ${target})
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}")
endfunction()

function(oche_test_program folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/${folder}/*.cpp")
  if(NOT sources)
    return()
  endif()
  set(target oche_tests_${folder})
  add_executable(${target} ${sources} $<TARGET_OBJECTS:oche_tests_main>)
  oche_flags(${target})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src"
                                               "${PROJECT_SOURCE_DIR}/tests")
  target_compile_definitions(${target} PRIVATE OCHE_TESTS_FOLDER="${PROJECT_SOURCE_DIR}/tests")
  if(folder MATCHES "^(cli|examples)$")
    target_compile_definitions(
      ${target} PRIVATE OCHE_EXAMPLES_FOLDER="${PROJECT_BINARY_DIR}/examples")
    target_link_libraries(${target} PRIVATE PkgConfig::libcgraph nlohmann_json::nlohmann_json)
  endif()
  get_property(rooms GLOBAL PROPERTY OCHE_ROOMS)
  if(folder IN_LIST rooms)
    # A room's tests see no higher room, but may include what the room hides from its readers.
    get_target_property(hidden oche_${folder} OCHE_HIDES)
    target_link_libraries(${target} PRIVATE oche_${folder} $<$<BOOL:${hidden}>:${hidden}>)
    if(folder MATCHES "^(engine|plugins)$")
      target_link_libraries(${target} PRIVATE oche_testing)  # what needs no threads is driven by hand
    elseif(folder STREQUAL testing)
      target_link_libraries(${target} PRIVATE oche_plugins)  # as the pipelines that users test
    endif()
  else()
    target_link_libraries(${target} PRIVATE oche::oche)
  endif()
  target_link_libraries(${target} PRIVATE Catch2::Catch2 Threads::Threads)
  oche_reuse(${target} oche_precompiled_tests)
  oche_unity(${target} ${sources})
  if(OCHE_UNITY)  # a file may use a word that its neighbour uses for something of its own
    target_compile_options(${target} PRIVATE -Wno-shadow)
  endif()
  oche_discover(${target} ${folder})
endfunction()

# A folder with a CMakeLists.txt of its own says itself how it is tested.
file(GLOB folders CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/tests"
     "${PROJECT_SOURCE_DIR}/tests/*")
foreach(folder IN LISTS folders)
  if(EXISTS "${PROJECT_SOURCE_DIR}/tests/${folder}/CMakeLists.txt")
    add_subdirectory("${PROJECT_SOURCE_DIR}/tests/${folder}" "tests/${folder}")
  elseif(IS_DIRECTORY "${PROJECT_SOURCE_DIR}/tests/${folder}")
    if(folder MATCHES "^(cli|examples)$" AND NOT OCHE_EXAMPLES)
      continue()  # they run the example programs
    endif()
    oche_test_program(${folder})
  endif()
endforeach()
