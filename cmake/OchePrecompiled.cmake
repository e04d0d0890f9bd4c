# OchePrecompiled.cmake - what nearly every file reads, read once.
# SPDX-License-Identifier: Apache-2.0

# <string>, <vector>, <memory> and fmt cost 0.9 s a file, Catch another 0.8 s; precompiled, both cost
# 0.2 s. Not where ccache is used: it saves more from the second build on, but keeps no file that uses
# precompiled headers. Not in the clang preset either: somewhere a forgotten #include must be found.
option(OCHE_PRECOMPILE "precompile the headers that nearly every file reads" ${PROJECT_IS_TOP_LEVEL})
if(CMAKE_CXX_COMPILER_LAUNCHER)
  set(OCHE_PRECOMPILE OFF)
endif()

# oche_precompile(<target> <library> <header>…): headers that oche_reuse hands to other targets.
function(oche_precompile target library)
  if(OCHE_PRECOMPILE)
    file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/${target}.cpp" CONTENT "")
    add_library(${target} OBJECT "${PROJECT_BINARY_DIR}/${target}.cpp")
    oche_flags(${target})
    target_link_libraries(${target} PRIVATE fmt::fmt ${library})
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

function(oche_reuse target precompiled)
  if(OCHE_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${precompiled})
  endif()
endfunction()

oche_precompile(oche_precompiled "" <string> <vector> <memory> <optional> <fmt/core.h>)
