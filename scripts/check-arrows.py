#!/usr/bin/env python3
"""Compares the imports in Sources/ with the table of rooms in docs/architecture.md.

SwiftPM does not police imports (a transitive one compiles), so this script does: it fails on an
arrow the table does not allow, on a room that is missing from the table, on a C target with more
than one importer, on a dependency in Package.swift that no file uses, and on an import that
Package.swift does not declare (it compiles where the other module happens to be built first, and
fails on a fresh machine).
"""
import json
import pathlib
import re
import subprocess
import sys

SYSTEM = {"Foundation", "FoundationEssentials", "FoundationNetworking", "Dispatch", "Synchronization", "Glibc", "Musl"}
IMPORT = re.compile(
    r"^\s*(?:@\w+\s+)*(?:public |package |internal |private |fileprivate )?import\s+(?:\w+ )?(\w+)")
ROW = re.compile(r"^\| *\d *\| *((?:`\w+` *)+)\|[^|]*\|([^|]*)\|([^|]*)\|$")


def table():
    """room -> the set of modules it may import."""
    allowed = {}
    for line in pathlib.Path("docs/architecture.md").read_text(encoding="utf-8").splitlines():
        match = ROW.match(line)
        if match:
            names = set(re.findall(r"\w+", match[2])) | set(re.findall(r"\w+", match[3]))
            for room in re.findall(r"\w+", match[1]):
                allowed[room] = names
    return allowed


def imports(folder):
    """module -> the first place in the folder that imports it."""
    found = {}
    for path in sorted(folder.rglob("*.swift")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = IMPORT.match(line)
            if match:
                found.setdefault(match[1], f"{path}:{number}")
    return found


def main():
    allowed = table()
    if not allowed:
        return ["docs/architecture.md has no table of rooms"]
    problems, importers = [], {}
    rooms = [path.name for path in sorted(pathlib.Path("Sources").iterdir()) if path.is_dir()]
    for room in rooms:
        if room not in allowed:
            problems.append(f"{room}: not in the table of docs/architecture.md")
            continue
        for module, place in imports(pathlib.Path("Sources", room)).items():
            if module in SYSTEM:
                continue
            if module not in allowed[room]:
                problems.append(f"{place}: {room} may not import {module}")
            if re.match(r"C[A-Z]", module):
                importers.setdefault(module, set()).add(room)
    for module, users in importers.items():
        if module in rooms and len(users) > 1:
            problems.append(f"{module}: imported by {', '.join(sorted(users))}, only one may")
    return problems + declarations()


def declarations():
    """What the manifest declares and nobody uses, and what somebody uses undeclared."""
    dump = json.loads(subprocess.run(
        ["swift", "package", "dump-package"], capture_output=True, check=True).stdout)
    ours = {target["name"] for target in dump["targets"]}
    problems = []
    for target in dump["targets"]:
        name, test = target["name"], target["type"] == "test"
        declared = {
            (dependency.get("byName") or dependency.get("product") or dependency["target"])[0]
            for dependency in target["dependencies"]}
        used = imports(pathlib.Path("Tests" if test else "Sources", name))
        if not test:
            for unused in sorted(declared - set(used)):
                problems.append(f"Package.swift: {name} needs {unused} but never imports it")
        for module in sorted(set(used) & ours - declared - {name}):
            problems.append(f"{used[module]}: Package.swift does not give {module} to {name}")
    return problems


if __name__ == "__main__":
    found = main()
    for problem in found:
        print(problem)
    sys.exit(bool(found))
