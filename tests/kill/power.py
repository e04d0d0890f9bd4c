# power.py - cuts the power of a pipeline's disk at random moments; what was reported is there.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: power.py [--cuts N] [--seed N] DISK PIPELINE

DISK is the file system whose power can be cut (power_cut.cpp). Three states of the published names
follow each other on one state folder, A, B and A again; each is cut some times, and then finished.
"""
import argparse
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time

import world
from disk import Disk, leave_all

PHASES = ((1, 3), (2, 2), (1, 1))  # revision, cuts


class Trial:
    """One state folder, and what went wrong in it."""

    def __init__(self, options, folder, chance):
        self.options, self.folder, self.chance = options, folder, chance
        self.outside = folder / "world"
        self.outside.mkdir()
        self.before = world.Store(folder / "none")
        self.lost = self.again = self.wrong = self.kept = 0

    def disk(self):
        return Disk(self.options.disk, self.folder, self.chance.randrange(1 << 30))

    def command(self, revision):
        return [self.options.pipeline, str(self.folder / "disk/state"), str(self.outside),
                str(revision), self.options.isolation]

    def check(self, revision, reported):
        """What is on the disk now, against what was there and what was said to be there."""
        after = world.Store(self.folder / "backing/state")
        lost = sorted(reported - after.ended)
        gone = self.before.keys - after.keys
        again = world.repeated(self.before, after, revision)
        wrong = after.wrong_in(self.outside)
        for what, found in (("lost", lost), ("gone", gone), ("again", again), ("wrong", wrong)):
            if found:
                print(f"{what}: {found}")
        self.lost += len(lost) + len(gone)
        self.again += len(again)
        self.wrong += len(wrong)
        self.kept += len(reported)
        self.before = after

    def cut(self, revision, moment):
        disk = self.disk()
        program = world.Program(self.command(revision))
        program.ends_within(moment)
        program.kill()
        world.end_all([disk.process.pid])  # as a power cut does
        disk.end(is_cut=True)
        self.check(revision, program.reported)

    def finish(self, revision):
        """Seconds; raises if it cannot be finished."""
        disk = self.disk()
        begun = time.monotonic()
        program = world.Program(self.command(revision))
        status = program.finish()
        took = time.monotonic() - begun
        disk.end(is_cut=False)
        if status != 0:
            raise RuntimeError(f"exit status {status}: {program.errors}")
        self.check(revision, program.reported)
        wrong = world.not_of(revision, self.outside)
        self.wrong += len(wrong)
        if wrong:
            print(f"not of revision {revision}: {wrong}")
        return took

    def is_good(self):
        return self.lost + self.again + self.wrong == 0


def fresh(options, place, name, chance):
    folder = place / name
    folder.mkdir()
    return Trial(options, folder, chance)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cuts", type=int, default=10)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--isolation", default="automatic")
    parser.add_argument("disk")
    parser.add_argument("pipeline")
    options = parser.parse_args()
    options.cuts = int(os.environ.get("OCHE_POWER_CUTS", options.cuts))
    world.adopt_orphans()
    chance = random.Random(options.seed)
    place = pathlib.Path(tempfile.mkdtemp(prefix="oche-power-"))
    print(f"seed {options.seed}")
    try:
        whole = fresh(options, place, "whole", chance)
        times = {revision: whole.finish(revision) for revision in (1, 2)}
        print("undisturbed: {:.2f} s, then {:.2f} s to publish anew".format(*times.values()))
        cuts = kept = lost = again = wrong = number = 0
        while cuts < options.cuts:
            number += 1
            trial = fresh(options, place, f"trial-{number}", chance)
            for phase, (revision, count) in enumerate(PHASES):
                longest = times[1] if phase == 0 else times[2]
                for _ in range(min(count, options.cuts - cuts)):
                    cuts += 1
                    trial.cut(revision, chance.uniform(0, longest))
                trial.finish(revision)
            kept += trial.kept
            lost += trial.lost
            again += trial.again
            wrong += trial.wrong
            if not trial.is_good():
                print(f"trial {number}, by cut {cuts}")
                break
            shutil.rmtree(trial.folder)
        print(f"{cuts} power cuts, {kept} results reported: {lost} lost, {again} run again, "
              f"{wrong} published values wrong")
        return 1 if lost + again + wrong else 0
    finally:
        leave_all()
        world.end_all()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
