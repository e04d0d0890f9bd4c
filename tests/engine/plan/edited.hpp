// edited.hpp - pipelines of steps that really run, made and edited by seeded chance.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "engine/core/support.hpp"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace engine_tests {

/// What a step of these pipelines does with what it is given.
struct Act {
  std::string name;
  int salt = 0;
  bool is_coarse = false;  ///< gives the same whatever it is given
};

inline std::string number_of(const std::string& text) {
  std::uint32_t hash = 2166136261u;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return std::to_string(hash % 1000);
}

inline const auto act =
    step("act",
         [](Job&, const std::string& name, const int& salt, const bool& is_coarse,
            const std::string& a, const std::string& b) -> Result<std::string> {
           if (salt % 11 == 7) return Failure{name + " says no"};
           return is_coarse ? number_of(name) : number_of(name + std::to_string(salt) + a + b);
         });

/// Parts that read earlier ones; each is one step, held back, chosen or repeated in some way.
class EditedPipeline {
 public:
  explicit EditedPipeline(std::uint32_t seed) : chance_(seed) {
    const std::size_t size = 3 + below(8);
    for (std::size_t i = 0; i < size; ++i)
      parts_.push_back(random_part());
  }

  /// One of the things that people do to pipelines.
  void edit() {
    const std::size_t at = below(parts_.size());
    switch (below(7)) {
      case 0:
      case 1:
        parts_[at].act.salt = static_cast<int>(below(40));
        break;
      case 2:
        parts_[at].act.is_coarse = !parts_[at].act.is_coarse;
        break;
      case 3:
        parts_[at].first = below(at + 1);
        break;
      case 4:
        parts_[at].how = random_how();
        break;
      case 5:
        if (parts_.size() < 14) parts_.push_back(random_part());
        break;
      default:
        parts_[at].is_asked_for = !parts_[at].is_asked_for;
    }
  }

  [[nodiscard]] Term<> make() const {
    std::vector<Term<std::string>> terms{constant(std::string("0"), "start")};
    std::vector<Term<>> ends;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const Part& part = parts_[i];
      const std::size_t known = terms.size();
      terms.push_back(made(part, terms[part.first % known], terms[part.second % known]));
      if (part.is_asked_for || i + 1 == parts_.size()) ends.emplace_back(terms.back());
    }
    return all(ends);
  }

 private:
  enum class How : std::uint8_t { plain, gated, if_even, otherwise, for_each, attempted };
  struct Part {
    Act act;
    How how = How::plain;
    std::size_t first = 0, second = 0;
    bool is_asked_for = true;
  };

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(chance_()) % n; }
  How random_how() {
    const std::size_t one = below(10);
    return one < 5 ? How::plain : static_cast<How>(one - 4);
  }
  Part random_part() {
    Part part;
    part.act = {"p" + std::to_string(next_++), static_cast<int>(below(40)), below(4) == 0};
    part.how = random_how();
    // Late ones more often, so that pipelines get deep.
    part.first = parts_.size() - below(std::min<std::size_t>(parts_.size() + 1, 3));
    part.second = below(parts_.size() + 1);
    part.is_asked_for = below(3) != 0;
    return part;
  }

  static Term<std::string> run(const Act& what, const Term<std::string>& a,
                               const Term<std::string>& b) {
    return section(what.name, [&] { return act(what.name, what.salt, what.is_coarse, a, b); });
  }
  static Term<std::string> made(const Part& part, const Term<std::string>& a,
                                const Term<std::string>& b) {
    switch (part.how) {
      case How::plain:
        return run(part.act, a, b);
      case How::gated:
        return run(part.act, gate(a, on(b)), constant(std::string("gated")));
      case How::if_even: {
        const auto is_even = [](const std::string& text) { return text.back() % 2 == 0; };
        return only_if(map(is_even, b), run(part.act, a, constant(std::string("even"))), "odd");
      }
      case How::otherwise:
        return or_else(b, run(part.act, a, constant(std::string("else"))));
      case How::for_each: {
        const auto digits = [](const std::string& text) {
          std::vector<std::string> all;
          for (const char c : text)
            all.emplace_back(1, c);
          return all;
        };
        const auto done = section(part.act.name, [&] {
          return list_map(map(digits, a),
                          [&](const Term<std::string>& digit) { return run(part.act, digit, b); });
        });
        return map(
            [](const std::vector<std::string>& all) {
              std::string text;
              for (const std::string& one : all)
                text += one;
              return number_of(text);
            },
            done);
      }
      case How::attempted:
        return map([](const Result<std::string>& r) { return r ? r.value() : std::string("13"); },
                   attempt(run(part.act, a, b)));
    }
    return a;
  }

  std::mt19937 chance_;
  std::vector<Part> parts_;
  int next_ = 0;
};

}  // namespace engine_tests
