"""Can the encoder tell that two claims say the same? Precision and recall of shared words, of the cosine of unit
vectors, and of either.

`python -m training.similarity MODEL_FOLDER PAIRS [--threads DATA_DIR]` prints Markdown; `PAIRS` is
tests/data/claim_pairs.jsonl. With labelled threads, it lists the pairs of their claims and premises that only vectors
would join, to be judged by reading. A unit's vector is the mean of its tokens' hidden states, of length 1. The
threshold is chosen on the half `choose`, as the lowest with a precision of at least 0.9 there, and scored on the half
`report`. The guards of src/cluster/ (negation and numbers) hold for all methods; their word lists are read from the
program's source.
"""

import argparse
import gzip
import json
import math
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

PRECISION = 0.9
ALIKE = 0.9
"""Cosine from which pairs of the labelled threads are listed."""
SETS = ("secblogs_train", "secthreads_train")
SAMPLE = 4000
LENGTHS = range(5, 41)
"""Words of the units that are compared."""
WORDS_NEAR = 0.75
SOURCE = Path(__file__).parent.parent / "src"
PARENTS = (
    None,
    "I disagree, the whole article is nonsense.",
    "Does anybody know how they got in, and what the company did about it afterwards?",
)
"""What a unit answers, to see how much its vector depends on it."""

Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of the model")
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--threads", type=Path, help="the folder with " + ", ".join(SETS))
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.pairs.read_text().splitlines()]
    model = Model(options.folder)
    for row in rows:
        row["words"] = jaccard(row["a"], row["b"])
        row["cosine"] = float(model.vector(row["a"]) @ model.vector(row["b"]))
        row["guarded"] = same_sense(row["a"], row["b"])
    chosen = threshold([row for row in rows if row["half"] == "choose"])
    report(rows, chosen)
    spread(rows, model)
    if options.threads:
        alike(units(options.threads), model)


class Model:
    """The encoder as `model.json` names it."""

    def __init__(self, folder: Path) -> None:
        manifest = json.loads((folder / "model.json").read_text())
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.session = onnxruntime.InferenceSession(str(folder / manifest["encoder"]))
        self.cls, self.sep = (manifest["tokens"][name] for name in ("cls", "sep"))

    def vector(self, text: str, answered: str | None = None) -> np.ndarray:
        """The unit vector of a comment of one unit."""
        read = [self.tokenizer.encode(part, add_special_tokens=False).ids for part in (answered or "", text)]
        ids = [self.cls, *read[0], self.sep, *read[1], self.sep]
        first = len(read[0]) + 2
        inputs = {
            "input_ids": [ids],
            "attention_mask": [[1] * len(ids)],
            "token_type_ids": [[int(at >= first) for at in range(len(ids))]],
        }
        kinds = {given.name: np.int32 if "int32" in given.type else np.int64 for given in self.session.get_inputs()}
        inputs = {name: np.array(values, dtype=kinds[name]) for name, values in inputs.items()}
        (hidden,) = self.session.run(["last_hidden_state"], inputs)
        mean = hidden[0, first : len(ids) - 1].mean(axis=0)
        return mean / np.linalg.norm(mean)


def listed(file: str, name: str) -> set[str]:
    """The words of a list in the program's source."""
    body = re.search(rf"const {name}: &\[&str\] = &\[(.*?)\];", (SOURCE / file).read_text(), re.DOTALL)
    assert body, f"{file} has no {name}"
    return set(re.findall(r'"([^"]+)"', body[1]))


FUNCTION_WORDS = listed("text/words.rs", "FUNCTION_WORDS")
NEGATIONS = listed("cluster/words.rs", "NEGATIONS")


def folded(text: str) -> list[str]:
    return re.findall(r"\w+(?:['.]\w+)*", text.lower().replace("’", "'"))


def jaccard(a: str, b: str) -> float:
    one, other = (set(folded(text)) - FUNCTION_WORDS for text in (a, b))
    return len(one & other) / max(len(one | other), 1)


