// failure.cpp - the texts of errors.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include <oche/base/error.hpp>

#include <catch2/catch.hpp>

using namespace oche;

TEST_CASE("failure: its text", "[base][failure]") {
  CHECK(render({"no space left"}) == "error: no space left\n");
  CHECK(render({.what = "no space left",
                .kind = FailureClass::errored,
                .facts = {{"input", "libfoo"}, {"größe", "3 GB"}},
                .hint = "free some space",
                .where = "build.cpp:12"}) ==
        "error: no space left\n"
        "  where   build.cpp:12\n"
        "  input   libfoo\n"
        "  größe   3 GB\n"
        "hint: free some space\n");
  CHECK(render({.what = "two\nlines\n", .facts = {{"log", "a\nb"}}, .hint = "x\ny"}) ==
        "error: two\n"
        "       lines\n"
        "  log   a\n"
        "        b\n"
        "hint: x\n"
        "      y\n");
  CHECK(render({"bell \a and \x1b[31m"}) == "error: bell \\x07 and \\x1b[31m\n");
  CHECK(render({.what = "w", .facts = {{"f", "v"}}, .hint = "h"}, TextStyle::coloured) ==
        "\x1b[1;31merror:\x1b[0m w\n"
        "  \x1b[2mf\x1b[0m   v\n"
        "\x1b[1mhint:\x1b[0m h\n");
}

TEST_CASE("failure: names of its class", "[base][failure]") {
  CHECK(to_string(FailureClass::failed) == "failed");
  CHECK(to_string(FailureClass::errored) == "errored");
  CHECK(to_string(FailureClass::timed_out) == "timed out");
  CHECK(to_string(FailureClass::cancelled) == "cancelled");
}

TEST_CASE("error: carries its failure", "[base][failure]") {
  try {
    throw Error{Failure{.what = "no such branch", .hint = "main"}};
  } catch (const std::runtime_error& error) {
    CHECK(error.what() == std::string("no such branch"));
    CHECK(dynamic_cast<const Error&>(error).failure().hint == "main");
  }
}

TEST_CASE("text: did you mean", "[base][text]") {
  const std::vector<std::string> names = {"lint", "tests", "publish", "x"};
  CHECK(detail::did_you_mean("lnit", names) == "did you mean \"lint\"?");  // swapped
  CHECK(detail::did_you_mean("tets", names) == "did you mean \"tests\"?");
  CHECK(detail::did_you_mean("publsih-", names) == "did you mean \"publish\"?");
  CHECK(detail::did_you_mean("deploy", names).empty());
  CHECK(detail::did_you_mean("y", names).empty());
  CHECK(detail::did_you_mean("", names).empty());
}

TEST_CASE("text: the most alike first", "[base][text]") {
  const std::vector<std::string> names = {"develop", "main", "release"};
  CHECK(detail::most_alike("mian", names, 1) == std::vector<std::string>{"main"});
  CHECK(detail::most_alike("releas", names).front() == "release");
  CHECK(detail::most_alike("releas", names).size() == 3);
  CHECK(detail::most_alike("x", {}).empty());
  CHECK(detail::listed(std::vector<std::string>{"plain", "with space"}) == "plain, 'with space'");
}

TEST_CASE("text: quoted for a shell", "[base][text]") {
  const std::vector<std::string> argv = {"sh", "-c", "echo 'a b' $X", "", "--out=dist/*.whl", "é"};
  CHECK(detail::shell_quote(argv) == R"(sh -c 'echo '\''a b'\'' $X' '' '--out=dist/*.whl' 'é')");
  CHECK(detail::shell_quote("-DX=1") == "-DX=1");
}

TEST_CASE("text: what is long is cut between characters", "[base][text]") {
  CHECK(detail::shortened("höher", 5) == "höher");
  CHECK(detail::shortened("höher", 4) == "höh…");
  CHECK(detail::shortened("höher", 3) == "hö…");
  CHECK(detail::shortened("höher", 2) == "h…");
  CHECK(detail::shortened("\xff\xfe\xc3 bytes", 4) == "\xff\xfe\xc3…");  // and does not run away
}
