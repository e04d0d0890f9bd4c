# OcheExamples.cmake - one program for each examples/<name>.cpp or examples/<name>/*.cpp.
# SPDX-License-Identifier: Apache-2.0

function(oche_example name)
  set(target oche_example_${name})
  list(APPEND OCHE_EXAMPLE_TARGETS ${target})
  set(OCHE_EXAMPLE_TARGETS "${OCHE_EXAMPLE_TARGETS}" PARENT_SCOPE)
  add_executable(${target} ${ARGN})
  oche_flags(${target})
  target_link_libraries(${target} PRIVATE oche::oche)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY
                                                                 "${PROJECT_BINARY_DIR}/examples")
endfunction()

# examples/<name>/tests/*.cpp: tests of the pipeline as its users would write them, one program with
# everything of the example but its main.cpp; run in the example's folder, where its goldens are.
function(oche_example_tests name)
  set(path "${PROJECT_SOURCE_DIR}/examples/${name}")
  file(GLOB tests CONFIGURE_DEPENDS "${path}/tests/*.cpp")
  if(NOT OCHE_TESTS OR NOT tests)
    return()
  endif()
  set(target oche_example_${name}_tests)
  list(FILTER ARGN EXCLUDE REGEX "/main\\.cpp$")
  add_executable(${target} ${ARGN} ${tests})
  oche_flags(${target})
  target_link_libraries(${target} PRIVATE oche::oche oche::testing)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY
                                             "${PROJECT_BINARY_DIR}/examples/tests")
  add_test(NAME "examples/the tests of ${name}'s pipeline" COMMAND ${target}
           WORKING_DIRECTORY "${path}")
endfunction()

file(GLOB entries CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/examples"
     "${PROJECT_SOURCE_DIR}/examples/*")
foreach(entry IN LISTS entries)
  set(path "${PROJECT_SOURCE_DIR}/examples/${entry}")
  if(IS_DIRECTORY "${path}")
    file(GLOB sources CONFIGURE_DEPENDS "${path}/*.cpp")
    if(sources)
      oche_example(${entry} ${sources})
      oche_example_tests(${entry} ${sources})
    endif()
  elseif(entry MATCHES "^(.+)\\.cpp$")
    oche_example(${CMAKE_MATCH_1} "${path}")
  endif()
endforeach()

# The tests that run the example programs.
foreach(tests oche_tests_cli oche_tests_examples)
  if(TARGET ${tests})
    add_dependencies(${tests} ${OCHE_EXAMPLE_TARGETS})
  endif()
endforeach()
