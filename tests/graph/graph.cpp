// graph.cpp - tests of compiling: order, edges, templates, contexts, scope rules, depth and width.
// Layer: tests.
// SPDX-License-Identifier: Apache-2.0
#include <oche/graph/graph.hpp>

#include "graph/support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oche;
using oche::tests::work;
using Names = std::vector<std::string>;

namespace {

const auto increment = [](int x) { return x + 1; };

/// Every promise that holds for every graph.
void check_invariants(const Graph& graph) {
  std::size_t edges = 0;
  for (NodeId node = 0; node < graph.size(); ++node) {
    const auto inputs = graph.inputs(node);
    edges += inputs.size();
    for (std::uint32_t i = 0; i < inputs.size(); ++i) {
      REQUIRE(inputs[i] < node);  // G1
      const auto readers = graph.readers(inputs[i]);
      REQUIRE(std::count_if(readers.begin(), readers.end(), [&](Reader reader) {
                return reader.node == node && reader.position == i;
              }) == 1);
    }
    for (const NodeId context : graph.contexts(node))
      REQUIRE(context < node);
  }
  std::size_t read = 0;
  for (NodeId node = 0; node < graph.size(); ++node)
    read += graph.readers(node).size();
  REQUIRE(read == edges);
  for (TemplateId one = 1; one < graph.templates().size(); ++one) {
    const Template& list = graph.templates()[one];
    REQUIRE(list.expand < list.item);
    REQUIRE(list.item < list.collect);
    REQUIRE(graph.template_of(list.expand) == list.parent);
    REQUIRE(graph.template_of(list.collect) == list.parent);
    REQUIRE(graph.owned_template(list.expand) == one);
    REQUIRE(graph.owned_template(list.collect) == one);
    REQUIRE(graph.inputs(list.collect)[0] == list.expand);
    REQUIRE(graph.inputs(list.collect)[1] == list.body);
    REQUIRE(std::is_sorted(list.nodes.begin(), list.nodes.end()));
    REQUIRE(std::find(list.nodes.begin(), list.nodes.end(), list.item) != list.nodes.end());
    for (const NodeId node : list.nodes) {
      REQUIRE(graph.template_of(node) == one);
      REQUIRE(node > list.expand);
      REQUIRE(node < list.collect);
    }
  }
}

}  // namespace

TEST_CASE("graph: a gated deploy, node by node", "[graph]") {
  const Var<int> head{"main", 1};
  const auto image = work("build", {head.term()});
  const auto tested = work("test", {image});
  const Graph graph(work("deploy", {gate(image, on(tested))}));
  check_invariants(graph);

  REQUIRE(graph.size() == 5);
  CHECK(graph.kind(0) == Kind::input);
  CHECK(graph.kind(3) == Kind::gate);
  CHECK(graph.root() == 4);
  CHECK(graph.title(4) == "deploy");
  CHECK(graph.edge(3, 0) == Edge::data);
  CHECK(graph.edge(3, 1) == Edge::control);
  CHECK(graph.readers(1).size() == 2);
  CHECK(graph.where(4).line() == __LINE__ - 11);
  CHECK(oche::tests::visible_paths(graph) == Names{"main", "build", "test", "deploy"});
}

TEST_CASE("graph: control is order and success, data is bytes", "[graph]") {
  const Var<bool> is_main{"is main", true};
  const auto a = work("a", {});
  const auto b = work("b", {});
  const Graph graph(
      all(only_if(is_main.term(), a, "not main"), or_else(a, b), advisory(b), attempt(a)));
  check_invariants(graph);
  std::size_t seen = 0;
  for (NodeId node = 0; node < graph.size(); ++node) {
    const Kind kind = graph.kind(node);
    if (kind == Kind::only_if) {
      CHECK(graph.edge(node, 0) == Edge::control);
      CHECK(graph.edge(node, 1) == Edge::data);
    } else if (kind == Kind::or_else) {
      CHECK(graph.edge(node, 1) == Edge::data);
    } else if (kind == Kind::advisory || kind == Kind::all) {
      CHECK(graph.edge(node, 0) == Edge::control);
    } else if (kind == Kind::attempt) {
      CHECK(graph.edge(node, 0) == Edge::data);
    } else {
      continue;
    }
    ++seen;
  }
  CHECK(seen == 5);
}

