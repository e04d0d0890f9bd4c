# kill.py - kills a pipeline at random moments; what was stored by then never runs again.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: kill.py [--kills N] [--seed N] [--world | --repository FILES] PROGRAM [ARGUMENT...]

Where an argument is {state}, a state folder is put. A round kills the program some times in a row
on one folder and then lets it finish, which must be green.

With --world PROGRAM is pipeline.cpp's: then what is published is looked at, too, and each folder
sees three states of the published names: A, B and A again. OCHE_KILLS overrides --kills.
"""
import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import world

# Revision, kills; one state only where nothing of ours is published.
WITH_WORLD = ((1, 3), (2, 2), (1, 1))
WITHOUT = ((None, 3),)


def make_repository(files, repository):
    """What {repository} in the command stands for."""
    shutil.copytree(files, repository)
    git = ["git", "-C", str(repository), "-c", "user.name=kill", "-c", "user.email=kill@localhost"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run(git + words, check=True)


class Trial:
    """One state folder, and what went wrong in it."""

    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.state, self.outside = folder / "state", folder / "world"
        self.outside.mkdir(parents=True)
        self.before = world.Store(self.state)
        self.lost = self.again = self.wrong = self.orphans = 0
        self.left = []

    def command(self, revision):
        if self.options.world:
            return [*self.options.command, str(self.state), str(self.outside), str(revision),
                    self.options.isolation]
        words = {"{state}": str(self.state), "{repository}": str(self.folder.parent / "repository")}
        return [words.get(word, word) for word in self.options.command]

    def check(self, revision, reported):
        after = world.Store(self.state)
        lost = sorted(reported - after.ended) + sorted(self.before.keys - after.keys)
        again = world.repeated(self.before, after, revision)
        wrong = after.wrong_in(self.outside)
        for what, found in (("lost", lost), ("ran again", again), ("wrong", wrong)):
            if found:
                print(f"{what}: {found}")
        self.lost += len(lost)
        self.again += len(again)
        self.wrong += len(wrong)
        self.before = after

    def kill(self, revision, moment):
        """False if it had ended before."""
        program = world.Program(self.command(revision))
        if program.ends_within(moment):
            program.finish()
            return False
        program.kill()
        # What was being started just then may stay until the next program has looked after it.
        self.left += world.left_over()
        self.check(revision, program.reported)
        return True

    def finish(self, revision):
        """Seconds; raises unless it is green."""
        begun = time.monotonic()
        program = world.Program(self.command(revision))
        status = program.finish()
        took = time.monotonic() - begun
        if status != 0:
            raise RuntimeError(f"exit status {status}: {program.errors}")
        self.orphans += len(still := [p for p in world.left_over() if p in self.left])
        for process in still:
            print("still running:", world.describe(process))
        self.check(revision, program.reported)
        if revision is not None:
            wrong = world.not_of(revision, self.outside)
            if wrong:
                print(f"not of revision {revision}: {wrong}")
            self.wrong += len(wrong)
        return took

    def is_good(self):
        return self.lost + self.again + self.wrong + self.orphans == 0


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--world", action="store_true", help="the program is pipeline.cpp's")
    parser.add_argument("--isolation", default="automatic")
    parser.add_argument("--repository", help="a folder whose files are made a git repository")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    options.kills = int(os.environ.get("OCHE_KILLS", options.kills))
    return options


def main():
    options = parse()
    phases = WITH_WORLD if options.world else WITHOUT
    world.adopt_orphans()
    chance = random.Random(options.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="oche-kill-"))
    print(f"seed {options.seed}", flush=True)
    try:
        if options.repository:
            make_repository(options.repository, folder / "repository")
        whole = Trial(options, folder / "whole")
        times = [whole.finish(revision) for revision, _ in phases[:2]]
        kills = results = trials = left = lost = again = wrong = orphans = 0
        while kills < options.kills:
            trials += 1
            trial = Trial(options, folder / f"trial-{trials}")
            for phase, (revision, most) in enumerate(phases):
                for _ in range(min(most, options.kills - kills)):
                    longest = times[min(phase, len(times) - 1)]
                    if not trial.kill(revision, chance.uniform(0, longest)):
                        break
                    kills += 1
                results += len(trial.before.keys)
                trial.finish(revision)
            lost += trial.lost
            again += trial.again
            wrong += trial.wrong
            orphans += trial.orphans
            left += len(set(trial.left))
            if not trial.is_good():
                print(f"trial {trials}, by kill {kills}")
                break
            shutil.rmtree(trial.folder)
        print(f"{kills} kills within {times[0]:.2f} s each, {results} results survived: "
              f"{lost} lost, {again} ran again, {wrong} published values wrong, "
              f"{orphans} orphan processes ({left} left for the next program to end)")
        return 1 if lost + again + wrong + orphans else 0
    finally:
        world.end_all()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
