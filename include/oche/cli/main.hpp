// main.hpp - one command line for every pipeline program.
// Layer: cli.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <oche/analysis/policy.hpp>
#include <oche/analysis/silencer.hpp>
#include <oche/term/handle.hpp>

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oche {

/// One option of a pipeline program: `--name VALUE`.
struct Option {
  std::string name;
  std::string help = {};
  std::string value = {};  ///< unless given on the command line
};

/// What the options of a pipeline program were set to.
class Options {
 public:
  explicit Options(std::vector<Option> values) : values_(std::move(values)) {}
  /// Fails: throws oche::Error if the program has no such option.
  [[nodiscard]] const std::string& operator[](std::string_view name) const;
  [[nodiscard]] const std::vector<Option>& all() const { return values_; }

 private:
  std::vector<Option> values_;
};

/// The function that builds a program's pipeline: from the options, or from nothing.
class Pipeline {
 public:
  template <class F>
    requires(!std::same_as<std::remove_cvref_t<F>, Pipeline>)
  Pipeline(F f) : function_(std::make_shared<F>(static_cast<F&&>(f))) {
    if constexpr (std::is_invocable_v<F&, const Options&>) {
      static_assert(ATerm<std::invoke_result_t<F&, const Options&>>,
                    "oche::main: the pipeline's function must return the pipeline, a Term");
      call_ = [](void* function, const Options& options) -> AnyTerm {
        return (*static_cast<F*>(function))(options);
      };
    } else if constexpr (std::is_invocable_v<F&>) {
      static_assert(ATerm<std::invoke_result_t<F&>>,
                    "oche::main: the pipeline's function must return the pipeline, a Term");
      call_ = [](void* function, const Options&) -> AnyTerm {
        return (*static_cast<F*>(function))();
      };
    } else {
      static_assert(detail::never<F>,
                    "oche::main: the pipeline is a function of the options; write .pipeline = "
                    "[](const Options& options) { return …; }");
    }
  }
  [[nodiscard]] AnyTerm operator()(const Options& options) const {
    return call_(function_.get(), options);
  }

 private:
  std::shared_ptr<void> function_;
  AnyTerm (*call_)(void* function, const Options& options) = nullptr;
};

/// A pipeline program. Designated fields, in this order.
struct Program {
  std::string name;
  std::vector<Option> options = {};
  Pipeline pipeline;
  /// What must hold: `check` says whether it does, and `run` starts nothing unless it does.
  Policies policies = {};
  /// What `check` finds odd and is meant so, each with its reason (docs/lint.md).
  std::vector<Silencer> silencers = {};
};

/// Reads the command line and does what it says: draws, plans, runs or operates the pipeline.
/// `--help` lists the commands. Gives the exit status, see docs/command-line.md.
///
///     int main(int argc, char** argv) {
///       return oche::main(argc, argv, {
///           .name = "calculator",
///           .options = {{"repo", "the repository to build", "calculator.git"}},
///           .pipeline = [](const Options& options) { return build_all(options["repo"]); },
///       });
///     }
///
/// Threads: handles SIGINT and SIGTERM of the whole process while it runs; the library never does.
[[nodiscard]] int main(int argc, char** argv, const Program& program);

}  // namespace oche
