// record.cpp - encoding, digests, equality and hashes of records.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/base/record.hpp>

#include "base/parts_of.hpp"
#include "random_value.hpp"
#include "samples.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cmath>
#include <locale>

using namespace oche;
using namespace samples;

namespace {

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes)
    text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

template <class T>
std::string hex_of(const T& value) {
  return hex(encode(value));
}

}  // namespace

TEST_CASE("encode: numbers take their shortest form, whatever their width", "[base][record]") {
  CHECK(hex_of(3) == "03");
  CHECK(hex_of(3L) == "03");
  CHECK(hex_of(std::uint8_t{3}) == "03");
  CHECK(hex_of(23) == "17");
  CHECK(hex_of(24) == "1818");
  CHECK(hex_of(255) == "18ff");
  CHECK(hex_of(256) == "190100");
  CHECK(hex_of(65535) == "19ffff");
  CHECK(hex_of(65536) == "1a00010000");
  CHECK(hex_of(std::int64_t{1} << 32) == "1b0000000100000000");
  CHECK(hex_of(std::numeric_limits<std::uint64_t>::max()) == "1bffffffffffffffff");
  CHECK(hex_of(-1) == "20");
  CHECK(hex_of(std::int8_t{-128}) == "387f");
  CHECK(hex_of(std::numeric_limits<std::int64_t>::min()) == "3b7fffffffffffffff");
  CHECK(hex_of('A') == "1841");
  CHECK(hex_of('\xe9') == "18e9");  // a character is its byte, signed or not
  CHECK(hex_of(true) == "f5");
  CHECK(hex_of(Colour::blue) == "02");
  CHECK(hex_of(Plain::below) == "24");
}

TEST_CASE("encode: reals have eight bytes, one NaN and one zero", "[base][record]") {
  CHECK(hex_of(1.5) == "fb3ff8000000000000");
  CHECK(hex_of(1.5F) == "fb3ff8000000000000");
  CHECK(hex_of(-0.0) == "fb0000000000000000");
  CHECK(hex_of(-0.0F) == hex_of(0.0));
  CHECK(hex_of(std::nan("1")) == "fb7ff8000000000000");
  CHECK(hex_of(-std::numeric_limits<float>::quiet_NaN()) == "fb7ff8000000000000");
  CHECK(hex_of(-HUGE_VAL) == "fbfff0000000000000");
}

