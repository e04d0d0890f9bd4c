# OcheBench.cmake - one program for each bench/<name>.cpp, when Google Benchmark is there.
# SPDX-License-Identifier: Apache-2.0

find_package(benchmark QUIET)
if(NOT benchmark_FOUND)
  message(STATUS "Google Benchmark was not found: no benchmarks")
  return()
endif()

file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/bench/*.cpp")
foreach(source IN LISTS sources)
  get_filename_component(name "${source}" NAME_WE)
  set(target oche_bench_${name})
  add_executable(${target} "${source}")
  oche_flags(${target})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/bench"
                                               "${PROJECT_SOURCE_DIR}/src")
  target_compile_definitions(${target} PRIVATE OCHE_SOURCE_FOLDER="${PROJECT_SOURCE_DIR}"
                                               OCHE_EXAMPLES_FOLDER="${PROJECT_BINARY_DIR}/examples"
                                               OCHE_BENCH_CXX="${CMAKE_CXX_COMPILER}")
  target_link_libraries(${target} PRIVATE oche::oche oche::testing benchmark::benchmark)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY
                                                                 "${PROJECT_BINARY_DIR}/bench")
endforeach()

# It runs them.
if(OCHE_EXAMPLE_TARGETS)
  add_dependencies(oche_bench_prediction ${OCHE_EXAMPLE_TARGETS})
endif()

# The peer of the sweeps in bench/rounds.cpp.
option(OCHE_BENCH_TBB "measure oneTBB's flow graph beside the rounds" OFF)
if(OCHE_BENCH_TBB)
  find_package(TBB REQUIRED)
  target_compile_definitions(oche_bench_rounds PRIVATE OCHE_BENCH_TBB)
  target_link_libraries(oche_bench_rounds PRIVATE TBB::tbb)
endif()
