"""Support or attack between posts of Change My View (`cmv_modes`), by linear models with and without what the
program says, in folds over threads and in folds that part threads.

`python -m training.relations BINARY DATA_DIR` prints Markdown. Besides Python it needs `scikit-learn`
(training/requirements.txt). A pair is the unit that relates and the unit that it relates to. Models are logistic
regressions over words (TF-IDF of one and two words), thrown away after each fold. Where relations of one thread
lie on both sides of a fold, words tell the thread, and the thread much of the side; still more so where a relation
that stands in the set twice counts twice: such figures say how well known threads are completed, not how well new
ones are read.
"""

import argparse
import json
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict

from .data import rows

FOLDS = 5


@dataclass(frozen=True)
class Pair:
    """A relation with the words on both sides."""

    thread: str
    unit: str
    post: str
    to_unit: str
    to_post: str
    supports: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=Path, help="the program `rejoinder`")
    parser.add_argument("data", type=Path, help="the folder with cmv_modes.jsonl.gz")
    parser.add_argument("--model", default="encoder")
    given = parser.parse_args()
    all_pairs = read(given.data)
    tables = []
    for pairs in (list(dict.fromkeys(all_pairs)), all_pairs):
        truth = np.array([pair.supports for pair in pairs])
        groups = np.array([pair.thread for pair in pairs])
        said = judge(given.binary, given.model, pairs)
        parted = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
        ships = macro(truth, said[:, 3] > said[:, 4])
        table = [(f"{given.model} as it ships, unit to post", ships, ships)]
        for name, matrix in features(pairs, said, given.model):
            by_thread = crossed(matrix, truth, GroupKFold(FOLDS), groups)
            known = crossed(matrix, truth, parted, None)
            table.append((name, macro(truth, by_thread), macro(truth, known)))
        tables.append(table)
        print(f"{len(pairs)} relations, {truth.sum()} of them supports.")
    print("\n| macro F1 | over threads | parting threads | the same, repeated relations counted |")
    print("|---|--:|--:|--:|")
    for (name, by_thread, known), (_, _, repeated) in zip(*tables, strict=True):
        print(f"| {name} | {by_thread} | {known} | {repeated} |")


def judge(binary: Path, model: str, pairs: list[Pair]) -> np.ndarray:
    """What the program says of unit to unit, of unit to post and of post to post, three probabilities each."""
    sides = (("unit", "to_unit"), ("unit", "to_post"), ("post", "to_post"))
    texts = [[(getattr(pair, one), getattr(pair, other)) for pair in pairs] for one, other in sides]
    return np.hstack([stances(binary, model, each) for each in texts])


def features(pairs: list[Pair], said: np.ndarray, model: str) -> Iterator[tuple[str, csr_matrix]]:
    """The features of each model that is tried."""
    unit, to_unit, post = (
        tfidf([getattr(pair, part) for pair in pairs]) for part in ("unit", "to_unit", "post")
    )
    logits = np.log(said + 1e-4)
    judged = csr_matrix((logits - logits.mean(axis=0)) / logits.std(axis=0))
    yield "TF-IDF of both units", hstack([unit, to_unit]).tocsr()
    yield "TF-IDF of both units and the post", hstack([unit, to_unit, post]).tocsr()
    yield f"stances of {model}", judged
    yield "both of these", hstack([unit, to_unit, post, judged]).tocsr()


def read(folder: Path) -> list[Pair]:
    """The relations between posts whose ends are in the set."""
    threads: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(folder, "cmv_modes"):
        threads[row["group"]].append(row)
    pairs = []
    for thread, posts in threads.items():
        by_text = {post["text"]: post for post in posts}
        for post in posts:
            for relation in post.get("relations") or []:
                other = target(relation["in"], post, posts, by_text)
                if other is None or relation["to"] >= len(other["units"]):
                    continue
                pairs.append(
                    Pair(
                        thread,
                        words(post, relation["from"]),
                        post["text"],
                        words(other, relation["to"]),
                        other["text"],
                        relation["kind"] == "support",
                    )
                )
    return pairs


def target(
    place: str, post: dict[str, Any], posts: list[dict[str, Any]], by_text: dict[str, dict[str, Any]]
) -> dict[str, Any] | None:
    """The other post that a relation leads to."""
    if place == "parent":
        return by_text.get(post.get("parent") or "")
    if place.startswith("post-"):
        number = posts.index(post) - int(place.removeprefix("post-"))
        return posts[number] if number >= 0 else None
    return None


def words(post: dict[str, Any], unit: int) -> str:
    place = post["units"][unit]
    return post["text"][place["start"] : place["end"]]


def stances(binary: Path, model: str, texts: list[tuple[str, str]]) -> np.ndarray:
    """The probabilities of agreement, disagreement and neither."""
    lines = [
        json.dumps({"id": at, "text": text, "parent": parent})
        for at, (text, parent) in enumerate(texts)
    ]
    command = [str(binary), "label", "--model", model, "-"]
    run = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True)
    scores = [json.loads(line)["scores"] for line in run.stdout.splitlines()]
    names = ("agree", "disagree", "neutral")
    return np.array([[said.get(name, 0.0) for name in names] for said in scores])


def tfidf(texts: list[str]) -> csr_matrix:
    return TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2).fit_transform(texts)


def crossed(features: csr_matrix, truth: np.ndarray, folds: Any, groups: np.ndarray | None) -> np.ndarray:
    model = LogisticRegression(class_weight="balanced", max_iter=3000)
    return cross_val_predict(model, features, truth, groups=groups, cv=folds)


def macro(truth: np.ndarray, said: np.ndarray) -> str:
    return f"{f1_score(truth, said, average='macro'):.3f}"


if __name__ == "__main__":
    main()
