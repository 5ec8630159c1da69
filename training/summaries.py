"""Scores summaries by ROUGE against those that people wrote, beside three baselines, and checks that every
sentence of every summary stands where it says.

`python -m training.summaries BINARY DATA_DIR [--model NAME]` prints Markdown. Besides Python it needs
`rouge-score` (training/requirements.txt). All texts are cut at the same number of words, baselines in the
middle of a sentence, which helps them; rejoinder leaves out what does not fit. Constants were tuned on the
half `tuned`; the other half was only measured.
"""

import argparse
import gzip
import hashlib
import json
import math
import random
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from rouge_score.rouge_scorer import RougeScorer

WORDS = 60
METRICS = ("rouge1", "rouge2", "rougeL")
HALVES = ("tuned", "other")
DRAWS = 2000
THRESHOLD = 0.1
DAMPING = 0.85
"""As in Erkan and Radev 2004: cosines above the threshold are edges, walked with this probability."""
ROUNDS = 50

Row = dict[str, Any]
Method = Callable[[list[list[str]]], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=Path, help="the program `rejoinder`")
    parser.add_argument("data", type=Path, help="the folder with convosumm.jsonl.gz")
    parser.add_argument("--model", default="fast")
    options = parser.parse_args()
    rows = list(read(options.data / "convosumm.jsonl.gz"))
    threads = [thread(row) for row in rows]
    run = Program(options.binary, options.model)
    extracts = run.summaries(threads, WORDS)
    analyses = run.analyses(threads)
    checked = check(threads, extracts)
    checked += check(threads, [analysis["summary"] for analysis in analyses])
    units = [own_units(*each) for each in zip(threads, analyses, strict=True)]
    texts: dict[str, list[str]] = {
        name: [cut(method(each)) for each in units] for name, method in BASELINES.items()
    }
    texts["rejoinder"] = [" ".join(" ".join(words(extract)).split()) for extract in extracts]
    longest = max(len(text.split()) for text in texts["rejoinder"])
    assert longest <= WORDS, f"a summary has {longest} words"
    report(rows, texts)
    print(f"\n{checked} sentences stand in the comment that they cite, at the cited place.")


def read(path: Path) -> Iterator[Row]:
    """The threads with a summary by people."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def thread(row: Row) -> Row:
    """A thread of the set in rejoinder's form. The set does not say who answers whom."""
    comments = [
        {"id": str(number), "text": text} for number, text in enumerate(row["comments"], start=1)
    ]
    return {
        "schema": "rejoinder/thread@1",
        "id": name(row),
        "article": {"title": row["question"]},
        "comments": comments,
    }


def name(row: Row) -> str:
    """A name for the thread, which tells its half."""
    return f"{row['set']}/{row['id']}"


def half(row: Row) -> str:
    """The half of a thread: a function of its name alone."""
    digest = hashlib.sha256(f"summary {name(row)}".encode()).digest()
    return HALVES[int.from_bytes(digest[:8], "big") % 2]


class Program:
    """Runs rejoinder on threads."""

    def __init__(self, binary: Path, model: str) -> None:
        self._binary = str(binary.resolve())
        self._model = model

    def summaries(self, threads: list[Row], limit: int) -> list[Row]:
        """A summary of each."""
        return self._lines(threads, "summarize", "--words", str(limit))

    def analyses(self, threads: list[Row]) -> list[Row]:
        """An analysis of each, for its sentences, and with a longer summary."""
        return self._lines(threads, "analyze")

    def _lines(self, threads: list[Row], *arguments: str) -> list[Row]:
        command = [self._binary, *arguments, "--quiet", "--format", "json", "--model", self._model]
        lines = "".join(json.dumps(thread) + "\n" for thread in threads)
        done = subprocess.run(
            [*command, "-"], input=lines, check=True, stdout=subprocess.PIPE, encoding="utf-8"
        )
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(found) == len(threads), "not every thread was read"
        return found


def sentences(extract: Row) -> Iterator[Row]:
    """The sentences of a summary in the order in which its text shows them."""
    yield from extract["about"]
    for dispute in extract["contested"]:
        yield dispute["claim"]
        yield from (dispute[side] for side in ("for", "against") if dispute[side])
    yield from extract["questions"]
    yield from extract["evidence"]
    for derailment in extract["derailments"]:
        yield from (derailment[key] for key in ("before", "at") if derailment[key])


def words(extract: Row) -> list[str]:
    """What a summary says, without headings and names."""
    return [sentence["text"] for sentence in sentences(extract)]


