# house.py - the habits of every file that a machine can check: its head, its length, its words.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: house.py ROOT. Prints each finding as FILE:LINE: sentence; exit status 1 if any."""

import pathlib
import re
import sys

LICENCE = "// SPDX-License-Identifier: Apache-2.0"
LONGEST = 400
WIDEST = 100
# Marks of unfinished work; the word is built here so that this file does not find itself.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")


def layer_of(path):
    """What the second line of a file must name, or None where any word will do."""
    parts = pathlib.PurePosixPath(path).parts
    if parts[0] == "src" and len(parts) > 2:
        return parts[1]
    if parts[0] == "include" and len(parts) > 3:
        return parts[2]
    return None


def findings_of(path, text):
    """Every finding in one file, as (line number, sentence)."""
    lines = text.splitlines()
    head = lines[:3] + [""] * (3 - len(lines[:3]))
    name = pathlib.PurePosixPath(path).name
    if not re.match(rf"// {re.escape(name)} - \S.*\.$", head[0]):
        yield 1, f"does not begin with '// {name} - one sentence.'"
    layer = layer_of(path)
    if layer and head[1] != f"// Layer: {layer}.":
        yield 2, f"does not say '// Layer: {layer}.'"
    elif not re.match(r"// Layer: \w+\.$", head[1]):
        yield 2, "does not say its layer"
    if head[2] != LICENCE:
        yield 3, f"does not say '{LICENCE}'"
    if path.endswith(".hpp") and "#pragma once" not in lines:
        yield 4, "has no #pragma once"
    if len(lines) > LONGEST:
        yield LONGEST + 1, f"has {len(lines)} lines, more than {LONGEST}: split it by verb"
    for number, line in enumerate(lines, 1):
        # An address, and a sentence that a test of rejects expects, cannot be broken.
        if len(line) > WIDEST and "http" not in line and not line.startswith("// expect: "):
            yield number, f"is {len(line)} characters wide"
        if UNFINISHED.search(line):
            yield number, "is unfinished"


def findings(root):
    """Every finding below a root, and how many files were read."""
    root = pathlib.Path(root)
    found, files = [], 0
    for top in ("include", "src", "examples", "tests", "bench"):
        for file in sorted((root / top).rglob("*.[ch]pp")):
            files += 1
            path = file.relative_to(root).as_posix()
            for number, wrong in findings_of(path, file.read_text("utf-8")):
                found.append((path, number, wrong))
    return found, files


def main():
    found, files = findings(sys.argv[1])
    for path, number, wrong in found:
        print(f"{path}:{number}: {wrong}")
    print(f"{files} files, {len(found)} findings")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main())
