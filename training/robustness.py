"""How scores move when texts are disguised or dirty: `python -m training.robustness BINARY DATA_DIR`.

The development side of the labelled threads is rewritten in one way after the other, labels kept, and
measured by `BINARY eval`. Standard library only.
"""

import argparse
import gzip
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from .data import LABELLED, REMOVED
from .vocabulary import LOOKALIKES

Pieces = list[tuple[int, int, str]]
"""Replacements: from, to, with what; in order, without overlap."""
SHOWN = ("role", "technical", "experience", "ad_hominem", "stance")
WORD = re.compile(r"[A-Za-z]{4,}")
LATIN = {latin: letter for letter, latin in LOOKALIKES.items() if letter >= "а"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=Path)
    parser.add_argument("data", type=Path, help="folder with the labelled sets")
    parser.add_argument("--model", default="encoder")
    given = parser.parse_args()
    print("| disguise | " + " | ".join(SHOWN) + " |")
    print("|---|" + "--:|" * len(SHOWN))
    for name, disguise in DISGUISES.items():
        with tempfile.TemporaryDirectory() as folder:
            _rewrite(given.data, Path(folder), disguise)
            figures = _measure(given.binary, Path(folder), given.model)
        print(f"| {name} | " + " | ".join(f"{figures[label]:.3f}" for label in SHOWN) + " |", flush=True)


def _every(step: int, change: Callable[[str], str]) -> Callable[[str], Pieces]:
    """Changes every word of four letters or more whose number is a multiple of `step`."""

    def disguise(text: str) -> Pieces:
        words = list(WORD.finditer(text))[::step]
        return [(word.start(), word.end(), change(word[0])) for word in words]

    return disguise


def _lookalike(word: str) -> str:
    return "".join(LATIN.get(letter, letter) for letter in word)


def _swapped(word: str) -> str:
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]


def _emoji(text: str) -> Pieces:
    ends = re.finditer(r"[.!?](?=\s|$)", text)
    return [(end.end(), end.end(), " 😀") for end in ends]


DISGUISES: dict[str, Callable[[str], Pieces]] = {
    "as written": lambda _: [],
    "capitals": _every(1, str.upper),
    "an emoji after every sentence": _emoji,
    "two letters of every fourth word swapped": _every(4, _swapped),
    "letters of every second word replaced by lookalikes": _every(2, _lookalike),
    "every fifth word with spaces between its letters": _every(5, " ".join),
}


def _rewrite(data: Path, folder: Path, disguise: Callable[[str], Pieces]) -> None:
    # Groups of Change My View are known from this set.
    shutil.copy(data / f"{REMOVED}.jsonl.gz", folder)
    for name in LABELLED:
        with (
            gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines,
            gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as out,
        ):
            for line in lines:
                thread = json.loads(line)
                for comment in thread["comments"] + thread["context"]:
                    _change(comment, disguise)
                out.write(json.dumps(thread) + "\n")


def _change(comment: dict, disguise: Callable[[str], Pieces]) -> None:
    text = comment["text"]
    pieces = disguise(text)
    changed, at = [], 0
    for start, end, words in pieces:
        changed += [text[at:start], words]
        at = end
    comment["text"] = "".join(changed) + text[at:]
    for unit in comment.get("units", ()):
        unit["start"] = _moved(unit["start"], pieces, False)
        unit["end"] = _moved(unit["end"], pieces, True)


def _moved(place: int, pieces: Pieces, is_end: bool) -> int:
    """Where a place of the text lies after the change; what stands at the end of a unit belongs to it."""
    shift = 0
    for start, end, words in pieces:
        if end < place or (end == place and (is_end or start < end)):
            shift += len(words) - (end - start)
        elif start < place:
            return start + shift
    return place + shift


def _measure(binary: Path, folder: Path, model: str) -> dict[str, float]:
    command = [binary, "eval", "--json", "--split", "development", "--model", model, folder]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    report = json.loads(ran.stdout)
    figures = {report_set["id"]: report_set["macro_f1"] for report_set in report["sets"]}
    for report_set in report["sets"]:
        figures |= {label["id"]: label["f1"] for label in report_set["labels"]}
    return figures


if __name__ == "__main__":
    main()