def check(threads: list[Row], extracts: list[Row]) -> int:
    """How many sentences were looked up; one that stands elsewhere is an error."""
    count = 0
    for of, extract in zip(threads, extracts, strict=True):
        texts = {comment["id"]: comment["text"] for comment in of["comments"]}
        for sentence in sentences(extract):
            comment, place = sentence["unit"].rsplit("@", 1)
            start, end = map(int, place.split("-"))
            assert comment == sentence["comment"], sentence["unit"]
            assert texts[comment][start:end] == sentence["text"], sentence["unit"]
            count += 1
    return count


def own_units(of: Row, analysis: Row) -> list[list[str]]:
    """The sentences of each comment as rejoinder cuts them, so that all methods choose among the same."""
    texts = {comment["id"]: comment["text"] for comment in of["comments"]}
    cut: dict[str, list[str]] = {comment: [] for comment in texts}
    for unit in analysis["units"]:
        text = texts[unit["comment"]][unit["start"] : unit["end"]]
        cut[unit["comment"]].append(" ".join(text.split()))
    return [units for units in cut.values() if units]


def lead(comments: list[list[str]]) -> list[str]:
    """All sentences in their order."""
    return [sentence for comment in comments for sentence in comment]


def first(comments: list[list[str]]) -> list[str]:
    """The first sentence of each comment."""
    return [comment[0] for comment in comments]


def lexrank(comments: list[list[str]]) -> list[str]:
    """All sentences by their centrality (Erkan and Radev 2004)."""
    found = lead(comments)
    counts = [Counter(re.findall(r"\w+", sentence.lower())) for sentence in found]
    holders = Counter(word for count in counts for word in count)
    vectors = []
    for count in counts:
        vector = {word: n * math.log(len(found) / holders[word]) for word, n in count.items()}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({word: value / length for word, value in vector.items()})
    posted: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for word, value in vector.items():
            posted[word].append((number, value))
    near = []
    for number, vector in enumerate(vectors):
        cosines: dict[int, float] = defaultdict(float)
        for word, value in vector.items():
            for other, theirs in posted[word]:
                cosines[other] += value * theirs
        near.append([o for o, cosine in cosines.items() if cosine > THRESHOLD and o != number])
    ranks = [1.0] * len(found)
    for _ in range(ROUNDS):
        after = [1 - DAMPING] * len(found)
        for number, others in enumerate(near):
            for other in others:
                after[other] += DAMPING * ranks[number] / len(others)
        ranks = after
    order = sorted(range(len(found)), key=lambda number: (-ranks[number], number))
    return [found[number] for number in order]


BASELINES: dict[str, Method] = {
    "lead": lead,
    "first sentence of each comment": first,
    "LexRank": lexrank,
}


def cut(found: Iterable[str]) -> str:
    """The first words of the sentences, as many as there may be."""
    return " ".join(" ".join(found).split()[:WORDS])


def report(rows: list[Row], texts: dict[str, list[str]]) -> None:
    """A table for each half and for all: F1 in per cent, and what rejoinder has over the best other."""
    scorer = RougeScorer(METRICS, use_stemmer=True)
    scores = {
        name: [
            {metric: 100 * score.fmeasure for metric, score in of.items()}
            for of in (
                scorer.score(row["summary"], text) for row, text in zip(rows, found, strict=True)
            )
        ]
        for name, found in texts.items()
    }
    print("| half | threads of | method | n | ROUGE-1 | ROUGE-2 | ROUGE-L |")
    print("|---|---|---|--:|--:|--:|--:|")
    for part in (*HALVES, "both"):
        for domain in sorted({row["set"] for row in rows}):
            inside = [
                number
                for number, row in enumerate(rows)
                if row["set"] == domain and part in (half(row), "both")
            ]
            for method, of in scores.items():
                cells = [interval([of[number][metric] for number in inside]) for metric in METRICS]
                board = domain.removeprefix("convosumm-")
                print(f"| {part} | {board} | {method} | {len(inside)} | {' | '.join(cells)} |")
            best = max(BASELINES, key=lambda name: mean([scores[name][n]["rouge1"] for n in inside]))
            gains = [scores["rejoinder"][n]["rouge1"] - scores[best][n]["rouge1"] for n in inside]
            print(f"| {part} | {board} | gain on {best} | {len(inside)} | {interval(gains)} | | |")


def interval(values: list[float]) -> str:
    """The mean, and the middle 95 % of the means of draws of threads."""
    draw = random.Random(0)
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(DRAWS))
    low, high = means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS)]
    return f"{mean(values):.1f} ({low:.1f} to {high:.1f})"


def mean(values: list[float]) -> float:
    """The mean."""
    return sum(values) / len(values)


if __name__ == "__main__":
    main()
