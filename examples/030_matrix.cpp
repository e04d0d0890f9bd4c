// 030_matrix.cpp - every platform with every compiler, drawn before the platforms are known.
// Layer: examples.
// SPDX-License-Identifier: Apache-2.0
#include <oche/oche.hpp>

#include <algorithm>

using namespace oche;

struct Platform {
  std::string name;
  std::vector<std::string> compilers;
};
BOOST_HANA_ADAPT_STRUCT(Platform, name, compilers);

// What the item of a list of platforms is called in paths: `platforms/debian-12/…`.
std::string item_name(const Platform& platform) { return platform.name; }

const auto platforms_of = step("platforms", [](Job&, const std::string& names) {
  std::vector<Platform> found;
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(',', at), names.size());
    found.push_back({names.substr(at, end - at), {"gcc-12", "clang-19"}});
    at = end + 1;
  }
  return found;
});

const auto compile =
    step("compile",
         [](Job& job, const std::string& platform, const std::string& compiler) -> std::string {
           job.log("compiling on {} with {}", platform, compiler);
           return platform + "/" + compiler;
         });

const auto test_binary =
    step("test", [](Job& job, const std::string& binary) { job.log("testing {}", binary); });

// The function given to list_map runs once, now, on a symbolic item: the whole matrix is in the
// diagram before the first platform is known.
Term<> matrix(std::string names) {
  auto platforms = platforms_of(names);
  return list_iter(platforms, by(&Platform::name), [](Term<Platform> platform) {
    auto name = map([](const Platform& p) { return p.name; }, platform);
    auto compilers = map([](const Platform& p) { return p.compilers; }, platform);
    return list_iter(compilers, [&](Term<std::string> compiler) {
      return test_binary(compile(name, compiler));
    });
  });
}

int main(int argc, char** argv) {
  return oche::main(
      argc, argv,
      {
          .name = "matrix",
          .options = {{"platforms", "names, with commas between", "debian-12,alpine-3.20"}},
          .pipeline = [](const Options& options) { return matrix(options["platforms"]); },
      });
}
