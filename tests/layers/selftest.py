# selftest.py - the checks find what is planted, and nothing in a tree that keeps the rules.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0

import pathlib
import tempfile
import unittest

import house
import layers

LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"
HEAD = "// {name} - a file of this test.\n// Layer: {layer}.\n" + LICENCE
BAD = HEAD.format(name="bad.cpp", layer="base")

# A small house in order, with every kind of include that is allowed.
GOOD = {
    "include/oche/oche.hpp": "#include <oche/cli/main.hpp>\n#include <oche/base/id.hpp>",
    "include/oche/base/id.hpp":
        "#include <fmt/core.h>\n"
        "#include <boost/hana/tuple.hpp>\n"
        "#include <string>",
    "include/oche/term/term.hpp": "#include <oche/base/id.hpp>\n#include <source_location>",
    "include/oche/graph/graph.hpp": "#include <oche/term/term.hpp>",
    "include/oche/engine/engine.hpp": "#include <oche/graph/graph.hpp>",
    "include/oche/plugins/git.hpp": "#include <oche/plugins/git/head.hpp>",
    "include/oche/plugins/git/head.hpp": "#include <oche/plugins/records.hpp>",
    "include/oche/plugins/slack/post.hpp": "#include <oche/plugins/records.hpp>",
    "include/oche/plugins/records.hpp": "#include <oche/term/term.hpp>",
    "include/oche/cli/main.hpp": "#include <oche/engine/engine.hpp>",
    "src/base/digest.cpp":
        "#include <oche/base/id.hpp>\n"
        "#include <openssl/evp.h>\n"
        "#include <cstring>",
    "src/render/dot.cpp": "#include <graphviz/cgraph.h>\n#include <gvc.h>",
    "src/engine/store/rows.hpp": "#include <SQLiteCpp/Database.h>\n#include <sqlite3.h>",
    "src/engine/trees/trees.hpp": "#include <vector>",
    "src/engine/trees/trees.cpp":
        '#include "engine/trees/trees.hpp"\n'
        '#include <git2.h>\n'
        '#include <git2/sys/repository.h>',
    "src/engine/run.cpp":
        '#include "engine/store/rows.hpp"\n'
        '#include <sys/wait.h>\n'
        '#include <unistd.h>',
    "src/plugins/git/head.cpp": '#include "engine/trees/trees.hpp"\n#include <nlohmann/json.hpp>',
    "src/plugins/http/get.cpp": "#include <curl/curl.h>",
    "src/engine/process/descriptor.hpp": "#include <unistd.h>",
    "src/cli/socket.cpp": '#include "engine/process/descriptor.hpp"',
    "src/reports/junit.cpp": "#include <pugixml.hpp>",
    "src/cli/main.cpp": "#include <oche/cli/main.hpp>\n#include <CLI/CLI.hpp>",
    "examples/one.cpp": "#include <oche/oche.hpp>\n#include <iostream>",
}

