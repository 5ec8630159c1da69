"""Scores a model on every public set: one Markdown table out of what `rejoinder eval --json` says.

`python -m training.scoreboard BINARY DATA_DIR [--model NAME] [--development]` needs nothing but Python.
"""

import argparse
import gzip
import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .split import is_development

LEARNT = {
    "fast": ("habernal_cmv", "github_incivility"),
    "encoder": ("habernal_cmv", "github_incivility", "cdcp", "perspectrum"),
}
"""Sets of whose training side a shipped model learned; any other model is taken for an encoder."""
OWN = ("secthreads_train", "forumthreads_train", "secblogs_train")
"""Our threads, which docs/evaluation.md scores."""
UNLABELLED = ("convosumm",)
"""Sets without a label for `eval`."""
ATTACKS = "habernal_cmv"
BASELINES = ("majority", "word count", "TF-IDF")
Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=Path, help="the program `rejoinder`")
    parser.add_argument("data", type=Path, help="the folder of the public sets")
    parser.add_argument("--model", default="encoder")
    parser.add_argument(
        "--development",
        action="store_true",
        help="of the sets that the model learned from, keep only the groups that training keeps apart",
    )
    options = parser.parse_args()
    learnt = LEARNT.get(options.model, LEARNT["encoder"])
    board = Board(options.binary, options.model, options.development)
    board.head()
    for path in sorted(options.data.glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        if name in OWN + UNLABELLED:
            continue
        board.score(name, path, name in learnt)
        if name == ATTACKS:
            for title, rows in comparisons(list(read(path))):
                with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
                    file.writelines(json.dumps(row) + "\n" for row in rows)
                    file.flush()
                    board.score(f"{name}: {title}", Path(file.name), True)


class Board:
    """Prints the table, a set at a time."""

    def __init__(self, binary: Path, model: str, development: bool) -> None:
        self._command = [str(binary.resolve()), "eval", "--json", "--model", model]
        self._development = development

    def head(self) -> None:
        """The first two lines."""
        figures = ["support", "F1", "AP", "AUC", "accuracy", "accuracy at .5"]
        baselines = [f"{name}: F1 / AUC / accuracy" for name in BASELINES]
        print(line(["set", "the model learned from", "label", "cases", *figures, *baselines]))
        print(line(["---"] * 3 + ["--:"] * (1 + len(figures) + len(baselines))))

    def score(self, name: str, path: Path, is_learnt: bool) -> None:
        """The lines of a set."""
        command = [*self._command, str(path)]
        part = "nothing of it"
        if is_learnt:
            part = "its other side" if self._development else "its training side"
            command += ["--split", "development"] if self._development else []
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
        for entry in json.loads(done.stdout)["sets"]:
            for label in entry["labels"]:
                print(line([name, part, *of_label(entry, label)]), flush=True)
            if entry["accuracy"] is not None:
                print(line([name, part, *of_set(entry)]), flush=True)


def of_label(entry: Row, label: Row) -> Iterator[str]:
    """The cells of a label."""
    yield f"{entry['id']}: {label['id']}"
    yield str(label["cases"])
    yield str(label["support"])
    figures = ("f1", "average_precision", "roc_auc", "accuracy", "accuracy_at_half")
    yield from (short(label[figure]) for figure in figures)
    yield from of_baselines(label["baselines"], ("f1", "roc_auc", "accuracy"))


def of_set(entry: Row) -> Iterator[str]:
    """The cells of a set of which exactly one label holds: means over its labels, and its accuracy."""
    yield f"**{entry['id']}: macro**"
    yield str(entry["cases"])
    yield ""
    yield f"**{short(entry['macro_f1'])}**"
    yield from ("", "", short(entry["accuracy"]), "")
    yield from of_baselines(entry["baselines"], ("macro_f1", "roc_auc", "accuracy"))


def of_baselines(baselines: list[Row], figures: tuple[str, ...]) -> Iterator[str]:
    """The cells of baselines, dashes where a set has too few groups for any."""
    for other in baselines or [{}] * len(BASELINES):
        yield " / ".join(short(other.get(figure)) for figure in figures)


def comparisons(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The attacks that moderators removed, against comments that changed a view, and against others of the
    same threads, on each side of the split as many as there are attacks."""
    attacks = [row for row in rows if row["ad_hominem"]]
    won = [row for row in rows if row["delta"] and not row["ad_hominem"]]
    yield "ad hominem against delta", attacks + won
    threads = {row["group"] for row in attacks}
    texts = {row["text"] for row in attacks}
    others = [row for row in rows if row["group"] in threads and row["text"] not in texts]
    others.sort(key=lambda row: hashlib.sha256(row["id"].encode()).digest())
    drawn: list[Row] = []
    for side in (False, True):
        count = sum(is_development(row["group"]) == side for row in attacks)
        drawn += [row for row in others if is_development(row["group"]) == side][:count]
    yield "ad hominem against others of its threads", attacks + drawn


def read(path: Path) -> Iterator[Row]:
    """The rows of a set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in lines:
            yield json.loads(row)


def short(value: float | None) -> str:
    """A figure to three digits; a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def line(cells: Iterable[str]) -> str:
    """A line of the table."""
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
