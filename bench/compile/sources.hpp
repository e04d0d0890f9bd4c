// sources.hpp - the files whose compilation is measured.
// Layer: bench.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace bench {

/// What every program that uses fmt pays already.
inline std::string baseline() {
  return "#include <string>\n#include <vector>\n#include <memory>\n#include <fmt/core.h>\n";
}

/// Every public header below `include`, as it is written in an #include.
inline std::vector<std::string> public_headers(const std::filesystem::path& include) {
  namespace fs = std::filesystem;
  std::vector<std::string> headers;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator{include}) {
    const std::string name = fs::relative(entry.path(), include).generic_string();
    const bool is_public = name.find("/detail/") == std::string::npos;
    if (is_public && entry.path().extension() == ".hpp") headers.push_back(name);
  }
  std::sort(headers.begin(), headers.end());
  return headers;
}

inline std::string only(const std::string& header) {
  return fmt::format("#include <{}>\n", header);
}

/// `count` records of five members, each used once where records are used; or the bare structs.
inline std::string records(int count, bool adapted) {
  std::string text = "#include <oche/base/type.hpp>\n#include <string>\n#include <vector>\n";
  for (int i = 0; i < count; ++i) {
    text += fmt::format(
        "struct R{0} {{ std::string name{0}; int size{0} = 0; std::vector<std::string> parts{0}; "
        "double rate{0} = 0; bool ready{0} = false; }};\n",
        i);
    if (!adapted) continue;
    text += fmt::format(
        "BOOST_HANA_ADAPT_STRUCT(R{0}, name{0}, size{0}, parts{0}, rate{0}, ready{0});\n"
        "const oche::Type& used{0} = oche::type_of<R{0}>;\n",
        i);
  }
  return text;
}

/// One of the steps of the file below: five signatures in turn, each with a body of its own.
inline std::string one_step(int number) {
  static constexpr const char* forms[] = {
      R"((Job& job, const Part& part) -> Part {{
  job.log("step {0} of {{}}", part.name);
  Part next = part;
  next.size += {0};
  return next;
}})",
      R"((Job&, const Part& part) -> std::string {{ return part.name + "-{0}"; }})",
      R"((Job&, const std::string& text, int times) -> Part {{ return {{text, times * {0}}}; }})",
      R"((Job& job, const Part& a, const Part& b) -> Result<Part> {{
  if (a.size > b.size) return Failure{{"{0}: too large"}};
  job.log("{0}");
  return a;
}})",
      R"((Job& job, const std::string& text) {{ job.log("{{}} {0}", text); }})"};
  const std::string body = fmt::format(fmt::runtime(forms[number % 5]), number);
  return fmt::format("const auto step_{0} = step(\"step-{0}\", []{1});\n", number, body);
}

/// The calls of five steps in a row, which end in a Part for the next five and a success.
inline std::string five_calls(int first) {
  return fmt::format(
      "  auto p{0} = step_{0}(part);\n"
      "  auto s{0} = step_{1}(p{0});\n"
      "  auto q{0} = step_{2}(s{0}, {0});\n"
      "  auto r{0} = step_{3}(p{0}, q{0});\n"
      "  auto done{0} = step_{4}(gate(s{0}, on(r{0})));\n"
      "  part = map([](const Part& a, const Part& b) {{ return Part{{a.name, a.size + b.size + "
      "{0}}}; "
      "}}, q{0}, r{0});\n"
      "  ends.push_back(done{0});\n",
      first, first + 1, first + 2, first + 3, first + 4);
}

/// A user's file: a record and `count` steps, all used in one pipeline.
inline std::string pipeline(const std::string& header, int count) {
  std::string text = only(header) +
                     "#include <string>\n#include <vector>\n"
                     "struct Part { std::string name; int size = 0; };\n"
                     "BOOST_HANA_ADAPT_STRUCT(Part, name, size);\n"
                     "using namespace oche;\nnamespace {\n";
  for (int i = 0; i < count; ++i)
    text += one_step(i);
  text += "}\nTerm<> pipeline(Term<Part> part) {\n  std::vector<Term<>> ends;\n";
  for (int i = 0; i + 5 <= count; i += 5)
    text += five_calls(i);
  return text + "  return all(ends);\n}\n";
}

}  // namespace bench
