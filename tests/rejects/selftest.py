# selftest.py - the runner of rejects accepts what it should and refuses everything else.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: selftest.py CXX"""

import pathlib
import sys
import tempfile
import unittest

import run

COMPILER = "c++"

# What a file says, and a part of the runner's verdict (None: it is content).
CASES = {
    "one sentence": (
        '// expect: oche: be kind\n#ifdef REJECT\nstatic_assert(false, "oche: be kind");\n#endif\n',
        None),
    "another sentence": (
        '// expect: oche: be kind\n#ifdef REJECT\nstatic_assert(false, "be nice");\n#endif\n',
        "the error does not say"),
    "a sentence in a note": (
        "// expect: candidate\nvoid f(int);\n#ifdef REJECT\nvoid g() { f(1, 2); }\n#endif\n",
        "the error does not say"),
    "two errors": (
        '// expect: a\n#ifdef REJECT\nstatic_assert(false, "a");\n'
        'static_assert(false, "a");\n#endif\n',
        "2 errors instead of one"),
    "no error": ("// expect: a\n#ifdef REJECT\n#endif\nint x;\n", "the mistake compiles"),
    "accepted branch broken": (
        '// expect: a\n#ifdef REJECT\nstatic_assert(false, "a");\n#else\nint x = y;\n#endif\n',
        "accepted branch does not compile"),
    "accepted branch with a warning": (
        '// expect: a\n#ifdef REJECT\nstatic_assert(false, "a");\n#else\n'
        "int f(long x) { return x; }\n#endif\n",
        "accepted branch does not compile"),
    "a discarded value": (
        '// expect: keep it\n[[nodiscard("keep it")]] int f();\n#ifdef REJECT\n'
        "void g() { f(); }\n#endif\n",
        None),
    "no expectation": ("#ifdef REJECT\n#endif\n", "wants exactly one line"),
    "no branch": ("// expect: a\n", "no branch on REJECT"),
}


class Rejects(unittest.TestCase):
    def test_each_case_gets_its_verdict(self):
        with tempfile.TemporaryDirectory(prefix="a folder ") as folder:
            for name, (text, verdict) in CASES.items():
                with self.subTest(name):
                    file = pathlib.Path(folder) / "case.cpp"
                    file.write_text(text, "utf-8")
                    wrong = run.check(COMPILER, [], str(file))
                    if verdict is None:
                        self.assertIsNone(wrong)
                    else:
                        self.assertIn(verdict, wrong or "nothing wrong")

    def test_a_precompiled_header_is_used_and_changes_no_verdict(self):
        with tempfile.TemporaryDirectory(prefix="a folder ") as name:
            folder = pathlib.Path(name)
            header, file, kept = folder / "kind.hpp", folder / "case.cpp", folder / "kept"
            header.write_text("#pragma once\ntemplate <class T> constexpr bool kind = false;\n")
            file.write_text('// expect: be kind\n#include "kind.hpp"\n#ifdef REJECT\n'
                            'static_assert(kind<int>, "be kind");\n#endif\n')
            self.assertEqual(run.prelude_options(COMPILER, kept), [])
            self.assertEqual(run.precompile(COMPILER, [], kept, str(header)), 0)
            self.assertEqual(len(run.prelude_options(COMPILER, kept)), 2)
            self.assertIsNone(run.check(COMPILER, [], str(file), kept))
            file.write_text(file.read_text().replace("#ifdef REJECT", "#ifdef REJECT\nint x = y;"))
            self.assertIn("2 errors", run.check(COMPILER, [], str(file), kept))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        COMPILER = sys.argv.pop()
    unittest.main()
