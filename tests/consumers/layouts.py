# layouts.py - in-toto's own program accepts our layouts, and what ran by their rules.
# Layer: tests.
# SPDX-License-Identifier: Apache-2.0
"""Usage: layouts.py PROGRAM

PROGRAM is the example with a gated deploy. Exit status 77 (left out) where there is no in-toto.
"""

import json
import subprocess
import sys
import tempfile

try:
    from in_toto.exceptions import RuleVerificationError
    from in_toto.models.layout import Layout
    from in_toto.models.link import Link
    from in_toto.models.metadata import Metablock
    from in_toto.verifylib import verify_all_item_rules
except ImportError:
    print("there is no in-toto here")
    sys.exit(77)


def run(folder, program, *words, status=0):
    done = subprocess.run([program, *words], cwd=folder, capture_output=True, text=True)
    assert done.returncode == status, (words, done.returncode, done.stderr)
    return done.stdout


def is_kept(layout, links):
    """Whether in-toto finds the rules of all steps kept."""
    blocks = {one["name"]: Metablock(signed=Link.read(one), signatures=[]) for one in links}
    try:
        verify_all_item_rules(layout.steps, blocks)
        return True
    except RuleVerificationError as error:
        print(str(error).splitlines()[0])
        return False


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        run(folder, program, "provenance", "--out", "layout.json")
        with open(f"{folder}/layout.json", encoding="utf-8") as file:
            layout = Layout.read(json.load(file)["signed"])
        layout.validate()
        assert len(layout.steps) == 5
        run(folder, program, "run", "--quiet", status=3)
        run(folder, program, "approve", "release to production", "--quiet")
        run(folder, program, "run", "--quiet")
        checked = json.loads(run(folder, program, "provenance", "--check", "layout.json", "--json"))
        assert checked["departures"] == [], checked["departures"]
        links = checked["links"]
        for one in links:
            Link.read(one).validate()
        assert is_kept(layout, links)

        # Each of these is told by in-toto as it is by us.
        required = {step.name: {rule[1] for rule in step.expected_materials
                                if rule[0] == "REQUIRE"} for step in layout.steps}
        count = 1
        for at, one in enumerate(links):
            for name in list(one["materials"]):
                wrong = json.loads(json.dumps(links))
                taken = wrong[at]["materials"].pop(name)
                if name not in required[one["name"]]:
                    wrong[at]["materials"]["another"] = taken
                assert not is_kept(layout, wrong), (one["name"], name)
                count += 1
        assert count > 10
        print(f"{count} files checked")


if __name__ == "__main__":
    main()
