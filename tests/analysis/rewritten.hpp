// rewritten.hpp - pipelines by seeded chance that can be written in many ways, and edited.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "graph/support.hpp"
#include <oche/term/step.hpp>

#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace oche::tests {

/// What a pipeline does, apart from how it is written: parts that read earlier ones, and in the end
/// something that publishes behind a gate of its own.
class Draft {
 public:
  enum class Edit { constant, option, add, remove, move, ungate };
  static constexpr Edit edits[] = {Edit::constant, Edit::option, Edit::add,
                                   Edit::remove,   Edit::move,   Edit::ungate};

  static Draft random(Chance& chance, std::size_t size) {
    Draft draft;
    for (std::size_t i = 0; i < size; ++i)
      draft.parts_.push_back(draft.random_part(chance, i));
    for (std::size_t i = 0; i < size; ++i)
      if (draft.parts_[i].kind == Kind::work && (chance.one_in(3) || i + 1 == size))
        draft.ends_.push_back(i);
    // Two checks of nothing but a constant: each is needed by nobody else, so each is a guarantee.
    draft.gate_ = {"check-a", "check-b"};
    return draft;
  }

  /// `style` 0 is the plain way; others are written in another order and with other tricks.
  [[nodiscard]] Term<> make(std::uint32_t style) const { return Writer(*this, style).write(); }

  /// Which tricks a style may use.
  [[nodiscard]] std::set<std::string> tricks(std::uint32_t style) const {
    return Writer(*this, style).tricks();
  }

  /// `path`: of what the edit is about. Nothing if there is no place for it.
  [[nodiscard]] std::optional<Draft> with(Edit edit, Chance& chance, std::string& path) const {
    Draft made = *this;
    std::vector<std::size_t> work;
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (parts_[i].kind == Kind::work && is_read(i)) work.push_back(i);
    if (work.empty()) return std::nullopt;
    const std::size_t at = chance.of(work);
    path = made.path_of(at);
    switch (edit) {
      case Edit::constant:
        made.parts_[at].number += 1000;
        return made;
      case Edit::option:
        made.parts_[at].timeout += 7;
        return made;
      case Edit::add:
        made.parts_.push_back({.kind = Kind::work, .inputs = {at}, .number = 5});
        made.ends_.push_back(parts_.size());
        path = made.path_of(parts_.size());
        return made;
      case Edit::remove: {
        // One that nobody else reads.
        for (std::size_t i = 0; i < ends_.size(); ++i)
          if (ends_.size() > 1 && readers(ends_[i]) == 0) {
            path = path_of(ends_[i]);
            made.ends_.erase(made.ends_.begin() + static_cast<std::ptrdiff_t>(i));
            if (!keeps_all_but(made, ends_[i])) return std::nullopt;
            return made;
          }
        return std::nullopt;
      }
      case Edit::move:
        made.parts_[at].section += "-new";
        path = made.path_of(at);
        return made;
      case Edit::ungate:
        made.gate_.pop_back();
        path = "goes-out/published";
        return made;
    }
    return std::nullopt;
  }

 private:
  enum class Kind { work, gate, map, all_of };
  struct Part {
    Kind kind = Kind::work;
    std::vector<std::size_t> inputs = {};  ///< earlier parts; of a gate the first is what passes
    int number = 0;
    int timeout = 0;
    std::string section = {};
  };

  Part random_part(Chance& chance, std::size_t at) const {
    Part part;
    part.number = static_cast<int>(at);
    if (at == 0) return part;
    std::vector<std::size_t> earlier(at);
    std::iota(earlier.begin(), earlier.end(), std::size_t{0});
    const auto some = [&] { return chance.of(earlier); };
    switch (chance.below(6)) {
      case 0:
        part.kind = Kind::gate;
        part.inputs = {some(), some(), some()};
        break;
      case 1:
        part.kind = Kind::map;
        part.inputs = {some()};
        break;
      case 2:
        part.kind = Kind::all_of;
        part.inputs = {some(), some(), some()};
        break;
      default:
        part.inputs = {some()};
        if (chance.one_in(2)) part.inputs.push_back(some());
        if (chance.one_in(4)) part.section = "part-" + std::to_string(chance.below(3));
    }
    return part;
  }

  [[nodiscard]] std::string path_of(std::size_t at) const {
    const std::string own = "w" + std::to_string(at);
    return parts_[at].section.empty() ? own : parts_[at].section + "/" + own;
  }

  [[nodiscard]] std::size_t readers(std::size_t at) const {
    std::size_t found = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (is_read(i))
        found += static_cast<std::size_t>(
            std::count(parts_[i].inputs.begin(), parts_[i].inputs.end(), at));
    return found;
  }
  /// Part of the pipeline.
  [[nodiscard]] bool is_read(std::size_t at) const {
    std::vector<std::size_t> left = ends_;
    std::set<std::size_t> seen;
    while (!left.empty()) {
      const std::size_t one = left.back();
      left.pop_back();
      if (!seen.insert(one).second) continue;
      left.insert(left.end(), parts_[one].inputs.begin(), parts_[one].inputs.end());
    }
    return seen.contains(at);
  }
  [[nodiscard]] bool keeps_all_but(const Draft& made, std::size_t gone) const {
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (i != gone && parts_[i].kind == Kind::work && is_read(i) != made.is_read(i)) return false;
    return true;
  }

