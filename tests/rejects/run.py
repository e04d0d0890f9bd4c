# run.py - one mistake, one sentence: compiles both branches of a file of tests/rejects.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: run.py --compiler CXX [--include DIR]… FILE

The file says `// expect: <sentence>`. With REJECT defined it must give exactly one error, and that
error must hold the sentence; without, it must compile without a warning.
"""

import argparse
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


def compile_file(compiler, includes, file, options):
    """The exit status of a syntax check and what the compiler said."""
    command = [compiler, "-std=c++20", "-fsyntax-only", "-fdiagnostics-color=never", *options]
    command += [f"-I{folder}" for folder in includes] + [file]
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


def check(compiler, includes, file):
    """What is wrong with a file, with the compiler's words, or None."""
    with open(file, encoding="utf-8") as opened:
        try:
            sentence = expectation(opened.read())
        except ValueError as error:
            return str(error)
    status, said = compile_file(compiler, includes, file, WARNINGS)
    if status != 0:
        return f"the accepted branch does not compile\n{said}"
    # Other warnings stay off here: they would add errors that the mistake did not ask for.
    options = ["-DREJECT", "-Werror=unused-result", "-Werror=unused-value"]
    wrong = judge_rejected(*compile_file(compiler, includes, file, options), sentence)
    if wrong:
        return f"{wrong}\n{compile_file(compiler, includes, file, options)[1]}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("file")
    arguments = parser.parse_args()
    wrong = check(arguments.compiler, [i for i in arguments.include if i], arguments.file)
    print(f"{arguments.file}: {wrong or 'one mistake, one sentence'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
