// parse.cpp - the command line, by way of CLI11.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.hpp"
#include "cli/terminal.hpp"
#include "cli/vault.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace oche::cli {

namespace {

const std::map<std::string, Level> levels = {{"harmless", Level::harmless},
                                             {"mostly_harmless", Level::mostly_harmless},
                                             {"average", Level::average},
                                             {"above_average", Level::above_average},
                                             {"dangerous", Level::dangerous}};

const std::map<std::string, Isolation> isolations = {{"automatic", Isolation::automatic},
                                                     {"required", Isolation::required},
                                                     {"none", Isolation::none}};

template <class T>
std::vector<std::string> names_of(const std::map<std::string, T>& map) {
  std::vector<std::string> names;
  for (const auto& [name, value] : map)
    names.push_back(name);
  return names;
}

class Parser {
 public:
  explicit Parser(const Program& program)
      : program_(program), app_(fmt::format("{}: a pipeline", program.name), program.name) {
    app_.require_subcommand(1);
    app_.footer(
        "Every command has --help with an example. Exit status 64: wrong usage; 69: the "
        "state folder cannot be used; 130: interrupted.");
    // A program's options may stand before or after the command.
    app_.fallthrough();
    arguments_.options = program.options;
    for (Option& option : arguments_.options) {
      app_.add_option("--" + option.name, option.value, option.help)->capture_default_str();
    }
    app_.add_option("--worktree", worktree_, "build this folder as it is: --repo worktree:DIR")
        ->type_name("DIR");
    app_.add_option("--state", arguments_.state, "the state folder")->capture_default_str();
    app_.add_flag("--quiet", arguments_.quiet, "print nothing but errors and results");
    app_.add_flag("--json", arguments_.json, "print data as JSON");
    add_commands();
  }

  Parsed parse(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
      take_worktree();
      return {std::move(arguments_)};
    } catch (const CLI::CallForHelp& help) {
      std::fputs(app_.help().c_str(), stdout);
      return {std::nullopt, help.get_exit_code()};
    } catch (const CLI::Error& error) {
      print_failure(explained(error, {argv + std::min(1, argc), argv + argc}));
      return {std::nullopt, exit_usage};
    }
  }

 private:
  CLI::App* command(const std::string& name, const std::string& help, const std::string& example) {
    CLI::App* added = app_.add_subcommand(name, help);
    added->callback([this, name] { arguments_.command = name; });
    added->footer("Example: " + program_.name + " " + example);
    added->fallthrough();
    return added;
  }

  void add_running(CLI::App* to) {
    to->add_option("--slots", arguments_.slots, "jobs at a time (default: one for each core)");
    to->add_option("--only", arguments_.only, "evaluate only what this step needs")
        ->type_name("PATH");
    to->add_flag("--fail-fast", arguments_.fail_fast, "start nothing new after a failure");
    add_deciding(to);
  }

  void add_deciding(CLI::App* to) {
    to->add_option("--isolation", arguments_.isolation, "of commands")
        ->capture_default_str()
        ->check(CLI::IsMember(names_of(isolations)));
    to->add_option("--ask-from", arguments_.ask_from,
                   "ask a person before steps of this level or above")
        ->check(CLI::IsMember(names_of(levels)));
  }

  void add_knowing(CLI::App* to, const std::string& unknown) {
    to->add_option("--unknown", arguments_.unknown, unknown)->type_name("SECONDS");
    to->add_option("--items", arguments_.items, "the items of a list (default: those that ran)")
        ->type_name("LIST=NAME,NAME");
  }

  void add_assuming(CLI::App* to) {
    to->add_option("--slots", arguments_.slots, "jobs at a time (default: one for each core)");
    add_knowing(to, "of steps that never ran (default: the median of the others)");
    to->add_option("--pool", arguments_.pools, "what a pool has")->type_name("NAME=CPUS");
    to->add_flag("--reuse", arguments_.reuse, "stored results take no time, as in the next run");
  }

  void add_paths(CLI::App* to, bool required) {
    CLI::Option* paths = to->add_option("PATH", arguments_.paths, "steps, as `graph` names them");
    if (required) paths->required();
  }

