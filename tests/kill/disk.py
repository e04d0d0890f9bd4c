# disk.py - the file system of power_cut.cpp, while it is mounted.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Mounts and unmounts it; says so where that cannot be done."""
import os
import pathlib
import signal
import subprocess
import sys

import world

NOT_HERE = 77  # as ctest's SKIP_RETURN_CODE says
PATIENCE = 60  # seconds until a disk that was unmounted has to be free


def unmount(folder, *options):
    command = ["umount", *options] if os.geteuid() == 0 else ["fusermount3", "-u"]
    subprocess.run([*command, folder], check=not options)


def everybody_with(folder):
    """The processes in whose mount namespace a folder is still mounted."""
    found = []
    for mounts in pathlib.Path("/proc").glob("[0-9]*/mounts"):
        try:
            if f" {folder} " in mounts.read_text():
                found.append(int(mounts.parent.name))
        except OSError:
            continue  # it is gone
    return found


class Disk:
    """Mounted, from one power cut to the next."""
    mounted = []

    def __init__(self, program, folder, seed):
        self.folder = folder / "disk"
        self.backing = folder / "backing"
        self.folder.mkdir(exist_ok=True)
        self.process = subprocess.Popen([program, self.backing, self.folder, str(seed)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "mounted\n":
            print("not tested: no FUSE file system can be mounted here:",
                  self.process.stderr.read().strip())
            sys.exit(NOT_HERE)
        Disk.mounted.append(self.folder)

    def fill(self):
        self.process.send_signal(signal.SIGUSR1)

    def make_room(self):
        self.process.send_signal(signal.SIGUSR2)

    def end(self, is_cut):
        if is_cut:
            self.process.terminate()
        unmount(self.folder)
        Disk.mounted.remove(self.folder)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise RuntimeError("somebody keeps the disk mounted: " + "; ".join(
                world.describe(process) for process in everybody_with(self.folder))) from None
        if status != 0:
            raise RuntimeError(f"the disk is broken: {self.process.stderr.read()}")
        self.process.stdout.close()
        self.process.stderr.close()


def leave_all():
    """For whoever gives up in the middle."""
    while Disk.mounted:
        unmount(Disk.mounted.pop(), "--lazy")
