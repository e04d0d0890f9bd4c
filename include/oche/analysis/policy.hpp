// policy.hpp - what must hold of a pipeline, said beside it in C++.
// Layer: analysis.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/budget.hpp>
#include <oche/analysis/selector.hpp>

#include <optional>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace oche {

/// One sentence that must be true of a pipeline; made by `every`, `no`, `secret`, `distrust`
/// and `whole_run`.
class Policy {
 public:
  enum class Claim : std::uint8_t {
    needs_success_of,       ///< no subject runs unless one of the others has succeeded
    needs_success_of_each,  ///< … unless each of them has
    data_passes_through,    ///< every byte that a subject is given came through one of the others
    ships_what_passed,      ///< what a subject is given is the very thing that the others looked at
    never_reaches,          ///< no subject sees the secret, or what was derived from it
    none,                   ///< there is no subject
    distrusted,             ///< data of the subjects meets no secret and is not published
    cost_at_most,           ///< one run takes no more of machines than this
  };
  Policy(Claim claim, Selector subject, Selector other, std::source_location where)
      : claim_(claim), subject_(std::move(subject)), other_(std::move(other)), where_(where) {}

  /// Holds too where what must have succeeded was skipped by an `only_if`.
  [[nodiscard]] Policy unless_skipped() const;
  /// Holds too where what must have succeeded is in a list that turns out to be empty.
  [[nodiscard]] Policy even_if_none() const;
  /// Of `ships_what_passed`: these steps change nothing that matters (they tag, sign or copy).
  [[nodiscard]] Policy through(Selector safe) const;

  [[nodiscard]] Claim claim() const { return claim_; }
  [[nodiscard]] const Selector& subject() const { return subject_; }
  [[nodiscard]] const Selector& other() const { return other_; }
  [[nodiscard]] const std::string& secret() const { return secret_; }
  [[nodiscard]] const std::optional<Selector>& safe() const { return safe_; }
  /// Of `cost_at_most`.
  [[nodiscard]] const Budget& budget() const { return budget_; }
  [[nodiscard]] bool may_be_skipped() const { return may_be_skipped_; }
  [[nodiscard]] bool may_be_none() const { return may_be_none_; }
  [[nodiscard]] std::source_location where() const { return where_; }
  /// The policy as a sentence.
  [[nodiscard]] std::string text() const;

 private:
  friend class NamedSecret;
  friend class WholeRun;
  Claim claim_;
  Selector subject_;
  Selector other_;
  std::string secret_;
  std::optional<Selector> safe_;
  Budget budget_;
  bool may_be_skipped_ = false;
  bool may_be_none_ = false;
  std::source_location where_;
};

/// Policies, beside the pipeline that they are about:
///
///     const Policies policies = {
///         every(publishes()).needs_success_of(tests()),
///         every(publishes()).data_passes_through(step_named("sign")),
///         secret("registry").never_reaches(untrusted()),
///         no(dynamic_parts()),
///         whole_run().cost_at_most(2h),
///     };
using Policies = std::vector<Policy>;

/// What is claimed of all that a selector chooses.
class Every {
 public:
  Every(Selector subject, std::source_location where)
      : subject_(std::move(subject)), where_(where) {}

  /// With every one of `others` failed, refused or skipped, and whatever the rest of the world
  /// does, no subject runs.
  [[nodiscard]] Policy needs_success_of(Selector others) const {
    return {Policy::Claim::needs_success_of, subject_, std::move(others), where_};
  }
  /// The same for each of `others` alone: any one that has not succeeded holds every subject back.
  [[nodiscard]] Policy needs_success_of_each(Selector others) const {
    return {Policy::Claim::needs_success_of_each, subject_, std::move(others), where_};
  }
  /// No data reaches a subject but through one of `others`. Of a publishing step only what it
  /// publishes counts; values that the program itself writes down do not.
  [[nodiscard]] Policy data_passes_through(Selector others) const {
    return {Policy::Claim::data_passes_through, subject_, std::move(others), where_};
  }
  /// What a subject is given was itself given to one of `others`, which has succeeded: the term
  /// that was tested is the one deployed, and not another that was built like it.
  [[nodiscard]] Policy ships_what_passed(Selector others) const {
    return {Policy::Claim::ships_what_passed, subject_, std::move(others), where_};
  }

 private:
  Selector subject_;
  std::source_location where_;
};

[[nodiscard]] inline Every every(Selector subject,
                                 std::source_location where = std::source_location::current()) {
  return {std::move(subject), where};
}

/// There is nothing in the pipeline that `what` chooses.
[[nodiscard]] inline Policy no(const Selector& what,
                               std::source_location where = std::source_location::current()) {
  return {Policy::Claim::none, what, what, where};
}

/// What comes from these inputs was written by somebody else: a fork's pull request, a download
/// that no digest vouches for. No step that works on it may read a secret or publish, unless a
/// person has approved the value on the way. Gates do not help: they let the value through.
[[nodiscard]] inline Policy distrust(const Selector& inputs,
                                     std::source_location where = std::source_location::current()) {
  return {Policy::Claim::distrusted, inputs, inputs, where};
}

/// A secret by its name, or as `vault/name`.
class NamedSecret {
 public:
  NamedSecret(std::string name, std::source_location where)
      : name_(std::move(name)), where_(where) {}
  /// No one of `whom` reads the secret, or anything that was made from it.
  [[nodiscard]] Policy never_reaches(const Selector& whom) const {
    Policy made(Policy::Claim::never_reaches, whom, whom, where_);
    made.secret_ = name_;
    return made;
  }

 private:
  std::string name_;
  std::source_location where_;
};

[[nodiscard]] inline NamedSecret secret(
    std::string name, std::source_location where = std::source_location::current()) {
  return {std::move(name), where};
}

/// One run of the pipeline in which nothing is reused.
class WholeRun {
 public:
  explicit WholeRun(std::source_location where) : where_(where) {}
  /// What its steps take of CPUs, one after the other, is at most this: for each as long as it
  /// usually takes, times its CPUs; for one that has never run its timeout, for each attempt.
  ///
  /// Holds if all steps that can run at all take no more. Is refuted by a run that takes more; its
  /// failures, if it needs any, are named. What nobody can know yet is no violation: the policy
  /// is then *not known*, since a step that may not start would never be known.
  [[nodiscard]] Policy cost_at_most(Duration cpu_time) const;
  /// The same in money, at these rates.
  [[nodiscard]] Policy cost_at_most(double price, Rates rates) const;

 private:
  std::source_location where_;
};

[[nodiscard]] inline WholeRun whole_run(
    std::source_location where = std::source_location::current()) {
  return WholeRun(where);
}

}  // namespace oche