  void add_commands() {
    CLI::App* graph = command("graph", "draw the pipeline; nothing runs", "graph --format svg");
    graph->add_option("--format", arguments_.format, "how")
        ->capture_default_str()
        ->check(CLI::IsMember({"text", "dot", "svg", "json", "mermaid", "github", "gitlab"}));
    graph->add_option("--expand", arguments_.expand, "open this group (default: all)")
        ->type_name("PATH");
    graph->add_flag("--live", arguments_.live, "with the states of the running program");
    graph->add_option("--around", arguments_.around, "only what is near this step or group")
        ->type_name("PATH");
    graph->add_option("--distance", arguments_.distance, "how near, in arrows")
        ->capture_default_str();
    graph->add_flag("--red", arguments_.red, "with --live: only what failed, and what that blocks");
    graph->add_flag("--critical", arguments_.critical, "mark the longest path");
    graph->add_flag("--all", arguments_.whole, "every box, however many");
    graph->add_option("--out", arguments_.out, "into a file")->type_name("FILE");
    CLI::App* plan = command("plan", "what would run, and why", "plan --json");
    add_deciding(plan);
    plan->add_option("--out", arguments_.out, "keep it, for `run --plan`")->type_name("FILE");
    CLI::App* run = command("run", "evaluate until nothing can start", "run --slots 4");
    add_running(run);
    run->add_option("--plan", arguments_.plan, "do what was planned, and nothing else")
        ->type_name("FILE");
    add_running(command("watch", "go on, re-evaluating as inputs change", "watch"));
    CLI::App* check = command(
        "check", "whether the pipeline keeps its policies, and what is odd about it", "check");
    check->add_option("--format", arguments_.format, "how")
        ->capture_default_str()
        ->check(CLI::IsMember({"text", "json", "sarif"}));
    add_knowing(check, "of steps that never ran, for policies of cost (default: their timeouts)");
    CLI::App* secrets = command("secrets", "who can see which secret", "secrets registry/token");
    secrets->add_option("NAME", arguments_.paths, "secrets, or steps as `graph` names them");
    secrets
        ->add_option("--keep-from", arguments_.kept,
                     "where to cut each secret off from these steps, at the fewest places")
        ->type_name("PATH");
    add_assuming(
        command("critical-path", "what takes longest, and how long with N slots", "critical-path"));
    CLI::App* cost =
        command("cost", "what a run takes of machines, and its price", "cost --rate builders=0.12");
    add_assuming(cost);
    cost->add_option("--rate", arguments_.rates,
                     "an hour of a CPU of this pool; `=PRICE`: of every other one")
        ->type_name("POOL=PRICE");
    CLI::App* odds =
        command("odds", "how likely it succeeds, how long it may take, what fails first", "odds");
    add_assuming(odds);
    odds->add_option("--trials", arguments_.trials, "how often it is tried")
        ->capture_default_str()
        ->check(CLI::Range(1, 1'000'000));
    add_assuming(command("formula", "work and span in sizes of lists", "formula --slots 4"));
    CLI::App* simulate =
        command("simulate", "what would run and when, if", "simulate --slots 4 --fail tests");
    add_assuming(simulate);
    simulate->add_option("--fail", arguments_.failing, "this one fails")->type_name("PATH");
    simulate->add_option("--untrue", arguments_.untrue, "this condition is false")
        ->type_name("PATH");
    simulate->add_option("--unapproved", arguments_.unapproved, "nobody agrees to this")
        ->type_name("PATH");
    command("jobs", "what runs, waits and ran last", "jobs");
    CLI::App* log = command("log", "the newest log of a step", "log tests --follow");
    add_paths(log, true);
    log->add_flag("--follow", arguments_.follow, "go on while it grows");
    CLI::App* rebuild = command("rebuild", "run steps again", "rebuild tests");
    add_paths(rebuild, false);
    rebuild->add_flag("--failed", arguments_.failed, "every step that did not succeed");
    add_deciding(rebuild);
    add_paths(command("cancel", "stop steps of the running program", "cancel tests"), true);
    CLI::App* approve = command("approve", "agree to what waits for a person", "approve release");
    add_paths(approve, false);
    approve->add_option("--plan", arguments_.plan, "to all that a kept plan asks")
        ->type_name("FILE");
    approve->add_option("--who", arguments_.who, "in whose name (default: the user's)");
    add_deciding(approve);
    CLI::App* key = command("key", "what a step's key is made of", "key tests");
    add_paths(key, true);
    add_deciding(key);
    CLI::App* why = command("why", "why a step would run, ran, or does not", "why tests");
    add_paths(why, true);
    add_deciding(why);
    CLI::App* provenance =
        command("provenance", "what the plan expects, as an in-toto layout; what ran, against one",
                "provenance --out layout.json");
    provenance->add_option("--out", arguments_.out, "keep the layout")->type_name("FILE");
    provenance->add_option("--check", arguments_.checked, "what ran, against this layout")
        ->type_name("FILE")
        ->excludes("--out");
    add_deciding(provenance);
    CLI::App* get = command("get", "copy what a step made", "get build --to out");
    add_paths(get, true);
    get->add_option("--to", arguments_.to, "a folder that does not exist yet")->type_name("DIR");
    CLI::App* gc = command("gc", "remove what nobody needs any more", "gc --keep 30d --keep 5GB");
    gc->add_option("--keep", arguments_.keep,
                   "an age (30d), a number of attempts a step (20), a size (5GB); default: 30d")
        ->type_name("LIMIT");
    gc->add_flag("--dry-run", arguments_.dry_run, "only say what would be removed");
    add_questions();
  }

