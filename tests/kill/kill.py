# kill.py - kills a pipeline at random moments; what was stored by then never runs again.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: kill.py [--kills N] [--seed N] [--repository FILES] PROGRAM [ARGUMENT...]

Where an argument is {state}, a state folder is put. A round kills the program three times in a row
on one folder and then lets it finish, which must be green.
"""
import argparse
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

KILLS_A_FOLDER = 3


def rows(state, question):
    """What the store says; asks a copy, as what a killed writer left may have to be put right."""
    if not (pathlib.Path(state) / "store.db").exists():
        return []
    with tempfile.TemporaryDirectory(prefix="oche-kill-") as copy:
        for name in ("store.db", "store.db-wal", "store.db-journal"):
            if (pathlib.Path(state) / name).exists():
                shutil.copy(pathlib.Path(state) / name, copy)
        store = sqlite3.connect(pathlib.Path(copy) / "store.db")
        try:
            return store.execute(question).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):  # killed while it made the store
                return []
            raise
        finally:
            store.close()


def stored(state):
    """Keys with a result, and the last attempt's number."""
    keys = {key for (key,) in rows(state, "SELECT key FROM results")}
    newest = rows(state, "SELECT coalesce(max(id), 0) FROM attempts")
    return keys, (newest[0][0] if newest else 0)


def repeated(state, keys, newest):
    """Steps that had a result by then and have been attempted since."""
    since = rows(state, f"SELECT key, path FROM attempts WHERE id > {newest}")
    return sorted({path for key, path in since if key in keys})


def run(command, state):
    repository = pathlib.Path(state).parent / "repository"
    return [word.replace("{state}", str(state)).replace("{repository}", str(repository))
            for word in command]


def make_repository(files, repository):
    """What {repository} in the command stands for."""
    shutil.copytree(files, repository)
    git = ["git", "-C", str(repository), "-c", "user.name=kill", "-c", "user.email=kill@localhost"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run(git + words, check=True)


def finish(command, state):
    """Runs to the end; gives what is wrong, or nothing."""
    keys, newest = stored(state)
    ended = subprocess.run(run(command, state), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                           text=True, check=False)
    if ended.returncode != 0:
        return f"exit status {ended.returncode}: {ended.stdout}"
    again = repeated(state, keys, newest)
    return f"ran again although stored: {', '.join(again)}" if again else ""


def kill_at(command, state, moment):
    """True if the program was killed, false if it ended before."""
    child = subprocess.Popen(run(command, state), stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        child.wait(timeout=moment)
        return False
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.wait()
        return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    parser.add_argument("--repository", help="a folder whose files are made a git repository")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="oche-kill-"))
    print(f"seed {options.seed}")
    try:
        if options.repository:
            make_repository(options.repository, folder / "repository")
        begun = time.monotonic()
        wrong = finish(options.command, folder / "whole")
        whole = time.monotonic() - begun
        if wrong:
            print(f"not even undisturbed: {wrong}")
            return 1
        kills = results = 0
        while kills < options.kills:
            state = folder / f"state-{kills}"
            for _ in range(KILLS_A_FOLDER):
                keys, newest = stored(state)
                if not kill_at(options.command, state, chance.uniform(0, whole)):
                    break
                kills += 1
                again = repeated(state, keys, newest)
                if again:
                    print(f"kill {kills}: ran again although stored: {', '.join(again)}")
                    return 1
            results += len(stored(state)[0])
            wrong = finish(options.command, state)
            if wrong:
                print(f"after kill {kills}: {wrong}")
                return 1
            shutil.rmtree(state)
        print(f"{kills} kills within {whole:.2f} s each, {results} results survived, none ran again")
        return 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
