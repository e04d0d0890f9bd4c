// main.cpp - one command line for every pipeline program.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#include <oche/cli/main.hpp>

#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include <oche/base/error.hpp>

#include <fmt/format.h>

#include <exception>
#include <map>

namespace oche {

const std::string& Options::operator[](std::string_view name) const {
  std::vector<std::string> known;
  for (const Option& option : values_) {
    if (option.name == name) return option.value;
    known.push_back(option.name);
  }
  throw Error(Failure{.what = fmt::format("the program has no option \"{}\"", name),
                      .facts = {{"options", fmt::format("{}", fmt::join(known, ", "))}},
                      .hint = "add it to Program::options"});
}

namespace cli {

AnyTerm pipeline_of(const Program& program, const Arguments& arguments) {
  return program.pipeline(Options(arguments.options));
}

namespace {

using Command = int (*)(const Program&, const Arguments&);
const std::map<std::string_view, Command>& commands() {
  static const std::map<std::string_view, Command> all = {{"graph", graph},
                                                          {"plan", plan},
                                                          {"why", why},
                                                          {"diff", diff},
                                                          {"key", key},
                                                          {"run", run},
                                                          {"watch", run},
                                                          {"jobs", jobs},
                                                          {"log", log},
                                                          {"get", get},
                                                          {"cancel", cancel},
                                                          {"rebuild", rebuild},
                                                          {"approve", approve},
                                                          {"gc", gc},
                                                          {"query", query},
                                                          {"impact", impact},
                                                          {"golden", golden},
                                                          {"check", check},
                                                          {"secrets", secrets},
                                                          {"critical-path", critical_path},
                                                          {"simulate", simulate},
                                                          {"cost", cost},
                                                          {"odds", odds},
                                                          {"formula", formula},
                                                          {"provenance", provenance}};
  return all;
}

}  // namespace
}  // namespace cli

int main(int argc, char** argv, const Program& program) {
  const cli::Parsed parsed = cli::parse(argc, argv, program);
  if (!parsed.arguments) return parsed.status;
  try {
    return cli::commands().at(parsed.arguments->command)(program, *parsed.arguments);
  } catch (const cli::WrongUsage& error) {
    cli::print_failure(error.failure());
    return cli::exit_usage;
  } catch (const Error& error) {
    cli::print_failure(error.failure());
  } catch (const std::exception& error) {
    cli::print_failure({.what = error.what()});
  }
  return cli::exit_failed;
}

}  // namespace oche