# One planted violation each: where, what, and a part of the sentence that must be said.
PLANTED = [
    ("include/oche/base/bad.hpp", "#include <oche/term/term.hpp>", "base may not include term"),
    ("include/oche/graph/bad.hpp", "#include <oche/engine/engine.hpp>",
     "graph may not include engine"),
    ("src/graph/bad.cpp", "  #  include <oche/engine/engine.hpp>", "graph may not include engine"),
    ("src/analysis/bad.cpp", '#include "render/bad.hpp"', "no src/render/bad.hpp"),
    ("src/schedule/bad.cpp", "#include <oche/graph/graph.hpp>", "schedule may not include graph"),
    ("src/term/bad.cpp", '#include "engine/store/rows.hpp"', "term may not include engine"),
    ("src/cli/bad.cpp", '#include "engine/store/rows.hpp"', "the engine's insides"),
    ("src/engine/bad.cpp", "#include <oche/oche.hpp>", "stands above every room"),
    ("src/engine/store/bad.cpp", '#include "rows.hpp"', "named from src/"),
    ("src/engine/bad.cpp", "#include <oche/engine/missing.hpp>",
     "no include/oche/engine/missing.hpp"),
    ("src/kitchen/bad.cpp", "#include <string>", "kitchen is no room"),
    ("src/plugins/slack/bad.cpp", "#include <oche/plugins/git/head.hpp>", "siblings"),
    ("src/plugins/slack/bad.cpp", "#include <oche/plugins/git.hpp>", "siblings"),
    ("include/oche/plugins/bad.hpp", "#include <oche/plugins/git/head.hpp>",
     "what all plug-ins share"),
    ("include/oche/render/bad.hpp", "#include <graphviz/cgraph.h>", "only in src/render/"),
    ("src/engine/bad.cpp", "#include <gvc.h>", "only in src/render/"),
    ("src/engine/bad.cpp", "#include <SQLiteCpp/SQLiteCpp.h>", "only in src/engine/store/"),
    ("src/cli/bad.cpp", "#include <sqlite3.h>", "only in src/engine/store/"),
    ("src/plugins/git/bad.cpp", "#include <git2.h>", "only in src/engine/trees/"),
    ("src/plugins/bad.cpp", "#include <pugixml.hpp>", "only in src/reports/"),
    ("src/engine/bad.cpp", "#include <CLI/CLI.hpp>", "only in src/cli/"),
    ("src/term/bad.cpp", "#include <openssl/sha.h>", "only in src/base/"),
    ("src/plugins/slack/bad.cpp", "#include <curl/curl.h>", "only in src/plugins/http/"),
    ("include/oche/base/bad.hpp", "#include <nlohmann/json.hpp>", "only in src/"),
    ("include/oche/base/bad.hpp", "#include <unistd.h>", "belongs in src/"),
    ("src/engine/bad.cpp", "#include <zlib.h>", "only in src/engine/trees/"),
    ("src/engine/bad.cpp", "#include <uuid.h>", "no header that oche stands on"),
    ("include/oche/base/bad.hpp", "#include <boost/optional.hpp>", "no header that oche stands on"),
    ("src/base/bad.cpp", "#include <boost/asio.hpp>", "no header that oche stands on"),
    ("include/oche/base/bad.hpp", '#include "base/id.hpp"', "only sources"),
    ("examples/bad.cpp", '#include "engine/store/rows.hpp"', "only sources"),
    ("examples/bad.cpp", "#include <git2.h>", "only in src/engine/trees/"),
]

# The same for the habits: the text of a file, and what must be said of it.
HABITS = [
    ("", "does not begin with"),
    ("// other.cpp - a file.\n// Layer: base.\n" + LICENCE, "does not begin with"),
    ("// bad.cpp - a file\n// Layer: base.\n" + LICENCE, "does not begin with"),
    ("// bad.cpp - a file.\n// Layer: term.\n" + LICENCE, "'// Layer: base.'"),
    ("// bad.cpp - a file.\n// Layer: base.\n\n", "does not say '// SPDX"),
    (BAD + "\n" * 400, "split it by verb"),
    (BAD + "// " + "x" * 98 + "\n", "101 characters wide"),
    (BAD + "// TO" + "DO: later\n", "is unfinished"),
]


class Planted(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="a house ")
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        for path, includes in GOOD.items():
            self.write(path, includes)

    def write(self, path, body):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        layer = layers.room_of(path) or "all"
        pragma = "#pragma once\n" if path.endswith(".hpp") else ""
        file.write_text(HEAD.format(name=file.name, layer=layer) + pragma + body + "\n", "utf-8")

    def test_a_house_in_order_has_no_violation(self):
        found, files, includes = layers.violations(self.root)
        self.assertEqual(found, [])
        self.assertEqual(files, len(GOOD))
        self.assertEqual(includes, sum(body.count("#include") for body in GOOD.values()))

    def test_each_planted_include_is_found_where_it_stands(self):
        for path, include, sentence in PLANTED:
            with self.subTest(path=path, include=include):
                self.write(path, include)
                found, _, _ = layers.violations(self.root)
                line = 5 if path.endswith(".hpp") else 4
                self.assertEqual([(p, n) for p, n, _ in found], [(path, line)])
                self.assertIn(sentence, found[0][2])
                (self.root / path).unlink()

    def test_a_house_in_order_keeps_the_habits(self):
        found, files = house.findings(self.root)
        self.assertEqual(found, [])
        self.assertEqual(files, len(GOOD))

    def test_each_broken_habit_is_found(self):
        for text, sentence in HABITS:
            with self.subTest(sentence=sentence):
                file = self.root / "src/base/bad.cpp"
                file.write_text(text, "utf-8")
                found, _ = house.findings(self.root)
                self.assertTrue(any(sentence in wrong for _, _, wrong in found), found)
                file.unlink()

    def test_a_header_without_pragma_once_is_found(self):
        file = self.root / "include/oche/base/bad.hpp"
        file.write_text(HEAD.format(name="bad.hpp", layer="base"), "utf-8")
        found, _ = house.findings(self.root)
        self.assertEqual([wrong for _, _, wrong in found], ["has no #pragma once"])


if __name__ == "__main__":
    unittest.main()
