# full.py - fills a pipeline's disk at random moments; it says so, and goes on when there is room.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: full.py [--times N] [--seed N] DISK PIPELINE

DISK is the file system that can be full (power_cut.cpp). The disk is full from some moment on, for
a while or until the program ends; every second time the program is killed while it is. Then there
is room, and what was finished must be there and must not run again.
"""
import argparse
import os
import pathlib
import random
import re
import shutil
import sys
import tempfile
import time

import world
from disk import leave_all
from power import fresh

PATIENCE = 120  # seconds until a program on a full disk has to have ended
PHASES = ((1, 3), (2, 2), (1, 1))  # revision, how often the disk is full


def unhelpful(errors):
    """The errors that do not say what to do."""
    all_of_them = re.split(r"^(?=error: )", errors, flags=re.MULTILINE)
    return [one for one in all_of_them if one.strip() and not re.search("(make|free) room", one)]


def fill(trial, revision, longest, is_killed):
    """True if the program ended with an error that the full disk explains."""
    chance = trial.chance
    disk = trial.disk()
    program = world.Program(trial.command(revision))
    ended = program.ends_within(chance.uniform(0, longest))
    disk.fill()
    if not ended:
        ended = program.ends_within(chance.uniform(0, longest))
    if chance.random() < 0.5:
        disk.make_room()
    if is_killed:
        program.kill()
        world.end_all([disk.process.pid])
    elif not ended and not program.ends_within(PATIENCE):
        print("the program did not end on a full disk")
        trial.wrong += 1
        program.kill()
        world.end_all([disk.process.pid])
    status = program.finish()
    disk.make_room()
    disk.end(is_cut=is_killed and chance.random() < 0.5)
    if not is_killed:
        silent = unhelpful(program.errors)
        if silent or status not in (0, 1, 69) or (status != 0 and not program.errors):
            print(f"exit status {status}, without a word of what to do: {silent}")
            trial.wrong += 1
    trial.check(revision, program.reported)
    return status != 0 and not is_killed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--isolation", default="automatic")
    parser.add_argument("disk")
    parser.add_argument("pipeline")
    options = parser.parse_args()
    options.times = int(os.environ.get("OCHE_FULL_DISKS", options.times))
    world.adopt_orphans()
    chance = random.Random(options.seed)
    place = pathlib.Path(tempfile.mkdtemp(prefix="oche-full-"))
    print(f"seed {options.seed}", flush=True)
    try:
        whole = fresh(options, place, "whole", chance)
        times = {revision: whole.finish(revision) for revision in (1, 2)}
        done = errors = kept = trials = 0
        while done < options.times:
            trials += 1
            trial = fresh(options, place, f"trial-{trials}", chance)
            for phase, (revision, count) in enumerate(PHASES):
                for _ in range(min(count, options.times - done)):
                    done += 1
                    longest = times[1] if phase == 0 else times[2]
                    errors += fill(trial, revision, longest, done % 2 == 0)
                trial.finish(revision)
            kept += trial.kept
            if not trial.is_good():
                print(f"trial {trials}, by time {done}: {trial.lost} lost, {trial.again} run "
                      f"again, {trial.wrong} wrong")
                return 1
            shutil.rmtree(trial.folder)
        print(f"{done} times full, {errors} runs ended with an error that says what to do, "
              f"{kept} results reported: 0 lost, 0 run again, 0 published values wrong")
        return 0
    finally:
        leave_all()
        world.end_all()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
