"""Compares grounded, preferred and stable extensions with two outside solvers.

pygarg asks a SAT solver (grounded: its own loop); python-argumentation searches labels in Python.

    python -m venv target/outside
    target/outside/bin/pip install -r tests/outside/requirements.txt
    cargo build --release --example extensions
    target/outside/bin/python tests/outside/semantics.py target/release/examples/extensions [FRAMEWORK.af...]

Files that are named are compared too; `rejoinder analyze -f iccma -o FOLDER/ ...` writes them.
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from py_arg.abstract_argumentation_classes.abstract_argumentation_framework import AbstractArgumentationFramework
from py_arg.abstract_argumentation_classes.argument import Argument
from py_arg.abstract_argumentation_classes.defeat import Defeat
from py_arg.algorithms.semantics.get_grounded_extension import get_grounded_extension
from py_arg.algorithms.semantics.get_preferred_extensions import get_preferred_extensions
from py_arg.algorithms.semantics.get_stable_extensions import get_stable_extensions
from pygarg.dung import dimacs_parser, solver

SEED = 20261126
RANDOM = 1000
# python-argumentation is too slow for preferred extensions of many arguments.
GROUNDED_MOST, SEARCHED_MOST, SMALL_MOST = 40, 25, 9
FILES_PER_RUN = 500


def frameworks(most, folder, numbers):
    """Random frameworks of 1 to `most` arguments, from sparse to dense, as files."""
    for at in range(RANDOM):
        n = numbers.randint(1, most)
        density = numbers.choice([0.02, 0.05, 0.1, 0.2, 0.4])
        attacks = [(i, j) for i in range(1, n + 1) for j in range(1, n + 1) if numbers.random() < density]
        file = folder / f"{most}-{at}.af"
        file.write_text("\n".join([f"p af {n}", *(f"{i} {j}" for i, j in attacks)]) + "\n")
        yield file


def ours(program, semantics, files):
    """By file the set of extensions that the program finds."""
    found = {}
    for at in range(0, len(files), FILES_PER_RUN):
        command = [program, semantics, *files[at : at + FILES_PER_RUN]]
        for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
            if line.startswith("# "):
                assert not line.endswith("(not all)"), line
                extensions = found[line[2:]] = set()
            else:
                extensions.add(frozenset(line.split()[1:]))
    return found


def pygarg(semantics, arguments, attacks):
    if semantics == "grounded":
        return {frozenset(solver.compute_grounded_extension(arguments, attacks))}
    code = {"preferred": "PR", "stable": "ST"}[semantics]
    return {frozenset(extension) for extension in solver.extension_enumeration(arguments, attacks, code)}


def python_argumentation(semantics, arguments, attacks):
    named = {name: Argument(name) for name in arguments}
    framework = AbstractArgumentationFramework(
        "", list(named.values()), [Defeat(named[i], named[j]) for i, j in attacks]
    )
    if semantics == "grounded":
        found = [get_grounded_extension(framework)]
    elif semantics == "preferred":
        found = get_preferred_extensions(framework)
    else:
        found = get_stable_extensions(framework)
    return {frozenset(argument.name for argument in extension) for extension in found}


def compare(program, name, files, semantics, other):
    files = [str(file) for file in files]
    found = ours(program, semantics, files)
    equal = extensions = largest = 0
    for file in files:
        arguments, attacks = dimacs_parser.parse(file)
        theirs = other(semantics, arguments, attacks)
        largest = max(largest, len(arguments))
        extensions += len(theirs)
        if theirs == found[file]:
            equal += 1
        else:
            print(f"{file}: {semantics}: {other.__name__} has {theirs}, the program {found[file]}")
    print(f"| {name} | {semantics} | {other.__name__} | {largest} | {extensions} | {equal} of {len(files)} |")
    return equal == len(files)


def main():
    program, *named = sys.argv[1:]
    numbers = random.Random(SEED)
    print("| frameworks | semantics | solver | arguments, at most | extensions | equal |\n|---|---|---|--:|--:|--:|")
    good = True
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        grounded = list(frameworks(GROUNDED_MOST, folder, numbers))
        searched = list(frameworks(SEARCHED_MOST, folder, numbers))
        small = list(frameworks(SMALL_MOST, folder, numbers))
        good &= compare(program, "random", grounded, "grounded", pygarg)
        good &= compare(program, "random", grounded, "grounded", python_argumentation)
        for semantics in ["preferred", "stable"]:
            good &= compare(program, "random", searched, semantics, pygarg)
            good &= compare(program, "random", small, semantics, python_argumentation)
        for semantics in ["grounded", "preferred", "stable"]:
            if named:
                good &= compare(program, "named", named, semantics, pygarg)
        if named:
            good &= compare(program, "named", named, "grounded", python_argumentation)
    sys.exit(not good)


if __name__ == "__main__":
    main()
