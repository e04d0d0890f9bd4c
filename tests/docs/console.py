# console.py - the commands that the documentation shows really end as it says.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: console.py --programs DIR ROOT

Of every ```console block the lines `$ command` are run, in order, if their first word is one of
our programs or `cmake --preset`; the others are counted. They run in a copy of the checkout that is
a git repository with one commit on main. A line may end with `# exit N` (0 if it does not).

Rows of tables with a cell `$ command` are run too, after the blocks of their file, and what the next
cell shows has to be in the output; … stands for anything on a line. Every command of our programs
has to be named in docs/analysis.md.
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
ROW = re.compile(r"\| `\$ ([^`|]+)` \| `([^`|]+)` \|")
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


def rows_of(text):
    """The commands in tables, with the exit status and the output that each must have."""
    for line in text.splitlines():
        row = ROW.search(line) if line.startswith("|") else None
        if row:
            [(command, status)] = commands_of("$ " + row.group(1))
            yield command, status, row.group(2)


def is_shown(wanted, said):
    """Whether a line of the output is as shown."""
    pattern = ".*".join(re.escape(part.strip()) for part in wanted.split("…"))
    return re.search(pattern, said) is not None


def unnamed(text, program, cwd):
    """The commands of a program that a text does not name."""
    said = run(program + " --help", {program: program}, cwd)[1]
    listed = said.split("Subcommands:")[1].split("\n\n")[0]
    commands = re.findall(r"^  ([a-z][a-z-]*) ", listed, re.MULTILINE)
    return [one for one in commands if not re.search(rf"`[^`]*\b{one}\b[^`]*`", text)]


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
        for file in blocks.documents(arguments.root):
            name = file.relative_to(arguments.root).as_posix()
            text = file.read_text("utf-8")
            todo = [(block.where, command, wanted, "", not block.skipped)
                    for block in blocks.blocks_of(name, text) if block.language == "console"
                    for command, wanted in commands_of(block.text)]
            todo += [(name, *row, True) for row in rows_of(text)]
            for where, command, wanted, shown, is_checked in todo:
                if not (is_checked and may_run(command, programs)):
                    left += 1
                    continue
                ran += 1
                try:
                    status, said = run(command, programs, copy)
                except subprocess.TimeoutExpired:
                    status, said = "none", f"did not end in {LONGEST} s"
                if status != wanted or not is_shown(shown, said):
                    failed += 1
                    print(f"{where}: $ {command}\nexit status {status}, not {wanted}, or without "
                          f"\"{shown}\"\n{said}")
        analysis = pathlib.Path(arguments.root) / "docs" / "analysis.md"
        for command in unnamed(analysis.read_text("utf-8"), str(min(programs.values())), copy):
            failed += 1
            print(f"docs/analysis.md does not name the command {command}")
    print(f"{ran} commands run, {failed} failed, {left} left out")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
