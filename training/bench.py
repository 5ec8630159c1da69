"""Compares the program's speed with that of other ways to the same labels, in one run on one machine.

`python -m training.bench BINARY MODEL_FOLDER` from the repository's root. Every contender is a process of its
own with two threads, and is measured whole: loading, reading, labelling, writing. They take turns; the quickest
round of each counts, as whatever else the machine does only ever makes a run slower. `fast` also reads a file
fifty times as long: over the short one it mostly starts.

The comments are made of sentences of `tests/data/replies.jsonl`, always the same ones.
"""

import argparse
import json
import math
import os
import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "tests/data/replies.jsonl"
THREADS = 2
REPEATS = 50
"""How often `fast` reads the comments in its long run."""
PADDED = 16
"""Windows in a batch of onnxruntime, where it is not one."""
LENGTH_MEDIAN, LENGTH_SPREAD, LENGTH_MOST = 31, 0.9, 400
"""Words of a comment: a log-normal distribution, cut."""
ENGLISH = frozenset("the a i to of and is it that you they we our this are for with was not how who".split())


@dataclass(frozen=True)
class Contender:
    """A command to be measured, and how many comments it labels."""

    name: str
    command: list[str]
    comments: int


@dataclass(frozen=True, order=True)
class Cost:
    """What one process took: seconds on the clock, seconds of all cores, and peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=Path, help="the release build of rejoinder")
    parser.add_argument("folder", type=Path, help="folder of the model `encoder`")
    parser.add_argument("--comments", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    lines = comments(given.comments)
    with tempfile.TemporaryDirectory() as folder:
        rivals = contenders(given.binary.resolve(), given.folder, lines, Path(folder))
        costs: dict[str, list[Cost]] = {rival.name: [] for rival in rivals}
        for number in range(1, given.rounds + 1):
            for rival in rivals:
                cost = measure(rival.command)
                costs[rival.name].append(cost)
                print(f"round {number}, {rival.name}: {cost.wall:.2f} s", file=sys.stderr)
    report(rivals, {name: min(found) for name, found in costs.items()})


def comments(count: int) -> list[str]:
    """Lines for `rejoinder label`: comments with parents, both of sentences of several texts."""
    rows = [json.loads(line) for line in SOURCE.read_text().splitlines()]
    texts = [_sentences(row["text"]) for row in rows]
    parents = [_sentences(parent) for parent in dict.fromkeys(row["parent"] or "" for row in rows)]
    rng = random.Random(1)
    pools = [[text for text in pool if _is_english(text)] for pool in (texts, parents)]
    made = (
        {"id": str(number), "text": _mix(pools[0], rng), "parent": _mix(pools[1], rng)}
        for number in range(count)
    )
    return [json.dumps(row) + "\n" for row in made]


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def _is_english(sentences: list[str]) -> bool:
    words = re.findall(r"\w+", " ".join(sentences).lower())
    return sum(word in ENGLISH for word in words) > len(words) / 12


def _mix(pool: list[list[str]], rng: random.Random) -> str:
    """Paragraphs of up to three neighbouring sentences from different texts."""
    words = min(rng.lognormvariate(math.log(LENGTH_MEDIAN), LENGTH_SPREAD), LENGTH_MOST)
    paragraphs: list[str] = []
    while sum(len(paragraph.split()) for paragraph in paragraphs) < words:
        text = rng.choice(pool)
        start = rng.randrange(len(text))
        paragraphs.append(" ".join(text[start : start + rng.randint(1, 3)]))
    return "\n\n".join(paragraphs)


def contenders(binary: Path, model: Path, lines: list[str], folder: Path) -> list[Contender]:
    """All that are compared; their files are written to `folder`."""
    once, often, out = folder / "once.jsonl", folder / "often.jsonl", folder / "out.jsonl"
    once.write_text("".join(lines))
    with often.open("w") as file:
        for _ in range(REPEATS):
            file.writelines(lines)
    count = len(lines)

    def ours(name: str, file: Path) -> list[str]:
        return [str(binary), "label", "--model", name, str(file)]

    def python(runtime: str, batch: int, workers: int = 1) -> list[str]:
        files = [str(model), str(once), str(out)]
        sizes = {"--batch": batch, "--threads": THREADS, "--workers": workers}
        options = [str(part) for pair in sizes.items() for part in pair]
        return [sys.executable, "-m", "training.pipeline", runtime, *files, *options]

    return [
        Contender("encoder", ours("encoder", once), count),
        Contender("fast", ours("fast", once), count),
        Contender("fast, long file", ours("fast", often), count * REPEATS),
        Contender("PyTorch, six models", python("torch", 32), count),
        Contender("onnxruntime, one window", python("onnx", 1), count),
        Contender(f"onnxruntime, {PADDED} windows", python("onnx", PADDED), count),
        Contender("onnxruntime, a window a core", python("onnx", 1, THREADS), count),
    ]


def measure(command: list[str]) -> Cost:
    """Runs a command to its end, without its standard output.

    A process that is started inherits the peak memory of its parent: this one stays small for that reason."""
    threads = {"OMP_NUM_THREADS": str(THREADS), "RAYON_NUM_THREADS": str(THREADS)}
    environment = {**os.environ, **threads, "OMP_WAIT_POLICY": "passive"}
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment, file_actions=silent)
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)}: exit code {os.waitstatus_to_exitcode(status)}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def report(rivals: list[Contender], costs: dict[str, Cost]) -> None:
    """Prints the table and the ratios."""
    print("| contender | comments | wall s | comments/s | CPU s | peak MiB |")
    print("|---|---:|---:|---:|---:|---:|")
    speeds = {rival.name: rival.comments / costs[rival.name].wall for rival in rivals}
    for rival in rivals:
        cost, speed = costs[rival.name], speeds[rival.name]
        print(
            f"| {rival.name} | {rival.comments:,} | {cost.wall:.2f} | {speed:,.1f} "
            f"| {cost.cpu:.2f} | {cost.memory:.0f} |"
        )
    encoder, torch = speeds["encoder"], speeds["PyTorch, six models"]
    onnx = max((name for name in speeds if name.startswith("onnx")), key=speeds.__getitem__)
    fast, short = speeds["fast, long file"], speeds["fast"]
    print(f"""
- `encoder` is {encoder / torch:.1f} times as fast as one PyTorch MiniLM per label family (target: at least 8).
- `encoder` takes {speeds[onnx] / encoder:.2f} times as long as {onnx}, its quickest way (target: at most 1.2).
- `fast` is {fast / encoder:.0f} times as fast as `encoder`, over the long file (target: at least 50); \
{short / encoder:.0f} times over the short one.

{_processor()}, {os.cpu_count()} cores, {THREADS} threads; torch {version("torch")}, \
onnxruntime {version("onnxruntime")}.""")


def _processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else "unknown processor"


if __name__ == "__main__":
    main()
