// json.cpp - tests of JSON: round trips, and errors that say where.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/render/json.hpp>

#include "render/pipelines.hpp"
#include "render/states.hpp"

#include <catch2/catch.hpp>

using namespace oche;
using namespace oche::tests;

namespace {

std::string failure_of(std::string_view text) {
  const Result<Picture> read = picture_from_json(text);
  return read.is_failed() ? read.failure().what : "accepted";
}

/// A small picture's JSON with one part replaced.
std::string with(const std::string& part, const std::string& by) {
  std::string text =
      R"({"format": "oche-picture", "version": 1, "title": "t", "states": false, "counts": {},)"
      "\n"
      R"("groups": [{"id": "g", "title": "g", "kind": "section"}],)"
      "\n"
      R"("nodes": [{"id": "a", "kind": "step", "title": "a", "group": "g"}, )"
      R"({"id": "b", "kind": "gate", "title": ""}],)"
      "\n"
      R"("edges": [{"from": "a", "to": "b", "kind": "data"}], "notes": []})";
  if (part.empty()) return text;
  const std::size_t at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), by);
}

}  // namespace

TEST_CASE("json: every picture comes back as it was", "[render]") {
  for (const AnyTerm& term :
       {gated_deploy(), calculator(), platforms(), groups(), many_to_many(4, 4, false)}) {
    const Graph graph(term);
    const Snapshot snapshot = snapshot_of(graph, State::skipped, {{"fetch", State::failed}});
    for (const Picture& drawn :
         {picture(graph), picture(graph, {.title = "a \"title\"", .open = Open::none}),
          picture(graph, {}, &snapshot)}) {
      const Result<Picture> read = picture_from_json(to_json(drawn));
      REQUIRE(read.is_ok());
      CHECK(read.value() == drawn);
      CHECK(to_json(read.value()) == to_json(drawn));
    }
  }
}

TEST_CASE("json: odd texts come back, and what is no text becomes U+FFFD", "[render]") {
  const Graph graph(constant(1, "a\"b\\c\nd\x01\xff€"));
  const Picture drawn = picture(graph);
  CHECK(drawn.boxes.at(0).title == "a\"b\\c\nd\x01\xef\xbf\xbd€");
  CHECK(picture_from_json(to_json(drawn)).value() == drawn);
}

TEST_CASE("json: an outline stands beside the picture and is no part of it", "[render]") {
  const Picture drawn = picture(Graph(gated_deploy()));
  const std::string text = to_json(drawn, R"({"version": 1, "nodes": []})");
  CHECK_THAT(text, Catch::EndsWith(",\n\"outline\": {\"version\": 1, \"nodes\": []}\n}\n"));
  CHECK(picture_from_json(text).value() == drawn);
}

TEST_CASE("json: errors say where and what", "[render]") {
  CHECK(failure_of(with("", "")) == "accepted");
  CHECK(failure_of("") ==
        "at 1:1: syntax error while parsing value - unexpected end of input; "
        "expected '[', '{', or a literal");
  CHECK(failure_of(with("\"states\": false", "\"states\": false,,")).starts_with("at 1:72: "));
  CHECK(failure_of("[]") == "at /: expected an object, got array");
  CHECK(failure_of(with("oche-picture", "svg")) == "at /format: expected 'oche-picture'");
  CHECK(failure_of(with("\"version\": 1", "\"version\": 2")) == "accepted");
  CHECK(failure_of(with("\"version\": 1", "\"version\": 3")) ==
        "at /version: this version of oche reads versions 1 and 2");
  CHECK(failure_of(with("\"states\": false", "\"states\": 0")) ==
        "at /states: expected true or false, got number");
  CHECK(failure_of(with("\"title\": \"t\", ", "")) == "at /: expected a member 'title'");
  CHECK(failure_of(with("\"kind\": \"gate\"", "\"kind\": \"door\"")) ==
        "at /nodes/1/kind: 'door' is not known here");
  CHECK(failure_of(with("\"group\": \"g\"", "\"group\": \"h\"")) ==
        "at /nodes/0/group: no group 'h' before");
  CHECK(failure_of(with("\"to\": \"b\"", "\"to\": \"c\"")) == "at /edges/0/to: no node 'c' before");
  CHECK(failure_of(with("\"id\": \"b\"", "\"id\": \"a\"")) == "at /nodes/1/id: 'a' is there twice");
  CHECK(failure_of(with("\"title\": \"\"", "\"title\": \"\", \"colour\": 3")) ==
        "at /nodes/1: unknown member 'colour'");
  CHECK(failure_of(with("\"notes\": []", "\"notes\": [1]")) ==
        "at /notes/0: expected text, got number");
  CHECK(failure_of(with("\"title\": \"\"", "\"title\": \"\", \"steps\": -1")) ==
        "at /nodes/1/steps: expected a whole number from 0 to 4294967295");
  CHECK(failure_of(with("\"title\": \"\"", "\"title\": \"\", \"meaning\": \"xyz\"")) ==
        "at /nodes/1/meaning: expected 16 hexadecimal digits");
}

TEST_CASE("json: every prefix of a picture is refused, and nothing else happens", "[render]") {
  const std::string text = to_json(Graph(groups()));
  for (std::size_t size = 0; size + 2 < text.size(); size += 7)
    REQUIRE(picture_from_json(std::string_view(text).substr(0, size)).is_failed());
}
