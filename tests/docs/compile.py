# compile.py - every block of C++ in the documentation compiles.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: compile.py --compiler CXX [--include DIR]… ROOT

A block without an #include of its own gets <oche/oche.hpp> and `using namespace oche;` in front. It
may be declarations, or statements of a function.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

import blocks

PRELUDE = "#include <oche/oche.hpp>\nusing namespace oche;\n"


def candidates(block):
    """The translation units that a block may stand for, the likeliest first."""
    line = f'#line {block.line + 1} "{block.file}"\n'
    if "#include" in block.text:
        yield line + block.text
        return
    yield PRELUDE + line + block.text
    yield PRELUDE + "void block_of_the_documentation() {\n" + line + block.text + "}\n"


def compile_block(compiler, includes, folder, number, block):
    """The compiler's words if no candidate compiles, or None. The first refusal is reported."""
    refusal = None
    for attempt, text in enumerate(candidates(block)):
        file = pathlib.Path(folder) / f"block{number}.{attempt}.cpp"
        file.write_text(text, "utf-8")
        command = [compiler, "-std=c++20", "-fsyntax-only", "-fdiagnostics-color=never"]
        command += [f"-I{folder}" for folder in includes] + [str(file)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        if done.returncode == 0:
            return None
        refusal = refusal or done.stderr
    return refusal


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", action="append", default=[])
    parser.add_argument("root")
    arguments = parser.parse_args()
    includes = [folder for folder in arguments.include if folder]

    cpp = [block for block in blocks.read_all(arguments.root) if block.language == "cpp"]
    wanted = [block for block in cpp if not block.skipped]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            jobs = [pool.submit(compile_block, arguments.compiler, includes, folder, number, block)
                    for number, block in enumerate(wanted)]
            for block, job in zip(wanted, jobs):
                refusal = job.result()
                if refusal:
                    failed += 1
                    print(f"{block.where}: does not compile\n{refusal}")
    for block in cpp:
        if block.skipped:
            print(f"{block.where}: not compiled: {block.skipped}")
    print(f"{len(wanted)} blocks compiled, {failed} failed, {len(cpp) - len(wanted)} left out")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
