# console.py - the commands that the documentation shows really end as it says.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: console.py --programs DIR ROOT

Of every ```console block the lines `$ command` are run, in order, if their first word is one of
our programs or `cmake --preset`; the others are counted. They run in a copy of the checkout that is
a git repository with one commit on main. A line may end with `# exit N` (0 if it does not).
"""

import argparse
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import blocks

EXIT = re.compile(r"\s+# exit (\d+)$")
# Configuring is quick; building everything once more is what scripts/test does anyway.
QUICK = {"cmake": ["--preset", "--list-presets", "--version"], "ctest": ["--list-presets"]}
LONGEST = 120


def commands_of(text):
    """The commands of a block with the exit status that each must have."""
    for line in text.replace("\\\n", " ").splitlines():
        if not line.startswith("$ "):
            continue
        status = EXIT.search(line)
        yield EXIT.sub("", line[2:]).strip(), int(status.group(1)) if status else 0


def may_run(command, programs):
    """Whether a command does nothing but start one of our programs, or a quick one of CMake's."""
    try:
        words = shlex.split(command)
    except ValueError:
        return False
    if not words or any(mark in command for mark in "|;&<>$`"):
        return False
    first = pathlib.PurePosixPath(words[0]).name
    if first in QUICK:
        return len(words) > 1 and words[1].split("=")[0] in QUICK[first]
    return first in programs


def scratch_copy(root, folder):
    """A copy of the sources as a git repository with one commit."""
    copy = pathlib.Path(folder) / "checkout"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("build", ".git", ".oche"))
    git = ["git", "-C", str(copy), "-c", "user.name=docs", "-c", "user.email=docs@localhost"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "docs"]):
        subprocess.run([*git, *words], check=True)
    return copy


def run(command, programs, cwd):
    """The exit status and output of a command; our programs are found wherever they were built."""
    words = shlex.split(command)
    name = pathlib.PurePosixPath(words[0]).name
    if name in programs:
        words[0] = str(programs[name])
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, errors="replace",
                          stdin=subprocess.DEVNULL, timeout=LONGEST)
    return done.returncode, done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", required=True)
    parser.add_argument("root")
    arguments = parser.parse_args()
    folder = pathlib.Path(arguments.programs)
    programs = {file.name: file for file in folder.glob("*")
                if file.is_file() and os.access(file, os.X_OK)}

    ran = failed = left = 0
    with tempfile.TemporaryDirectory() as scratch:
        copy = scratch_copy(arguments.root, scratch)
        for block in blocks.read_all(arguments.root):
            if block.language != "console":
                continue
            for command, wanted in commands_of(block.text):
                if block.skipped or not may_run(command, programs):
                    left += 1
                    continue
                ran += 1
                try:
                    status, said = run(command, programs, copy)
                except subprocess.TimeoutExpired:
                    status, said = "none", f"did not end in {LONGEST} s"
                if status != wanted:
                    failed += 1
                    print(f"{block.where}: $ {command}\nexit status {status}, not {wanted}\n{said}")
    print(f"{ran} commands run, {failed} failed, {left} left out")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