TEST_CASE("graph: a template stands inline between its expand and its list", "[graph]") {
  const Var<std::vector<int>> platforms{"platforms", {1, 2}};
  const Var<std::vector<int>> variants{"variants", {1}};
  const auto source = work("fetch", {});
  const auto tested = list_map(platforms.term(), [&](Term<int> platform) {
    const auto built = work("build", {source, platform});
    return list_map(variants.term(),
                    [&](Term<int> variant) { return work("test", {built, variant}); });
  });
  const Graph graph(tested);
  check_invariants(graph);
  REQUIRE(graph.templates().size() == 3);
  CHECK(graph.templates()[2].parent == 1);
  CHECK(graph.kind(graph.root()) == Kind::list_map);
  CHECK(graph.template_of(graph.find("fetch").value()) == 0);
  CHECK(graph.template_of(graph.find("platforms/*/build").value()) == 1);
  CHECK(graph.template_of(graph.find("platforms/*/variants/*/test").value()) == 2);
  CHECK(graph.owned_template(graph.find("fetch").value()) == 0);
  CHECK(graph.groups()[graph.templates()[1].group].path == "platforms/*");
}

TEST_CASE("graph: a body may be the item, a constant, or a term from outside", "[graph]") {
  const Var<std::vector<int>> list{"list", {1}};
  const auto outside = work("outside", {});
  for (const Graph& graph : {Graph(list_map(list.term(), [](Term<int> item) { return item; })),
                             Graph(list_map(list.term(), [](Term<int>) { return constant(1); })),
                             Graph(list_iter(list.term(), [&](Term<int>) { return outside; }))})
    check_invariants(graph);
}

TEST_CASE("graph: contexts are nodes of the graph, and no inputs", "[graph]") {
  const auto first = work("first", {});
  const auto second = work("second", {});
  const Graph graph(with_context(first, [&] {
    const auto inner = work("inner", {});
    return section(
        "s", [&] { return with_context(second, [&] { return work("innermost", {inner}); }); });
  }));
  check_invariants(graph);
  const NodeId innermost = graph.find("s/innermost").value();
  REQUIRE(graph.contexts(innermost).size() == 2);
  CHECK(graph.path(graph.contexts(innermost)[0]) == "first");
  CHECK(graph.path(graph.contexts(innermost)[1]) == "second");
  CHECK(graph.contexts(graph.find("inner").value()).size() == 1);
  CHECK(graph.contexts(graph.find("first").value()).empty());
  CHECK(graph.inputs(innermost).size() == 1);
  CHECK(graph.readers(graph.find("first").value()).empty());
}

TEST_CASE("graph: branching contexts keep what they have in common", "[graph]") {
  const auto a = work("a", {});
  const auto b = work("b", {});
  const auto c = work("c", {});
  const Graph graph(with_context(a, [&] {
    const auto x = with_context(b, [] { return work("x", {}); });
    const auto y = with_context(c, [] { return work("y", {}); });
    const auto z = with_context(b, [] { return work("z", {}); });
    return all(x, y, z);
  }));
  const auto contexts = [&](std::string_view path) {
    Names names;
    for (const NodeId node : graph.contexts(graph.find(path).value()))
      names.emplace_back(graph.path(node));
    return names;
  };
  CHECK(contexts("x") == Names{"a", "b"});
  CHECK(contexts("y") == Names{"a", "c"});
  CHECK(contexts("z") == Names{"a", "b"});
}