  class Writer {
   public:
    Writer(const Draft& draft, std::uint32_t style)
        : draft_(draft), chance_(style), is_plain_(style == 0), terms_(draft.parts_.size()) {}

    [[nodiscard]] std::set<std::string> tricks() {
      (void)write();
      return used_;
    }

    Term<> write() {
      std::vector<std::size_t> order(draft_.parts_.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      if (!is_plain_) {
        used_.insert("order");
        // Any order: whatever a part reads is written when it is asked for.
        for (std::size_t i = order.size(); i > 1; --i)
          std::swap(order[i - 1], order[chance_.below(i)]);
      }
      for (const std::size_t at : order)
        (void)term(at);
      std::vector<Term<int>> ends;
      for (const std::size_t at : draft_.ends_)
        ends.push_back(term(at));
      std::vector<AnyTerm> whole(ends.begin(), ends.end());
      whole.push_back(published());
      permute(whole);
      std::vector<Term<>> all_of;
      for (const AnyTerm& one : whole)
        all_of.push_back(detail::typed<Unit>(one));
      return all(all_of);
    }

   private:
    bool use(const char* trick) {
      if (is_plain_ || !chance_.one_in(3)) return false;
      used_.insert(trick);
      return true;
    }
    template <class T>
    void permute(std::vector<T>& list) {
      if (list.size() < 2 || !use("permuted")) return;
      const std::size_t last = list.size() - 1;
      std::swap(list[chance_.below(last)], list[last]);
    }

    Term<int> term(std::size_t at) {
      if (terms_[at]) return *terms_[at];
      // Inputs first, in whatever order; depth is bounded by the draft's size.
      std::vector<Term<int>> inputs;
      for (const std::size_t input : draft_.parts_[at].inputs)
        inputs.push_back(term(input));
      terms_[at] = written(at, inputs);
      return *terms_[at];
    }

    Term<int> written(std::size_t at, const std::vector<Term<int>>& inputs) {
      const Part& part = draft_.parts_[at];
      switch (part.kind) {
        case Kind::gate: {
          std::vector<Term<int>> controls(inputs.begin() + 1, inputs.end());
          permute(controls);
          if (use("doubled")) controls.push_back(controls.front());
          if (controls.size() == 2) return gate(inputs[0], on(controls[0], controls[1]));
          return gate(inputs[0], on(controls[0], controls[1], controls[2]));
        }
        case Kind::map:
          return map([](int n) { return n + 1; }, inputs[0]);
        case Kind::all_of: {
          std::vector<Term<int>> list = inputs;
          permute(list);
          return gate(inputs[0], on(all(list[0], list[1], list[2])));
        }
        case Kind::work:
          break;
      }
      if (use("unused"))
        (void)Term<int>(program("exec", {"nobody", "reads"}, {inputs_or_one(inputs)}));
      Term<int> made = run(at, inputs);
      // Written twice, it is one node.
      if (use("doubled")) made = run(at, inputs);
      return made;
    }

    static AnyTerm inputs_or_one(const std::vector<Term<int>>& inputs) {
      return inputs.empty() ? AnyTerm(constant(1)) : AnyTerm(inputs.front());
    }

    Term<int> run(std::size_t at, const std::vector<Term<int>>& inputs) {
      const Part& part = draft_.parts_[at];
      const auto here = [&] {
        return use("lines") ? other_line(at, inputs) : one_line(at, inputs);
      };
      return part.section.empty() ? here() : section(part.section, here);
    }
    Term<int> one_line(std::size_t at, const std::vector<Term<int>>& inputs) {
      return command(at, inputs, Where::current());
    }
    Term<int> other_line(std::size_t at, const std::vector<Term<int>>& inputs) {
      return command(at, inputs, Where::current());
    }
    Term<int> command(std::size_t at, const std::vector<Term<int>>& inputs, Where where) {
      const Part& part = draft_.parts_[at];
      detail::CommandPayload payload{};
      payload.spec.operation = "exec";
      payload.spec.label = "w" + std::to_string(at);
      payload.spec.argv = {{"tool", 0}, {std::to_string(part.number), 0}};
      payload.spec.timeout = std::chrono::minutes(part.timeout);
      std::vector<AnyTerm> list(inputs.begin(), inputs.end());
      if (list.empty()) list.emplace_back(constant(1));
      // Its second input, if any, is a word of it.
      if (list.size() > 1) payload.spec.argv.push_back({"", 1});
      return detail::typed<int>(
          detail::make_command(where, list, &type_of<int>, std::move(payload)));
    }

    AnyTerm published() {
      static const auto publish_it =
          step("published", [](Job&, const std::string& name, const Latest<int>&) { return name; });
      const auto value = constant(42, "value");
      return section("goes-out", [&]() -> AnyTerm {
        std::vector<Term<int>> checks;
        for (const std::string& name : draft_.gate_)
          checks.push_back(program("test", {"check", name}, {value}, name));
        permute(checks);
        if (checks.size() == 1) return publish_it("feed", gate(value, on(checks[0])));
        return publish_it("feed", gate(value, on(checks[0], checks[1])));
      });
    }

    const Draft& draft_;
    Chance chance_;
    bool is_plain_;
    std::vector<std::optional<Term<int>>> terms_;
    std::set<std::string> used_;
  };

  std::vector<Part> parts_;
  std::vector<std::size_t> ends_;
  std::vector<std::string> gate_;
};

}  // namespace oche::tests
