# world.py - what the tests that kill, cut the power or fill the disk have in common.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Looks into state folders, runs the pipeline, and finds what is left of it."""
import ctypes
import glob
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time

CHILD_SUBREAPER = 36  # prctl: whoever loses its parent becomes our child
SAID = re.compile(rb"(site-[\d-]+) is (site-[\d-]+ with revision (\d+) of .*?\.)")


def adopt_orphans():
    ctypes.CDLL(None).prctl(CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants(of):
    """The living processes below one, and that have not been reaped; ours to count and to end."""
    found = [of]
    for process in found:
        for children in glob.glob(f"/proc/{process}/task/*/children"):
            try:
                found += [int(word) for word in pathlib.Path(children).read_text().split()]
            except OSError:
                continue  # it is gone
    return found[1:]


def reap(process):
    """True if it was a child of ours that has ended."""
    try:
        return os.waitpid(process, os.WNOHANG)[0] == process
    except ChildProcessError:
        return not pathlib.Path(f"/proc/{process}").exists()


def left_over(known=(), patience=2.0):
    """What still runs after a program was killed, other than `known`."""
    until = time.monotonic() + patience
    while True:
        found = [p for p in descendants(os.getpid()) if p not in known]
        left = [p for p in found if not reap(p)]
        # The children of one that has ended meanwhile may have become ours behind our back.
        is_sure = len(left) == len(found)
        if is_sure and (not left or time.monotonic() > until):
            return left
        time.sleep(0.005)


def describe(process):
    """What a process is, for the one who has to find out why it still runs."""
    facts = {}
    for name in ("cmdline", "wchan", "stat"):
        try:
            facts[name] = pathlib.Path(f"/proc/{process}/{name}").read_text().replace("\0", " ")
        except OSError:
            facts[name] = "gone"
    return f"{process} ({facts['wchan']}, {facts['stat'][:60]}): {facts['cmdline'][-300:]}"


def end_all(known=()):
    while left := left_over(known, 0):
        for process in left:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        time.sleep(0.002)


class Store:
    """What a state folder says; a copy, as what a killed writer left may have to be put right."""

    def __init__(self, state):
        self.keys, self.newest, self.ended, self.published = set(), 0, set(), {}
        self.attempts = []
        if not (pathlib.Path(state) / "store.db").exists():
            return
        with tempfile.TemporaryDirectory(prefix="oche-kill-") as copy:
            for name in ("store.db", "store.db-wal", "store.db-journal"):
                if (pathlib.Path(state) / name).exists():
                    shutil.copy(pathlib.Path(state) / name, copy)
            database = sqlite3.connect(pathlib.Path(copy) / "store.db")
            try:
                if self.version(database):
                    self.read(database)
            finally:
                database.close()

    @staticmethod
    def version(database):
        """0 if it was killed while it made the store."""
        return database.execute("PRAGMA user_version").fetchone()[0]

    def read(self, database):
        ask = database.execute
        values = dict(ask("SELECT key, value FROM results"))
        self.keys = set(values)
        self.newest = ask("SELECT coalesce(max(id), 0) FROM attempts").fetchone()[0]
        self.ended = {row[0] for row in ask("SELECT id FROM attempts WHERE state = 1")}
        self.attempts = ask("SELECT id, key, path FROM attempts").fetchall()
        for name, known, value in ask("SELECT name, known, value FROM published"):
            self.published[bytes.fromhex(name)] = (known, value)

    def to_keep(self, revision):
        """Keys that may not run again; a publishing one may, unless its name is as wanted."""
        keep = set(self.keys)
        if revision is None:
            return keep
        for key, (known, value) in self.published.items():
            said = SAID.search(value)
            if not known or not said or said.group(3) != str(revision).encode():
                keep.discard(key)
        return keep

    def wrong_in(self, world):
        """Names that are said to be known and are something else."""
        wrong = []
        for known, value in self.published.values():
            said = SAID.search(value)
            if known and said:
                name, text = said.group(1).decode(), said.group(2)
                file = pathlib.Path(world) / name
                if not file.exists() or file.read_bytes() != text:
                    wrong.append(name)
        return sorted(wrong)


def repeated(before, after, revision):
    """Steps that had a result by then and have been attempted since."""
    keep = before.to_keep(revision)
    return sorted({path for number, key, path in after.attempts
                   if number > before.newest and key in keep})


def not_of(revision, world):
    """Names that are not as the pipeline wanted them last."""
    said = f" with revision {revision} of "
    return sorted(file.name for file in pathlib.Path(world).iterdir()
                  if said not in file.read_text() or not file.read_text().endswith("."))


class Program:
    """The pipeline, while it runs."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        start_new_session=True, text=True)
        self.reported, self.errors = set(), ""
        self.readers = [threading.Thread(target=self.read), threading.Thread(target=self.listen)]
        for reader in self.readers:
            reader.start()

    def read(self):
        for line in self.process.stdout:
            words = line.split()
            if line.endswith("\n") and words[:1] == ["finished"]:
                self.reported.add(int(words[1]))

    def listen(self):
        self.errors = self.process.stderr.read()

    def ends_within(self, seconds):
        try:
            self.process.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False

    def finish(self, patience=300):
        """Its exit status."""
        if not self.ends_within(patience):
            self.process.kill()
        status = self.process.wait()
        for reader in self.readers:
            reader.join(patience)
            if reader.is_alive():
                raise RuntimeError("somebody holds its output: " + "; ".join(
                    describe(process) for process in descendants(os.getpid())))
        return status

    def kill(self):
        self.process.kill()
        return self.finish()
