# selftest.py - blocks are found, chosen and judged as the documentation's authors are told.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0

import pathlib
import sys
import tempfile
import unittest

import blocks
import compile as compiling
import console

DOCUMENT = """# A page

```cpp
int one = 1;
```

<!-- not compiled: a mistake that is shown -->
```cpp
int two = "2";
```

Text between a comment and a block takes the comment's effect away.

```cpp fragment
case 3:
```

1. In a list:

   ```console
   $ hello graph
   drawn
   $ hello run --only x  # exit 3
   $ rm -rf /
   ```
"""


class Blocks(unittest.TestCase):
    def test_each_block_is_found_with_its_place_and_reason(self):
        found = blocks.blocks_of("page.md", DOCUMENT)
        self.assertEqual([(b.where, b.language, b.skipped) for b in found], [
            ("page.md:3", "cpp", ""),
            ("page.md:8", "cpp", "a mistake that is shown"),
            ("page.md:14", "cpp", "a fragment"),
            ("page.md:20", "console", ""),
        ])
        self.assertEqual(found[0].text, "int one = 1;\n")
        self.assertTrue(found[3].text.startswith("$ hello graph\n"))

    def test_a_block_that_is_never_closed_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "page.md:1: .*never closed"):
            blocks.blocks_of("page.md", "```cpp\nint x;\n")

    def test_commands_have_their_exit_status(self):
        block = blocks.blocks_of("page.md", DOCUMENT)[3]
        self.assertEqual(list(console.commands_of(block.text)),
                         [("hello graph", 0), ("hello run --only x", 3), ("rm -rf /", 0)])

    def test_rows_have_their_command_status_and_output(self):
        text = ("| who | `$ hello graph --x # exit 2` | `drawn … here` | nothing |\n"
                "| who | `hello` | `drawn` | no command |\n")
        self.assertEqual(list(console.rows_of(text)), [("hello graph --x", 2, "drawn … here")])
        self.assertTrue(console.is_shown("drawn … here", "a\nis drawn (12) here.\n"))
        self.assertTrue(console.is_shown("", "anything"))
        for said in ["drawn\nhere", "drawn so", ""]:
            self.assertFalse(console.is_shown("drawn … here", said))

    def test_commands_that_a_text_does_not_name_are_found(self):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "hello"
            program.write_text("#!/bin/sh\nprintf 'x\\nSubcommands:\\n  graph   draw\\n"
                               "  critical-path  a\\n  run  go\\n\\nend'\n", "utf-8")
            program.chmod(0o755)
            self.assertEqual(console.unnamed("`$ hello graph` and `running` and run", str(program),
                                             folder), ["critical-path", "run"])

    def test_only_harmless_commands_run(self):
        programs = {"hello": None}
        for command, runs in [
                ("hello graph", True), ("build/release/examples/hello plan", True),
                ("cmake --preset dev", True), ("cmake --build --preset dev", False),
                ("rm -rf /", False), ("hello; rm -rf /", False), ("hello > file", False),
                ("hello $HOME", False), ("ctest --preset dev", False), ("hello 'open", False)]:
            with self.subTest(command):
                self.assertEqual(console.may_run(command, programs), runs)


class Compiling(unittest.TestCase):
    def verdict(self, text):
        compiler = COMPILER
        block = blocks.Block("page.md", 7, "cpp", "", text)
        with tempfile.TemporaryDirectory(prefix="a folder ") as folder:
            header = pathlib.Path(folder) / "oche" / "oche.hpp"
            header.parent.mkdir()
            header.write_text("#pragma once\nnamespace oche { inline int six() { return 6; } }\n")
            return compiling.compile_block(compiler, [folder], folder, 0, block)

    def test_declarations_statements_and_whole_programs_compile(self):
        for text in ["int x = six();\n", "int x = 0;\nx = six();\n",
                     "#include <oche/oche.hpp>\nint main() { return oche::six(); }\n"]:
            with self.subTest(text):
                self.assertIsNone(self.verdict(text))

    def test_a_mistake_is_reported_where_it_stands_in_the_page(self):
        self.assertIn("page.md:9", self.verdict("int x = six();\nint y = seven();\n"))

    def test_a_block_with_includes_gets_nothing_in_front(self):
        self.assertIsNotNone(self.verdict("#include <string>\nint x = six();\n"))


COMPILER = "c++"

if __name__ == "__main__":
    if len(sys.argv) > 1:
        COMPILER = sys.argv.pop()
    unittest.main()
