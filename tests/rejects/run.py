# run.py - one mistake, one sentence: compiles both branches of a file of tests/rejects.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: run.py --compiler CXX [--include DIR]… [--prelude FOLDER] FILE
       run.py --compiler CXX [--include DIR]… --prelude FOLDER --precompile HEADER

The file says `// expect: <sentence>`. With REJECT defined it must give exactly one error, and that
error must hold the sentence; without, it must compile without a warning.

With --precompile a header is read once for all files, which saves a second for each of their two
branches; FOLDER keeps the result.
"""

import argparse
import pathlib
import re
import subprocess
import sys

# What careful users compile with: none of it may complain of what our headers ask them to write.
WARNINGS = "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wsign-conversion -Werror".split()
ERROR = re.compile(r"(^|: )(fatal )?error: ")


def expectation(text):
    """The sentence that a file expects, or a ValueError that says what the file lacks."""
    sentences = re.findall(r"^// expect: *(\S.*?) *$", text, re.MULTILINE)
    if len(sentences) != 1:
        raise ValueError(f"wants exactly one line '// expect: …', has {len(sentences)}")
    if not re.search(r"^#\s*(ifdef|ifndef|if.*)\s*\(?REJECT\b", text, re.MULTILINE):
        raise ValueError("has no branch on REJECT")
    return sentences[0]


def command_of(compiler, includes, options):
    """The words of a compiler's command that are the same for everything."""
    folders = [f"-I{folder}" for folder in includes]
    return [compiler, "-std=c++20", "-fdiagnostics-color=never", *options, *folders]


def is_clang(compiler):
    """Whether a compiler keeps precompiled headers as clang does."""
    said = subprocess.run([compiler, "--version"], capture_output=True, text=True)
    return "clang" in said.stdout


def precompile(compiler, includes, folder, header):
    """Reads a header once and keeps the result in a folder. The exit status of the compiler."""
    folder.mkdir(parents=True, exist_ok=True)
    prelude = folder / "prelude.hpp"
    prelude.write_text(f'#include "{pathlib.Path(header).resolve()}"\n', "utf-8")
    out = folder / ("prelude.pch" if is_clang(compiler) else "prelude.hpp.gch")
    command = command_of(compiler, includes, WARNINGS) + ["-x", "c++-header", str(prelude)]
    return subprocess.run([*command, "-o", str(out)]).returncode


def prelude_options(compiler, folder):
    """What makes a compiler use what precompile kept, if it did."""
    if folder and (folder / "prelude.pch").exists() and is_clang(compiler):
        return ["-include-pch", str(folder / "prelude.pch")]
    if folder and (folder / "prelude.hpp.gch").exists() and not is_clang(compiler):
        return ["-include", str(folder / "prelude.hpp")]
    return []


def compile_file(compiler, includes, file, options):
    """The exit status of a syntax check and what the compiler said."""
    command = command_of(compiler, includes, options) + ["-fsyntax-only", file]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    return done.returncode, done.stderr


def judge_rejected(status, said, sentence):
    """What is wrong with how the rejected branch was refused, or None."""
    errors = [line for line in said.splitlines() if ERROR.search(line)]
    if status == 0:
        return "the mistake compiles"
    if len(errors) != 1:
        return f"{len(errors)} errors instead of one"
    if sentence not in errors[0]:
        return f"the error does not say: {sentence}"
    return None


def check(compiler, includes, file, prelude=None):
    """What is wrong with a file, with the compiler's words, or None."""
    common = prelude_options(compiler, prelude)
    with open(file, encoding="utf-8") as opened:
        try:
            sentence = expectation(opened.read())
        except ValueError as error:
            return str(error)
    status, said = compile_file(compiler, includes, file, WARNINGS + common)
    if status != 0:
        return f"the accepted branch does not compile\n{said}"
    # Other warnings stay off here: they would add errors that the mistake did not ask for.
    options = ["-DREJECT", "-Werror=unused-result", "-Werror=unused-value", *common]
    status, said = compile_file(compiler, includes, file, options)
    wrong = judge_rejected(status, said, sentence)
    return f"{wrong}\n{said}" if wrong else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("--prelude", type=pathlib.Path)
    parser.add_argument("--precompile", action="store_true")
    parser.add_argument("file")
    arguments = parser.parse_args()
    includes = [folder for folder in arguments.include if folder]
    if arguments.precompile:
        return precompile(arguments.compiler, includes, arguments.prelude, arguments.file)
    wrong = check(arguments.compiler, includes, arguments.file, arguments.prelude)
    print(f"{arguments.file}: {wrong or 'one mistake, one sentence'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
