# layers.py - who may include whom: checks every #include against the table of rooms.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: layers.py ROOT. Prints each violation as FILE:LINE: sentence; exit status 1 if any."""

import pathlib
import re
import sys

# Rooms by height; a room may include only rooms that stand lower (and itself).
HEIGHT = {
    "base": 1,
    "term": 2,
    "graph": 3, "schedule": 3,
    "analysis": 4, "render": 4,
    "engine": 5, "reports": 5,
    "plugins": 6, "testing": 6,
    "cli": 7, "web": 7,
    "examples": 8,
}

# These read snapshots and send commands; the engine's own headers are not for them.
NO_ENGINE_INSIDES = {"cli", "web"}

# … except these tools, which know nothing of an engine: an open file, and a log being read.
ENGINE_TOOLS = {"engine/process/descriptor.hpp", "engine/process/log_reader.hpp"}

# Third-party headers (by pattern) and the only folders whose files may include them.
THIRD_PARTY = [
    (r"fmt/", ["include/", "src/", "examples/"]),
    (r"boost/hana(/|\.hpp$)", ["include/", "src/", "examples/"]),
    (r"(graphviz/)?(cgraph|gvc|gvcext|cdt|gvplugin\w*)\.h$", ["src/render/"]),
    (r"SQLiteCpp/|sqlite3\.h$", ["src/engine/store/"]),
    (r"git2(\.h$|/)", ["src/engine/trees/"]),
    (r"pugixml\.hpp$", ["src/reports/"]),
    (r"CLI/", ["src/cli/"]),
    (r"openssl/", ["src/base/", "src/engine/trees/"]),
    (r"zlib\.h$", ["src/engine/trees/"]),
    (r"curl/", ["src/plugins/http/"]),
    (r"nlohmann/", ["src/"]),
]

# Headers of C++20 and of its C library; anything else without a folder is the system's.
STANDARD = set("""
algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts
condition_variable coroutine deque exception execution filesystem format forward_list fstream
functional future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list
locale map memory memory_resource mutex new numbers numeric optional ostream queue random ranges
ratio regex scoped_allocator semaphore set shared_mutex source_location span sstream stack
stdexcept stop_token streambuf string string_view strstream syncstream system_error thread tuple
type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version
cassert cctype cerrno cfenv cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef
cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype
""".split())

# The operating system's headers, which belong in sources.
SYSTEM = re.compile(
    r"(sys|linux|netinet|arpa|net|asm)/\w+\.h$"
    r"|(dirent|dlfcn|errno|fcntl|fnmatch|glob|grp|limits|netdb|poll|pthread|pwd|sched|signal|spawn"
    r"|stdio|stdlib|string|syslog|termios|time|unistd|utime)\.h$")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SUFFIXES = {".hpp", ".cpp", ".h", ".ipp"}


def room_of(path):
    """The room of a path relative to the root, or None for the header of everything."""
    parts = pathlib.PurePosixPath(path).parts
    if parts[0] == "examples":
        return "examples"
    rest = parts[2:] if parts[0] == "include" else parts[1:]
    return rest[0] if len(rest) > 1 else None


def plugin_of(root, below):
    """The plug-in that a path below plugins/ belongs to, or None for what all of them share."""
    first, _, rest = below.partition("/")
    if rest:
        return first
    stem = first.rsplit(".", 1)[0]
    folders = (root / "include/oche/plugins" / stem, root / "src/plugins" / stem)
    return stem if any(folder.is_dir() for folder in folders) else None


def below_plugins(path):
    """The part of a relative path or of an included name that follows plugins/, or None."""
    match = re.match(r"(?:include/oche/|src/|oche/)?plugins/(.+)$", path)
    return match and match.group(1)


def check_house(root, path, room, quoted, name):
    """A header of our own: public as <oche/room/file.hpp>, internal as "room/file.hpp"."""
    if quoted:
        if not path.startswith("src/"):
            return "only sources may include internal headers; name a public one in <>"
        if not (root / "src" / name).exists():
            return f'no src/{name}: internal headers are named from src/, as "room/file.hpp"'
        other = name.split("/")[0]
        if other == "engine" and room in NO_ENGINE_INSIDES and name not in ENGINE_TOOLS:
            return f"{room} may not touch the engine's insides"
    else:
        if not (root / "include" / name).exists():
            return f"no include/{name}"
        parts = name.split("/")
        if len(parts) == 2:
            ok = room in ("examples", None)
            return None if ok else f"{room} may not include <{name}>: it stands above every room"
        other = parts[1]
    if room is None:
        return None
    if other not in HEIGHT:
        return f"{other} is no room"
    if other != room and HEIGHT[other] >= HEIGHT[room]:
        return f"{room} may not include {other}: only rooms below it"
    mine, theirs = below_plugins(path), below_plugins(name)
    if mine and theirs:
        mine, theirs = plugin_of(root, mine), plugin_of(root, theirs)
        if theirs is not None and mine != theirs:
            who = f"plug-in {mine}" if mine else "what all plug-ins share"
            return f"{who} may not include plug-in {theirs}: siblings do not know each other"
    return None


def check_foreign(path, name):
    """A header of somebody else."""
    for pattern, folders in THIRD_PARTY:
        if re.match(pattern, name):
            if any(path.startswith(folder) for folder in folders):
                return None
            return f"<{name}> may be included only in {', '.join(folders)}"
    if name in STANDARD:
        return None
    if SYSTEM.match(name):
        ok = path.startswith(("src/", "examples/"))
        return None if ok else f"<{name}> of the system belongs in src/"
    return f"<{name}> is no header that oche stands on"


def check_line(root, path, line):
    """What is wrong with one line of a file, or None."""
    match = INCLUDE.match(line)
    if not match:
        return None
    quoted, name = match.group(1) == '"', match.group(2)
    room = room_of(path)
    if room is not None and room not in HEIGHT:
        return f"{room} is no room"
    if quoted or name.startswith("oche/"):
        return check_house(root, path, room, quoted, name)
    return check_foreign(path, name)


def violations(root):
    """Every violation below a root, as (path, line number, sentence), and how much was read."""
    root = pathlib.Path(root)
    found, files, includes = [], 0, 0
    for top in ("include", "src", "examples"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in SUFFIXES or not file.is_file():
                continue
            files += 1
            path = file.relative_to(root).as_posix()
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                includes += bool(INCLUDE.match(line))
                wrong = check_line(root, path, line)
                if wrong:
                    found.append((path, number, wrong))
    return found, files, includes


def main():
    found, files, includes = violations(sys.argv[1])
    for path, number, wrong in found:
        print(f"{path}:{number}: {wrong}")
    print(f"{includes} includes of {files} files, {len(found)} against the table")
    return 1 if found or not includes else 0


if __name__ == "__main__":
    sys.exit(main())
