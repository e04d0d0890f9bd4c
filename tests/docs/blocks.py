# blocks.py - the fenced blocks of the documentation, and which of them are checked.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0

import dataclasses
import pathlib
import re

FENCE = re.compile(r"^( *)(`{3,})(.*)$")
NOT_COMPILED = re.compile(r"^<!-- not (?:compiled|run): (\S.*) -->$")


@dataclasses.dataclass
class Block:
    """One fenced block: where it begins, its language, and why it is left out, if it is."""
    file: str
    line: int
    language: str
    skipped: str
    text: str

    @property
    def where(self):
        return f"{self.file}:{self.line}"


def documents(root):
    """The files whose blocks are checked, in order."""
    root = pathlib.Path(root)
    return [*filter(pathlib.Path.exists, [root / "README.md"]), *sorted(root.glob("docs/**/*.md"))]


def blocks_of(name, text):
    """Every fenced block of a document. A fence that is never closed is a ValueError."""
    found, reason, lines = [], "", text.splitlines()
    at = 0
    while at < len(lines):
        opened = FENCE.match(lines[at])
        if not opened:
            comment = NOT_COMPILED.match(lines[at].strip())
            if comment:
                reason = comment.group(1)
            elif lines[at].strip():
                reason = ""
            at += 1
            continue
        indent, fence, info = opened.groups()
        close = re.compile(rf"^ *{fence}`* *$")
        end = at + 1
        while end < len(lines) and not close.match(lines[end]):
            end += 1
        if end == len(lines):
            raise ValueError(f"{name}:{at + 1}: this block is never closed")
        words = info.split()
        if "fragment" in words[1:]:
            reason = reason or "a fragment"
        body = [line.removeprefix(indent) for line in lines[at + 1:end]]
        found.append(Block(name, at + 1, words[0] if words else "", reason, "\n".join(body) + "\n"))
        reason = ""
        at = end + 1
    return found


def read_all(root):
    """Every block of every document below a root."""
    root = pathlib.Path(root)
    found = []
    for file in documents(root):
        found += blocks_of(file.relative_to(root).as_posix(), file.read_text("utf-8"))
    return found
