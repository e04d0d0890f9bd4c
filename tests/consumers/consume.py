# consume.py - build and run a program that uses oche from outside, in a path with a space.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: consume.py find_package|pkg-config|add_subdirectory --source DIR --build DIR …"""

import argparse
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def call(*words, wanted=0, **options):
    """Runs a command, shows what it said, and returns it; any other exit status is an error."""
    words = [str(word) for word in words]
    print("$", shlex.join(words), flush=True)
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", **options)
    print(done.stdout, flush=True)
    if done.returncode != wanted:
        sys.exit(f"exit status {done.returncode}, not {wanted}")
    return done.stdout


def install(arguments, folder):
    """An installed tree that was moved after it was made: nothing in it may know where it was."""
    made, moved = folder / "made here", folder / "moved there"
    call(arguments.cmake, "--install", arguments.build, "--prefix", made)
    made.rename(moved)
    for file in moved.rglob("*.cmake"):
        if str(folder) in file.read_text("utf-8", "replace"):
            sys.exit(f"{file} names the folder that it was installed to")
    return moved


def configure_and_build(arguments, project, folder, *options):
    """Builds a CMake project that is not in the repository, and returns its build folder."""
    source, build = folder / "a project", folder / "its build"
    shutil.copytree(HERE / project, source)
    call(arguments.cmake, "-G", "Ninja", "-S", source, "-B", build, "-DCMAKE_BUILD_TYPE=Debug",
         f"-DCMAKE_CXX_COMPILER={arguments.compiler}", *options)
    call(arguments.cmake, "--build", build)
    return build


def check_whole(program, folder):
    """The program of project/: it draws without running, runs, and then has nothing to do."""
    dot = call(program, "graph", "--format", "dot", cwd=folder)
    if "digraph" not in dot or "greeting" not in dot:
        sys.exit("this is not the diagram of the consumer's pipeline")
    call(program, "run", cwd=folder)
    call(program, "plan", cwd=folder)


def find_package(arguments, folder):
    prefix = install(arguments, folder)
    build = configure_and_build(arguments, "project", folder, f"-DCMAKE_PREFIX_PATH={prefix}")
    check_whole(build / "consumer", folder)


def pkg_config(arguments, folder):
    prefix = install(arguments, folder)
    places = {str(file.parent) for file in prefix.rglob("oche.pc")}
    environment = {**os.environ, "PKG_CONFIG_PATH": ":".join(places)}
    flags = shlex.split(call("pkg-config", "--cflags", "--libs", "oche", env=environment))
    sources = sorted((HERE / "project").glob("*.cpp"))
    call(arguments.compiler, "-std=c++20", *sources, "-o", folder / "a consumer", *flags)
    check_whole(folder / "a consumer", folder)


def add_subdirectory(arguments, folder):
    build = configure_and_build(arguments, "core", folder, f"-DOCHE_SOURCE={arguments.source}")
    dot = call(build / "drawing")
    if "digraph" not in dot:
        sys.exit("this is no diagram")
    if (build / "oche" / "tests").exists():
        sys.exit("a project that includes oche was made to build its tests")


WAYS = {"find_package": find_package, "pkg-config": pkg_config,
        "add_subdirectory": add_subdirectory}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=WAYS)
    for option in ("--source", "--build", "--cmake", "--compiler"):
        parser.add_argument(option, required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="a consumer ") as folder:
        WAYS[arguments.way](arguments, pathlib.Path(folder))


if __name__ == "__main__":
    main()