def same_sense(a: str, b: str) -> bool:
    def sense(text: str) -> tuple[bool, set[str]]:
        words = folded(text)
        negations = sum(word in NEGATIONS or word.endswith("n't") for word in words)
        return negations % 2 == 1, {word for word in words if re.search(r"\d", word)}

    return sense(a) == sense(b)


def threshold(rows: list[Row]) -> float:
    """The lowest cosine from which pairs that pass the guards are the same with the precision that is asked for."""
    passing = sorted((row for row in rows if row["guarded"]), key=lambda row: -row["cosine"])
    same, lowest = 0, math.inf
    for count, row in enumerate(passing, 1):
        same += row["same"]
        if same / count >= PRECISION:
            lowest = row["cosine"]
    return lowest


def report(rows: list[Row], chosen: float) -> None:
    by_words = {id(row) for row in rows if row["guarded"] and row["words"] >= WORDS_NEAR}
    by_cosine = {id(row) for row in rows if row["guarded"] and row["cosine"] >= chosen}
    methods = {
        f"words (Jaccard from {WORDS_NEAR})": by_words,
        f"vectors (cosine from {chosen:.3f})": by_cosine,
        "words or vectors": by_words | by_cosine,
        "words and vectors": by_words & by_cosine,
    }
    print("| pairs merged by | half | precision | recall | merged in error |\n|---|---|--:|--:|---|")
    for name, merged in methods.items():
        for half in ("choose", "report"):
            own = [row for row in rows if row["half"] == half]
            found = [row for row in own if id(row) in merged]
            right = sum(row["same"] for row in found)
            wrong = [row["kind"] for row in found if not row["same"]]
            errors = ", ".join(f"{wrong.count(kind)} {kind}" for kind in dict.fromkeys(wrong)) or "none"
            share = f"{right / len(found):.2f}" if found else "-"
            print(f"| {name} | {half} | {share} | {right / sum(row['same'] for row in own):.2f} | {errors} |")
    print("\n| kind | pairs | same | cosine: least | median | most |\n|---|--:|---|--:|--:|--:|")
    for kind in dict.fromkeys(row["kind"] for row in rows):
        own = [row for row in rows if row["kind"] == kind]
        least, median, most = np.quantile([row["cosine"] for row in own], (0, 0.5, 1))
        same = "yes" if own[0]["same"] else "no"
        print(f"| {kind} | {len(own)} | {same} | {least:.3f} | {median:.3f} | {most:.3f} |")


def spread(rows: list[Row], model: Model) -> None:
    """The cosine of a text with itself under other parents."""
    cosines = [cosine for text in dict.fromkeys(row["a"] for row in rows) for cosine in under_parents(text, model)]
    least, median = np.quantile(cosines, (0, 0.5))
    print(f"\nThe same words under other parents: cosine {median:.3f} (median), {least:.3f} (least).")


def under_parents(text: str, model: Model) -> Iterator[float]:
    alone, *others = (model.vector(text, parent) for parent in PARENTS)
    return (float(alone @ other) for other in others)


def units(folder: Path) -> list[str]:
    """Claims and premises of the labelled threads, a sample of those of usual length."""
    found: dict[str, None] = {}
    for name in SETS:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for comment in (comment for line in lines for comment in json.loads(line)["comments"]):
                own = (unit for unit in comment["units"] if unit["role"] in ("claim", "premise"))
                found.update((unit["text"], None) for unit in own if len(unit["text"].split()) in LENGTHS)
    return random.Random(1).sample(list(found), SAMPLE)


def alike(texts: list[str], model: Model) -> None:
    vectors = np.array([model.vector(text) for text in texts])
    cosines = np.triu(vectors @ vectors.T, 1)
    pairs = [(texts[a], texts[b]) for a, b in zip(*np.where(cosines >= ALIKE), strict=True)]
    only = [pair for pair in pairs if same_sense(*pair) and jaccard(*pair) < WORDS_NEAR]
    print(f"\nOf {len(texts)} units, {len(only)} pairs have a cosine from {ALIKE} that words do not join:\n")
    for a, b in only:
        print(f"- {a}\n  {b}")


if __name__ == "__main__":
    main()
