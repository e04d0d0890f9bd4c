// 010_hello.cpp - one step that greets.
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

using namespace oche;

// A step is a function with a name. Its key is its name, its version and its arguments: called
// again
// with the same ones, it is not run again.
const auto greet = step("greet", [](Job& job, const std::string& who) -> std::string {
  job.log("Hello, {}!", who);
  return "Hello, " + who + "!";
});

int main(int argc, char** argv) {
  return oche::main(argc, argv,
                    {
                        .name = "hello",
                        .options = {{"who", "whom to greet", "world"}},
                        .pipeline = [](const Options& options) { return greet(options["who"]); },
                    });
}
