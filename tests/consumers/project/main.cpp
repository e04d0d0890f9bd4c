// main.cpp - a program that was built against an installed oche.
// Layer: consumer.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

oche::Term<> pipeline();

int main(int argc, char** argv) {
  return oche::main(argc, argv,
                    {
                        .name = "consumer",
                        .pipeline = [](const oche::Options&) { return pipeline(); },
                    });
}