  /// What is answered from the pipeline alone: nothing runs, no state folder is needed.
  void add_questions() {
    CLI::App* query = command("query", "which steps: deps, rdeps, paths, kinds, set algebra",
                              "query 'deps(publish) - tests/*'");
    query->add_option("EXPR", arguments_.paths, "as docs/analysis.md describes it")->required();
    query->add_flag("--hidden", arguments_.hidden, "functions and other unnamed nodes too");
    CLI::App* impact =
        command("impact", "what would run again if this changed", "impact main.cpp:12");
    impact->add_option("PATH|FILE:LINE", arguments_.paths,
                       "inputs and steps, or lines of the pipeline's program");
    impact->add_option("--file", arguments_.files, "a file of what is built; may be given often")
        ->type_name("FILE");
    CLI::App* diff = command("diff", "what has changed since `graph --format json` was saved",
                             "diff before.json");
    diff->add_option("OLD", arguments_.paths, "a file that `graph --format json` wrote")
        ->required()
        ->expected(1);
    diff->add_option("--slots", arguments_.slots, "for how long it takes (default: all cores)");
    command("golden", "every operation with its arguments, to keep in a test", "golden");
  }

  void take_worktree() {
    if (worktree_.empty()) return;
    for (Option& option : arguments_.options) {
      if (option.name == "repo") {
        option.value = "worktree:" + worktree_;
        return;
      }
    }
    throw CLI::ValidationError("--worktree", "this program has no option --repo to stand for");
  }

  using Words = std::vector<std::string>;

  static bool is(const CLI::Error& error, CLI::ExitCodes kind) {
    return error.get_exit_code() == static_cast<int>(kind);
  }

  /// CLI11 knows what does not fit, but not what was meant.
  [[nodiscard]] Failure explained(const CLI::Error& error, const Words& words) const {
    const auto given = app_.get_subcommands();
    if (given.empty() && is(error, CLI::ExitCodes::RequiredError)) return without_command(words);
    const CLI::App* command = given.empty() ? &app_ : given.front();
    Failure failure{.what = error.what(), .hint = help_of(*command)};
    std::replace(failure.what.begin(), failure.what.end(), '\n', ' ');
    if (!is(error, CLI::ExitCodes::ExtrasError)) return failure;
    Words known;
    add_options_of(app_, known);
    if (command != &app_) add_options_of(*command, known);
    for (const std::string& word : words) {
      const std::string name = word.substr(0, word.find('='));
      if (!name.starts_with("-") || std::find(known.begin(), known.end(), name) != known.end()) {
        continue;
      }
      failure.what = fmt::format("{} has no option {}", command->get_name(), name);
      if (std::string nearest = did_you_mean(name, known); !nearest.empty()) failure.hint = nearest;
      break;
    }
    return failure;
  }

  [[nodiscard]] Failure without_command(const Words& words) const {
    Words known;
    for (const CLI::App* one : app_.get_subcommands({}))
      known.push_back(one->get_name());
    bool is_value = false;  // of the option before it
    for (const std::string& word : words) {
      if (!is_value && !word.starts_with("-")) {
        std::string nearest = did_you_mean(word, known);
        return {.what = fmt::format("there is no command \"{}\"", word),
                .hint = nearest.empty() ? help_of(app_) : nearest};
      }
      is_value = word.starts_with("--") && word.find('=') == word.npos && word != "--json" &&
                 word != "--quiet";
    }
    return {.what = "no command is given", .hint = help_of(app_)};
  }

  static void add_options_of(const CLI::App& app, Words& known) {
    for (const CLI::Option* option : app.get_options()) {
      for (const std::string& name : option->get_lnames())
        known.push_back("--" + name);
    }
  }

  [[nodiscard]] std::string help_of(const CLI::App& app) const {
    return &app == &app_ ? fmt::format("{} --help lists the commands", program_.name)
                         : fmt::format("see {} {} --help", program_.name, app.get_name());
  }

  const Program& program_;
  CLI::App app_;
  Arguments arguments_;
  std::string worktree_;
};

}  // namespace

Parsed parse(int argc, char** argv, const Program& program) {
  Parser parser(program);
  return parser.parse(argc, argv);
}

EngineOptions Arguments::engine_options() const {
  EngineOptions made;
  made.state = state;
  made.slots = slots;
  made.fail_fast = fail_fast;
  made.isolation = isolations.at(isolation);
  if (!ask_from.empty()) made.ask_from = levels.at(ask_from);
  made.loop = Loop::host;
  made.vault = environment_vault();
  return made;
}

}  // namespace oche::cli
