# clang.cmake - a toolchain file: the newest clang that is installed.
# SPDX-License-Identifier: Apache-2.0

find_program(OCHE_CLANG NAMES clang++-19 clang++-18 clang++-17 clang++-16 clang++ REQUIRED)
set(CMAKE_CXX_COMPILER "${OCHE_CLANG}")
