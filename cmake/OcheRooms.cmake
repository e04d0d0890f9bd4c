# OcheRooms.cmake - one library for each room, made of every source in src/<room>.
# SPDX-License-Identifier: Apache-2.0

# oche_room(<room> [READS <room>…] [SHOWS <target>…] [HIDES <target>…])
#
# READS: rooms below; SHOWS: libraries whose headers appear in ours; HIDES: libraries that only our
# sources see. A room that has no source yet is an interface library, so that others can name it.
function(oche_room room)
  cmake_parse_arguments(ARG "" "" "READS;SHOWS;HIDES" ${ARGN})
  set(target oche_${room})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${room}/*.cpp")
  if(sources)
    add_library(${target} STATIC ${sources})
    set(visible PUBLIC)
    oche_flags(${target})
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(${target} PRIVATE ${ARG_HIDES})
  else()
    add_library(${target} INTERFACE)
    set(visible INTERFACE)
  endif()
  add_library(oche::${room} ALIAS ${target})
  target_compile_features(${target} ${visible} cxx_std_20)
  target_include_directories(${target} ${visible} "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>")
  target_link_libraries(${target} ${visible} Boost::headers fmt::fmt ${ARG_SHOWS})
  foreach(below IN LISTS ARG_READS)
    target_link_libraries(${target} ${visible} oche_${below})
  endforeach()
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${room} OCHE_HIDES "${ARG_HIDES}")
  set_property(GLOBAL APPEND PROPERTY OCHE_ROOMS ${room})
  set_property(GLOBAL APPEND PROPERTY OCHE_TARGETS ${target})
endfunction()

# oche_bundle(<name> <room>…): a name for several rooms together.
function(oche_bundle name)
  add_library(oche_${name} INTERFACE)
  add_library(oche::${name} ALIAS oche_${name})
  set_target_properties(oche_${name} PROPERTIES EXPORT_NAME ${name})
  foreach(room IN LISTS ARGN)
    target_link_libraries(oche_${name} INTERFACE oche_${room})
  endforeach()
  set_property(GLOBAL APPEND PROPERTY OCHE_TARGETS oche_${name})
endfunction()