TEST_CASE("encode: compound shapes", "[base][record]") {
  CHECK(hex_of(Unit{}) == "f6");
  CHECK(hex_of(std::string("a\xff")) == "4261ff");
  CHECK(hex_of(std::filesystem::path("a/b")) == "43612f62");
  CHECK(hex_of(std::optional<int>()) == "80");
  CHECK(hex_of(std::optional<int>(1)) == "8101");
  CHECK(hex_of(std::vector<int>{1, 2}) == "820102");
  CHECK(hex_of(std::array<int, 2>{1, 2}) == "820102");
  CHECK(hex_of(std::vector<bool>{true, false}) == "82f5f4");
  CHECK(hex_of(std::pair(1, true)) == "8201f5");
  CHECK(hex_of(std::tuple<>()) == "80");
  CHECK(hex_of(Empty{}) == "a0");
  CHECK(hex_of(Tree{"x"}) == "a16269644178");
  CHECK(hex_of(std::variant<int, bool>(true)) == "8201f5");
  CHECK(hex_of(std::chrono::minutes(1)) == "8301183c01");
  CHECK(hex_of(std::chrono::milliseconds(1)) == "8301011903e8");
  CHECK(hex_of(std::chrono::sys_days(std::chrono::days(1))) == "83011a0001518001");
  CHECK(hex_of(sha256("")) ==
        "5820e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex_of(Result<int>(7)) == "82626f6b07");
  CHECK(hex_of(Outcome<>(Phase::running)) == "826661637469766501");
}

TEST_CASE("encode: sets and maps are in the order of their encodings", "[base][record]") {
  // "b" is shorter than "aa", and its length comes first.
  CHECK(hex_of(std::set<std::string>{"aa", "b"}) == "824162426161");
  CHECK(hex_of(std::unordered_set<std::string>{"aa", "b"}) == "824162426161");
  CHECK(hex_of(std::set<int>{-1, 1}) == "820120");
  CHECK(hex_of(std::multiset<int>{2, 1, 2}) == "83010202");
  CHECK(hex_of(std::map<std::string, int>{{"aa", 1}, {"b", 2}}) ==
        "8282416202"
        "8242616101");
  CHECK(hex_of(std::multimap<int, int, std::greater<>>{{1, 9}, {1, 8}, {0, 7}}) ==
        "83820007820108820109");

  SECTION("whatever order the container has") {
    std::unordered_map<std::string, int> forward;
    std::unordered_map<std::string, int> backward(1000);
    for (int i = 0; i < 100; ++i)
      forward[std::to_string(i)] = i;
    for (int i = 99; i >= 0; --i)
      backward[std::to_string(i)] = i;
    CHECK(encode(forward) == encode(backward));
    CHECK(equal(forward, backward));
    CHECK(hash(forward) == hash(backward));
    CHECK(to_json(forward) == to_json(backward));
  }
}

TEST_CASE("encode: added members are left out while they have their default", "[base][record]") {
  Grown grown{"x", 4, {"-O2"}};
  CHECK(hex_of(grown) == "a1646e616d654178");  // as before they were added
  grown.jobs = 5;
  CHECK(hex_of(grown) ==
        "a2646e616d654178"
        "646a6f627305");
  grown.jobs = 4;
  grown.flags.clear();
  CHECK(hex_of(grown) ==
        "a2646e616d654178"
        "65666c61677380");
  CHECK(decode<Grown>(encode(Grown{"y"})).value().jobs == 4);
}

TEST_CASE("digest: golden", "[base][record]") {
  // The same on every compiler, in debug and release, for ever: stored results are found by these.
  // Checked once against a second implementation, written from docs/encoding.md.
  Containers containers{{"b", ""},      {true, false, true}, {1},
                        {2, 3},         {{"w", {"n", "d"}}}, {1, -2, 3},
                        {"z", "aa"},    {3, 3, 1},           {"q", "p"},
                        {{"k", 1}},     {{7, {"w", {}}}},    {{"m", 2}, {"m", 1}},
                        {{"l", {1, 2}}}};
  Rest rest{1,
            std::optional<std::string>("s"),
            Unit{},
            Wheel{"w", {}},
            {1, "p"},
            {},
            {0.5, true, {}},
            std::chrono::seconds(90),
            std::chrono::duration<unsigned, std::ratio<1, 3>>(2),
            std::chrono::duration<double>(1.25),
            std::chrono::system_clock::time_point(std::chrono::seconds(1'000'000'000)),
            std::chrono::sys_days(std::chrono::days(-1)),
            "a/ü",
            {},
            sha256("abc"),
            {}};
  rest.box.value.id = 1;
  rest.box.label = "l";
  CHECK(digest(Wheel{"calculator", {"calculator.whl", "00ff"}}).hex() ==
        "2e7d679934fc64dfab83140fad9b9fc47497bd230026e39b25b837efda133248");
  const Numbers numbers{true,
                        'z',
                        -1,
                        65535,
                        -70000,
                        std::numeric_limits<std::int64_t>::min(),
                        std::numeric_limits<std::uint64_t>::max(),
                        0.1F,
                        0.1,
                        Colour::green,
                        above};
  CHECK(digest(numbers).hex() ==
        "40f2fb4265f140d039f1e513c677dbf2b600d58c78c11c6eb83bfbf22748e83c");
  CHECK(digest(containers).hex() ==
        "3b0364bfc5573527fc2975f167561eca425ba9c86c74b158a6638d60fd42f753");
  CHECK(digest(rest).hex() == "dcab0f489594481357e02a16ec87eb1e6a645d25838bff2f0759142b060a73fa");
  CHECK(digest(Outcome<Wheel>(Failure{
                   "no space", FailureClass::errored, {{"disk", "/"}}, "free some", "a.cpp:3"}))
            .hex() == "04c6d0d6918da8e9434d8e427f75b1137c5396741d8b9123bea6d9ff94e91824");
}

TEST_CASE("digest: names of members count", "[base][record]") {
  // File and Image have the same shapes; only the names differ.
  CHECK(digest(File{"x", "y"}) != digest(Image{"x", "y"}));
}

TEST_CASE("encode: does not know the locale", "[base][record]") {
  struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  const Numbers numbers{true,      'z',  -1,         65535,       -70000, -1,
                        1'000'000, 0.5F, 1234567.25, Colour::red, above};
  const std::string json = to_json(numbers);
  const std::string bytes = encode(numbers);
  struct Restore {
    std::locale old = std::locale::global(std::locale(std::locale::classic(), new Comma));
    ~Restore() { std::locale::global(old); }
  } restore;
  CHECK(fmt::format("{:L}", 1234.5) == "1.234,5");  // the locale is in force
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8"})
    if (std::setlocale(LC_NUMERIC, name)) break;
  CHECK(to_json(numbers) == json);
  CHECK(encode(numbers) == bytes);
  CHECK(from_json<Numbers>(json).value().fine == 1234567.25);
  CHECK(print(0.5) == "0.5");
  std::setlocale(LC_NUMERIC, "C");
}

TEST_CASE("decode: what encode wrote, and the same value by JSON", "[base][record]") {
  using detail::Temporary;
  const Type* const types[] = {&type_of<Numbers>,
                               &type_of<Containers>,
                               &type_of<Rest>,
                               &type_of<Node>,
                               &type_of<Grown>,
                               &type_of<Result<Wheel>>,
                               &type_of<Outcome<std::vector<Wheel>>>};
  Random random(20261122);
  std::size_t bytes_seen = 0;
  for (std::size_t i = 0; i < 14'000; ++i) {
    const Type& type = *types[i % std::size(types)];
    const Temporary value(type);
    fill(type, value.get(), random);
    std::string bytes;
    detail::encode(type, value.get(), bytes);
    bytes_seen += bytes.size();
    INFO("case " << i);
    const auto is_same = [&](const void* other) {
      std::string again;
      detail::encode(type, other, again);
      return again == bytes;
    };
    const Temporary decoded(type);
    REQUIRE(detail::decode(type, decoded.get(), bytes).is_ok());
    REQUIRE(detail::equal(type, value.get(), decoded.get()));
    REQUIRE(detail::hash(type, value.get()) == detail::hash(type, decoded.get()));
    REQUIRE(is_same(decoded.get()));
    std::string json;
    detail::write_json(type, value.get(), json);
    const Temporary read(type);
    REQUIRE(detail::read_json(type, read.get(), json).is_ok());
    REQUIRE(is_same(read.get()));
    const Temporary other(type);
    fill(type, other.get(), random);
    REQUIRE(detail::equal(type, value.get(), other.get()) == is_same(other.get()));
  }
  CHECK(bytes_seen > 1'000'000);
}

TEST_CASE("decode: damaged bytes are refused or are another value's own", "[base][record]") {
  using detail::Temporary;
  const Type& type = type_of<All>;
  Random random(7);
  int refused = 0;
  for (int i = 0; i < 10'000; ++i) {
    const Temporary value(type);
    fill(type, value.get(), random);
    std::string bytes;
    detail::encode(type, value.get(), bytes);
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes.insert(at, 1, static_cast<char>(random()));
          break;
        case 2:
          bytes.erase(at, 1 + random() % 4);
          break;
        default:
          bytes.resize(at);
          break;
      }
      if (bytes.empty()) bytes = "x";
    }
    const Temporary back(type);
    if (!detail::decode(type, back.get(), bytes)) {
      ++refused;
      continue;
    }
    std::string again;
    detail::encode(type, back.get(), again);
    REQUIRE(again == bytes);
  }
  CHECK(refused > 5'000);
}

TEST_CASE("decode: says where and what", "[base][record]") {
  const auto why = [](const auto& result) { return result.is_ok() ? "ok" : result.failure().what; };
  CHECK(why(decode<int>("")) == "at byte 0: the bytes end too early");
  CHECK(why(decode<int>("\x18")) == "at byte 0: the bytes end too early");
  CHECK(why(decode<int>("\x18\x17")) ==
        "at byte 0: a length or number that is longer than need be");
  CHECK(why(decode<int>("\x1c")) == "at byte 0: a length or number of no known form");
  CHECK(why(decode<int>("\x41x")) == "at byte 0: expected a whole number");
  CHECK(why(decode<int>("\x01\x01")) == "at byte 1: more bytes than the value needs");
  CHECK(why(decode<std::int8_t>("\x18\x80")) == "at byte 2: the number does not fit its type");
  CHECK(why(decode<unsigned>("\x20")) == "at byte 1: the number does not fit its type");
  CHECK(why(decode<double>(std::string("\xfb\x80\0\0\0\0\0\0\0", 9))) ==
        "at byte 9: not the canonical form of this number");
  CHECK(why(decode<std::string>("\x45"
                                "abc")) ==
        "at byte 0: a text that is longer than the bytes that are left");
  CHECK(why(decode<std::vector<int>>("\x9b\xff\xff\xff\xff\xff\xff\xff\xff")) ==
        "at byte 0: more elements than there are bytes left");
  CHECK(why(decode<std::set<int>>("\x82\x02\x01")) == "at byte 3: elements of a set out of order");
  CHECK(why(decode<std::set<int>>("\x82\x02\x02")) == "at byte 3: an element of a set twice");
  CHECK(why(decode<std::map<int, int>>("\x82\x82\x01\x01\x82\x01\x02")) ==
        "at byte 7: a key of a map twice");
  CHECK(why(decode<std::optional<int>>("\x82\x01\x01")) ==
        "at byte 1: more than one value in an optional");
  CHECK(why(decode<std::pair<int, int>>("\x81\x01")) ==
        "at byte 0: a list of 1 where 2 were expected");
  CHECK(why(decode<Tree>("\xa1\x63"
                         "key\x41x")) == "at byte 1: the member id is missing");
  CHECK(why(decode<Tree>("\xa2\x62id\x41x\x61y\x01")) ==
        "at byte 6: a member that the record does not have");
  CHECK(why(decode<std::variant<int, bool>>("\x82\x02\x01")) ==
        "at byte 2: an alternative that the variant does not have");
  CHECK(why(decode<std::chrono::seconds>(encode(std::chrono::minutes(1)))) ==
        "at byte 5: a duration in another unit");
  CHECK(why(decode<bool>("\x01")) == "at byte 0: expected a boolean");
  CHECK(why(decode<Grown>("\xa2\x64name\x41x\x64jobs\x04")) ==
        "at byte 14: the member jobs has its default and is there");
  std::string deep;
  for (int i = 0; i < 100'000; ++i)
    deep +=
        "\xa3\x64name\x40\x68"
        "children\x81";
  CHECK(why(decode<Node>(deep)).find("nested too deeply") != std::string::npos);
}

TEST_CASE("equal: NaN is itself, structures count, order counts in lists only", "[base][record]") {
  CHECK(equal(std::nan(""), -std::nan("2")));
  CHECK(equal(0.0, -0.0));
  CHECK_FALSE(equal(0.1F, 0.2F));
  CHECK_FALSE(equal(std::vector<int>{1, 2}, std::vector<int>{2, 1}));
  CHECK_FALSE(equal(std::optional<int>(), std::optional<int>(0)));
  CHECK_FALSE(equal(std::variant<int, int>(std::in_place_index<0>, 1),
                    std::variant<int, int>(std::in_place_index<1>, 1)));
  CHECK(equal(Wheel{"a", {"b", "c"}}, Wheel{"a", {"b", "c"}}));
  CHECK_FALSE(equal(Wheel{"a", {"b", "c"}}, Wheel{"a", {"b", "d"}}));
}
