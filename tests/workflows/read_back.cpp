// read_back.cpp - reads workflow files with a YAML library, and plays them.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include "workflows/read_back.hpp"

#include <catch2/catch.hpp>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <functional>

namespace oche::tests {
namespace {

/// The text that GitHub sees after it has replaced its expressions; only texts stand in ours.
std::string evaluated(std::string text) {
  constexpr std::string_view open = "${{ '${{' }}";
  for (std::size_t at = text.find("${{"); at != text.npos; at = text.find("${{", at + 3)) {
    if (text.compare(at, open.size(), open) != 0) break;
    text.replace(at, open.size(), "${{");
  }
  return text;
}

/// Reads `a && (!b || c == 'd')`; `truth` says what each leaf is.
class Expression {
 public:
  Expression(std::string_view text, std::function<bool(std::string_view)> truth)
      : rest_(text), truth_(std::move(truth)) {}
  bool value() {
    const bool found = any();
    INFO("left: " << rest_);
    REQUIRE(rest_.empty());
    return found;
  }

 private:
  bool take(std::string_view token) {
    while (rest_.starts_with(' '))
      rest_.remove_prefix(1);
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  bool any() {
    bool found = all();
    while (take("||"))
      found = all() || found;
    return found;
  }
  bool all() {
    bool found = leaf();
    while (take("&&"))
      found = leaf() && found;
    return found;
  }
  bool leaf() {
    if (take("(")) {
      const bool found = any();
      REQUIRE(take(")"));
      return found;
    }
    while (rest_.starts_with(' '))
      rest_.remove_prefix(1);
    std::size_t end = 0;
    while (end < rest_.size() && rest_.substr(end, 2) != "&&" && rest_.substr(end, 2) != "||" &&
           (rest_[end] != ')' || rest_.substr(end - 1, 2) == "()"))
      ++end;
    std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    while (word.ends_with(' '))
      word.remove_suffix(1);
    return truth_(word);
  }

  std::string_view rest_;
  std::function<bool(std::string_view)> truth_;
};

/// `X == 'Y'` in its parts.
struct Compared {
  std::string what, value;
  bool is_equal = true;
};
Compared compared(std::string_view word) {
  const std::size_t at = word.find("= ");
  REQUIRE(at != word.npos);
  Compared made;
  made.is_equal = word[at - 1] == '=';
  made.what = word.substr(0, at - 2);
  made.value = word.substr(at + 3, word.size() - at - 4);
  return made;
}

enum class End : std::uint8_t { succeeded, failed, skipped, waits };

/// Plays jobs in any order that their needs allow.
template <class F>
std::map<std::string, End> play(const ReadWorkflow& workflow, F end_of) {
  std::map<std::string, End> ends;
  for (bool is_new = true; is_new;) {
    is_new = false;
    for (const ReadJob& job : workflow.jobs) {
      if (ends.contains(job.name)) continue;
      const auto is_over = [&](const std::string& need) { return ends.contains(need); };
      if (!std::all_of(job.needs.begin(), job.needs.end(), is_over)) continue;
      ends[job.name] = end_of(job, ends);
      is_new = true;
    }
  }
  return ends;
}

std::set<std::string> running(const std::map<std::string, End>& ends) {
  std::set<std::string> names;
  for (const auto& [name, end] : ends)
    if (end == End::succeeded || end == End::failed) names.insert(name);
  return names;
}

}  // namespace

ReadWorkflow read_github(const std::string& text) {
  const YAML::Node file = YAML::Load(text);
  ReadWorkflow made;
  if (const YAML::Node dispatch = file["on"]["workflow_dispatch"]; dispatch["inputs"])
    for (const auto& input : dispatch["inputs"])
      made.conditions.push_back(input.first.as<std::string>());
  std::map<std::string, std::string> names;
  for (const auto& one : file["jobs"])
    if (one.second["name"])
      names[one.first.as<std::string>()] = evaluated(one.second["name"].as<std::string>());
  for (const auto& one : file["jobs"]) {
    const YAML::Node& job = one.second;
    if (!job["name"]) continue;
    ReadJob read{.name = names.at(one.first.as<std::string>())};
    for (const YAML::Node& need : job["needs"])
      read.needs.push_back(names.at(need.as<std::string>()));
    if (job["if"]) {
      read.condition = job["if"].as<std::string>();
      REQUIRE(read.condition.starts_with("${{ "));
      REQUIRE(read.condition.ends_with(" }}"));
      read.condition = read.condition.substr(4, read.condition.size() - 7);
      for (const auto& [id, name] : names) {  // names instead of ids, longest first would do too
        const std::string from = "needs." + id + ".result";
        for (std::size_t at = read.condition.find(from); at != std::string::npos;
             at = read.condition.find(from, at + 1))
          read.condition.replace(at, from.size(), "needs:" + name + ".result");
      }
    }
    read.is_manual = static_cast<bool>(job["environment"]);
    for (const YAML::Node& step : job["steps"]) {
      if (step["run"]) read.script.push_back(evaluated(step["run"].as<std::string>()));
      for (const auto& variable : step["env"])
        read.environment[variable.first.as<std::string>()] =
            evaluated(variable.second.as<std::string>());
    }
    made.jobs.push_back(std::move(read));
  }
  return made;
}

ReadWorkflow read_gitlab(const std::string& text) {
  const YAML::Node file = YAML::Load(text);
  ReadWorkflow made;
  for (const auto& variable : file["variables"])
    made.conditions.push_back(variable.first.as<std::string>());
  for (const auto& one : file) {
    const auto name = one.first.as<std::string>();
    const YAML::Node& job = one.second;
    if (name == "stages" || name == "variables" || name == "nothing") continue;
    ReadJob read{.name = name};
    for (const YAML::Node& need : job["needs"])
      (need["optional"] ? read.optional_needs : read.needs)
          .push_back(need["job"].as<std::string>());
    for (const YAML::Node& rule : job["rules"]) {
      read.condition = rule["if"].as<std::string>();
      read.is_manual = rule["when"] && rule["when"].as<std::string>() == "manual";
    }
    if (job["when"]) read.is_manual = job["when"].as<std::string>() == "manual";
    read.may_fail = job["allow_failure"] && job["allow_failure"].as<bool>();
    for (const YAML::Node& line : job["script"])
      read.script.push_back(line.as<std::string>());
    for (const auto& variable : job["variables"])
      if (variable.second.IsMap())
        read.environment[variable.first.as<std::string>()] =
            variable.second["value"].as<std::string>();
    made.jobs.push_back(std::move(read));
  }
  return made;
}

std::set<std::string> run_github(const ReadWorkflow& workflow, const World& world) {
  // success() is about everything before a job, however far up.
  std::map<std::string, bool> is_fine;
  return running(play(workflow, [&](const ReadJob& job, std::map<std::string, End>& ends) {
    bool was_fine = true;
    bool waits = false;
    for (const std::string& need : job.needs) {
      was_fine = was_fine && is_fine.at(need);
      waits = waits || ends.at(need) == End::waits;
    }
    bool runs = was_fine;
    if (!job.condition.empty() && !waits) {
      runs = Expression(job.condition, [&](std::string_view word) {
               if (word == "!cancelled()") return true;
               if (word == "true" || word == "false") return word == "true";
               const bool is_not = word.starts_with("!");
               if (is_not) word.remove_prefix(1);
               if (word.starts_with("inputs."))
                 return world.untrue.contains(std::string(word.substr(7))) == is_not;
               Compared one = compared(word);
               REQUIRE(one.value == "success");
               REQUIRE(one.what.ends_with(".result"));
               const std::string name = one.what.substr(6, one.what.size() - 13);
               REQUIRE(std::count(job.needs.begin(), job.needs.end(), name) == 1);
               return (ends.at(name) == End::succeeded) == one.is_equal;
             }).value();
    }
    End end = !runs                              ? End::skipped
              : world.failing.contains(job.name) ? End::failed
                                                 : End::succeeded;
    if (waits || (runs && job.is_manual && world.unapproved.contains(job.name))) end = End::waits;
    is_fine[job.name] = was_fine && end == End::succeeded;
    return end;
  }));
}

std::set<std::string> run_gitlab(const ReadWorkflow& workflow, const World& world) {
  ReadWorkflow there;  // rules are decided before anything runs
  for (const ReadJob& job : workflow.jobs) {
    const bool is_there =
        job.condition.empty() || Expression(job.condition, [&](std::string_view word) {
                                   Compared one = compared(word);
                                   REQUIRE(one.value == "true");
                                   REQUIRE(one.what.starts_with("$"));
                                   const bool holds = !world.untrue.contains(one.what.substr(1));
                                   return holds == one.is_equal;
                                 }).value();
    if (is_there) there.jobs.push_back(job);
  }
  std::map<std::string, const ReadJob*> by_name;
  for (ReadJob& job : there.jobs)
    by_name[job.name] = &job;
  for (ReadJob& job : there.jobs) {
    for (const std::string& need : job.needs) {
      INFO(job.name << " needs " << need << ", which is not there: the service refuses the file");
      REQUIRE(by_name.contains(need));
    }
    for (const std::string& need : job.optional_needs)
      if (by_name.contains(need)) job.needs.push_back(need);
  }
  return running(play(there, [&](const ReadJob& job, std::map<std::string, End>& ends) {
    for (const std::string& need : job.needs) {
      if (ends.at(need) == End::waits) return End::waits;
      const bool is_fine = ends.at(need) == End::succeeded ||
                           (ends.at(need) == End::failed && by_name.at(need)->may_fail);
      if (!is_fine) return End::skipped;
    }
    if (job.is_manual && world.unapproved.contains(job.name)) return End::waits;
    return world.failing.contains(job.name) ? End::failed : End::succeeded;
  }));
}

}  // namespace oche::tests