TEST_CASE("graph: an item outside its function is refused with both lines", "[graph]") {
  const Var<std::vector<int>> list{"list", {1}};
  std::optional<Term<int>> escaped;
  std::optional<Term<int>> built;
  const unsigned item_line = __LINE__ + 1;
  const auto ok = list_map(list.term(), [&](Term<int> item) {
    escaped = item;
    built = map(increment, item);
    return item;
  });
  const auto refusal = [](const AnyTerm& term) {
    try {
      const Graph graph(term);
      return Failure{"accepted"};
    } catch (const Error& error) {
      return error.failure();
    }
  };
  const Failure item = refusal(*escaped);
  CHECK(item.what == "an item is used outside the function it was given to");
  CHECK(item.facts.at(0) ==
        Fact{"item of", std::string(__FILE__) + ":" + std::to_string(item_line)});
  const Failure part = refusal(*built);
  CHECK(part.what == "what was built for one item is used outside the function that built it");
  CHECK(part.facts.at(0).value == std::string(__FILE__) + ":" + std::to_string(item_line + 2));
  CHECK(part.facts.at(1).value == std::string(__FILE__) + ":" + std::to_string(item_line));
  CHECK_FALSE(part.hint.empty());
  CHECK(refusal(ok).what == "accepted");
}

TEST_CASE("graph: what a hole builds may use the items around the hole", "[graph]") {
  const Var<std::vector<int>> list{"list", {1}};
  std::optional<Term<int>> item;
  const detail::Scope* scope = nullptr;
  const auto mapped = list_map(list.term(), [&](Term<int> one) {
    item = one;
    const auto hole = map(increment, one);
    scope = hole.node()->scope;
    return hole;
  });
  const Graph graph(*item, scope);
  REQUIRE(graph.size() == 1);
  CHECK(graph.kind(0) == Kind::item);
  CHECK(graph.template_of(0) == 0);
  const Graph inside(map(increment, mapped.node() == nullptr ? *item : constant(1)), scope);
  CHECK(inside.size() == 2);
}

TEST_CASE("graph: any depth and any width with the default stack", "[graph]") {
  constexpr int many = 1'000'000;
  SECTION("a chain") {
    Term<int> last = constant(0);
    for (int i = 0; i < many; ++i)
      last = map(increment, last);
    const Graph graph(last);
    CHECK(graph.size() == many + 1);
    CHECK(graph.root() == many);
  }
  SECTION("a wide all") {
    std::vector<Term<int>> terms;
    terms.reserve(many);
    const Var<int> head{"head", 0};
    for (int i = 0; i < many; ++i)
      terms.push_back(map(increment, head.term()));
    const Graph graph(all(terms));
    CHECK(graph.size() == many + 2);
    CHECK(graph.inputs(graph.root()).size() == many);
    CHECK(graph.readers(0).size() == many);
  }
  SECTION("a wide all of equal steps is one step") {
    const std::vector<Term<int>> terms(many, work("same", {}));
    std::vector<Term<int>> made;
    for (int i = 0; i < 1000; ++i)
      made.push_back(work("same", {}));
    CHECK(Graph(all(terms)).size() == 2);
    CHECK(Graph(all(made)).size() == 2);
  }
}

TEST_CASE("graph: sections and contexts as deep as one likes", "[graph]") {
  constexpr int deep = 20'000;
  const auto first = work("first", {});
  std::vector<std::unique_ptr<detail::Enter>> scopes;
  for (int i = 0; i < deep; ++i) {
    scopes.push_back(std::make_unique<detail::Enter>(Where::current(), "s"));
    scopes.push_back(
        std::make_unique<detail::Enter>(Where::current(), detail::ScopeKind::context, first));
  }
  const auto inside = work("inside", {});
  while (!scopes.empty())
    scopes.pop_back();
  const Graph graph(inside);
  CHECK(graph.size() == 2);
  CHECK(graph.groups().size() == deep + 1);
  CHECK(graph.contexts(graph.root()).size() == deep);
  CHECK(graph.path(graph.root()).size() < 400);
  CHECK(graph.find(graph.path(graph.root())) == graph.root());
}
