// policy.cpp - selectors and policies, and the sentences that they are.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#include <oche/analysis/policy.hpp>

#include <fmt/core.h>

namespace oche {

namespace {
constexpr std::string_view names_of_levels[] = {"harmless", "mostly_harmless", "average",
                                                "above_average", "dangerous"};

std::string text_of(const Selector::Part& part) {
  using What = Selector::What;
  switch (part.what) {
    case What::publishes:
      return "publishing steps";
    case What::tests:
      return "tests";
    case What::named:
      return fmt::format("step \"{}\"", part.name);
    case What::within:
      return fmt::format("steps within \"{}\"", part.name);
    case What::level:
      return fmt::format("steps of level {} or above",
                         names_of_levels[static_cast<std::size_t>(part.level)]);
    case What::approvals:
      return part.name.empty() ? "approvals" : fmt::format("approval \"{}\"", part.name);
    case What::inputs:
      return fmt::format("input \"{}\"", part.name);
    case What::dynamic_parts:
      return "dynamic parts";
    case What::untrusted:
      return "untrusted steps";
    case What::whole_run:
      return "the whole run";
    case What::declared_untrusted:
      return "what the program distrusts";
  }
  return {};
}

Selector of(Selector::What what, std::string name = {}) {
  return Selector(Selector::Part{what, std::move(name)});
}
}  // namespace

std::string Selector::text() const {
  std::string all;
  for (const Part& part : parts_)
    all += (all.empty() ? "" : " or ") + text_of(part);
  return all;
}

namespace choose {
Selector publishes() { return of(Selector::What::publishes); }
Selector tests() { return of(Selector::What::tests); }
Selector step_named(std::string name) { return of(Selector::What::named, std::move(name)); }
Selector within(std::string group) { return of(Selector::What::within, std::move(group)); }
Selector level(Level least) { return Selector({Selector::What::level, {}, least}); }
Selector approvals(std::string what) { return of(Selector::What::approvals, std::move(what)); }
Selector inputs(std::string name) { return of(Selector::What::inputs, std::move(name)); }
Selector dynamic_parts() { return of(Selector::What::dynamic_parts); }
Selector untrusted() { return of(Selector::What::untrusted); }
}  // namespace choose

Policy Policy::unless_skipped() const {
  Policy made = *this;
  made.may_be_skipped_ = true;
  return made;
}

Policy Policy::even_if_none() const {
  Policy made = *this;
  made.may_be_none_ = true;
  return made;
}

Policy Policy::through(Selector safe) const {
  Policy made = *this;
  made.safe_ = std::move(safe);
  return made;
}

Policy WholeRun::cost_at_most(Duration cpu_time) const {
  const Selector run = of(Selector::What::whole_run);
  Policy made(Policy::Claim::cost_at_most, run, run, where_);
  made.budget_.cpu_time = cpu_time;
  return made;
}

Policy WholeRun::cost_at_most(double price, Rates rates) const {
  Policy made = cost_at_most(Duration());
  made.budget_.price = price;
  made.budget_.rates = std::move(rates);
  return made;
}

std::string Policy::text() const {
  const std::string subject = subject_.text();
  const std::string other = other_.text();
  std::string text;
  switch (claim_) {
    case Claim::needs_success_of:
      text = fmt::format("{}: only after success of {}", subject, other);
      break;
    case Claim::needs_success_of_each:
      text = fmt::format("{}: only after success of each of {}", subject, other);
      break;
    case Claim::data_passes_through:
      text = fmt::format("{}: data only by way of {}", subject, other);
      break;
    case Claim::ships_what_passed:
      text = fmt::format("{}: only what passed {}", subject, other);
      break;
    case Claim::never_reaches:
      return fmt::format("secret \"{}\": never seen by {}", secret_, subject);
    case Claim::none:
      return fmt::format("no {}", subject);
    case Claim::distrusted:
      return fmt::format("{}: distrusted", subject);
    case Claim::cost_at_most:
      return fmt::format("{}: at most {}", subject, budget_.text());
  }
  if (safe_) text += fmt::format("; safe: {}", safe_->text());
  if (may_be_skipped_) text += ", unless skipped";
  if (may_be_none_) text += ", even if none";
  return text;
}

}  // namespace oche
