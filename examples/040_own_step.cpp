// 040_own_step.cpp - a step of your own: records in and out, a program inside, options.
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

#include <cstdlib>
#include <fstream>

using namespace oche;

struct Text {
  std::string title;
  std::string body;
};
BOOST_HANA_ADAPT_STRUCT(Text, title, body);

struct Size {
  std::uint64_t lines = 0;
  std::uint64_t words = 0;
  std::uint64_t bytes = 0;
};
BOOST_HANA_ADAPT_STRUCT(Size, lines, words, bytes);

// Version 2: the body once counted lines only. Raising the version runs it again for everybody.
const auto measure = step("measure",
                          [](Job& job, const Text& text) -> Result<Size> {
                            const std::string file = job.temporary_folder() + "/text";
                            std::ofstream(file) << text.body;
                            const JobCommandEnd end = job.run({.argv = {"wc", "text"}});
                            if (end.exit_status != 0)
                              return Failure{"wc cannot count " + text.title};
                            Size size;
                            char* at = const_cast<char*>(end.output.c_str());
                            size.lines = std::strtoull(at, &at, 10);
                            size.words = std::strtoull(at, &at, 10);
                            size.bytes = std::strtoull(at, &at, 10);
                            job.log("{} has {} words", text.title, size.words);
                            return size;
                          },
                          {.version = 2, .timeout = 1min, .level = Level::harmless});

Term<> report(std::string title, std::string body) {
  auto size = measure(Text{std::move(title), std::move(body)});
  auto enough = map([](const Size& s) { return s.words >= 3; }, size);
  return all({{"size", size}, {"long enough", only_if(enough, size, "fewer than three words")}});
}

int main(int argc, char** argv) {
  return oche::main(
      argc, argv,
      {
          .name = "own_step",
          .options = {{"title", "of the text", "a proverb"},
                      {"body", "the text", "many hands make light work\n"}},
          .pipeline =
              [](const Options& options) { return report(options["title"], options["body"]); },
      });
}
