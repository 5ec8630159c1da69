"""Fits the pool of the network with the linear model: `python -m training.pool BINARY DATA_DIR FOLDER`.

`BINARY` judges the development side with the folder's network alone and with `fast`; the weight that does
best, temperatures and thresholds of the pooled log-odds go into the folder's `model.json`, and the scores
into its card. So thresholds are those of what the program itself says.
"""

import argparse
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .calibrate import Answers, Calibration, calibrate, f1
from .data import labelled_threads
from .labels import FLAGS, ROLE, STANCE, LabelSet
from .scores import assertions, foremost
from .split import is_development

WEIGHTS = (0.0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
SURE = 1e-4
"""Probabilities nearer to 0 or 1 are not believed, as in `src/model/encoder/pool.rs`."""
UNIT_SETS = (ROLE, *FLAGS)


@dataclass(frozen=True)
class Said:
    """What a model says of all units and replies: probabilities by label set (n, labels)."""

    values: dict[str, np.ndarray]
    model: dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary", type=Path)
    parser.add_argument("data", type=Path, help="folder with the labelled sets")
    parser.add_argument("folder", type=Path, help="the model's folder")
    given = parser.parse_args()
    threads = [t for group, t in labelled_threads(given.data) if is_development(group)]
    lines = "\n".join(json.dumps(_line(number, thread)) for number, thread in enumerate(threads))
    path = given.folder / "model.json"
    manifest = json.loads(path.read_text())
    with tempfile.TemporaryDirectory() as alone:
        _unpooled(given.folder, manifest, Path(alone))
        network = _said(_judge(given.binary, alone, lines), threads)
    linear = _said(_judge(given.binary, "fast", lines), threads)
    truth = _truth(threads)

    pooled = {weight: _pool(network, linear, truth, weight) for weight in WEIGHTS}
    fits = {weight: calibrate(found) for weight, found in pooled.items()}
    figures = {weight: _figures(pooled[weight], fits[weight]) for weight in WEIGHTS}
    best = max(WEIGHTS, key=lambda weight: float(np.mean(list(figures[weight].values()))))
    for weight in WEIGHTS:
        print(weight, {name: round(value, 3) for name, value in figures[weight].items()})
    manifest["pool"] = {
        "model": linear.model["id"],
        "sha256": linear.model["sha256"],
        "weight": best,
        "temperatures": {name: round(fit.temperature, 4) for name, fit in fits[best].items()},
    }
    for head in manifest["unit_heads"] + manifest["comment_heads"]:
        head["thresholds"] = [round(value, 4) for value in fits[best][head["set"]].thresholds]
    path.write_text(json.dumps(manifest, indent=2) + "\n")
    _add_to_card(given.folder / "MODEL_CARD.md", best, figures, fits[best])


def _line(number: int, thread: dict[str, Any]) -> dict[str, Any]:
    """A thread with its labelled units, as the program reads it."""
    known = {comment["id"] for comment in thread["comments"] + thread["context"]}
    comments = [{"id": c["id"], "text": c["text"], "units": []} for c in thread["context"]]
    for comment in thread["comments"]:
        parent = comment["parent"] if comment["parent"] in known else None
        comments.append(
            {
                "id": comment["id"],
                "parent": parent,
                "parent_missing": bool(comment["parent"]) and parent is None,
                "title": comment["title"] or None,
                "text": comment["text"],
                "units": [{"start": u["start"], "end": u["end"]} for u in comment["units"]],
            }
        )
    return {
        "schema": "rejoinder/thread@1",
        "id": str(number),
        "article": {"title": thread["article"]},
        "comments": comments,
    }


def _unpooled(folder: Path, manifest: dict[str, Any], copy: Path) -> None:
    """The model without a pool."""
    plain = {key: value for key, value in manifest.items() if key != "pool"}
    (copy / "model.json").write_text(json.dumps(plain))
    for name in (manifest["encoder"], manifest["heads"], "tokenizer.json"):
        (copy / name).symlink_to((folder / name).resolve())


def _judge(binary: Path, model: str, lines: str) -> list[dict[str, Any]]:
    command = [binary, "analyze", "--quiet", "--format", "json", "--model", model, "-"]
    ran = subprocess.run(command, input=lines, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines()]


def _said(analyses: list[dict[str, Any]], threads: list[dict[str, Any]]) -> Said:
    units: list[dict[str, float]] = []
    stances: list[dict[str, float]] = []
    for analysis, thread in zip(analyses, threads, strict=True):
        of_units = {(u["comment"], u["start"], u["end"]): u["scores"] for u in analysis["units"]}
        of_comments = {comment["id"]: comment["scores"] for comment in analysis["comments"]}
        for comment in thread["comments"]:
            units += [of_units.get((comment["id"], u["start"], u["end"]), {}) for u in comment["units"]]
            if comment["parent"] and comment["stance"]:
                stances.append(of_comments[comment["id"]])
    values = {labels.name: _array(units, labels) for labels in UNIT_SETS}
    values[STANCE.name] = _array(stances, STANCE)
    return Said(values, analyses[0]["model"])


def _array(scores: list[dict[str, float]], labels: LabelSet) -> np.ndarray:
    """Probabilities; not a number where nothing is said, or where the program is sure for other reasons
    (words found in another comment)."""
    rows = [
        [row.get(label, np.nan) if row.get("quote") != 1 else np.nan for label in labels.labels]
        for row in scores
    ]
    return np.array(rows)


def _truth(threads: list[dict[str, Any]]) -> dict[str, np.ndarray]:
    comments = [comment for thread in threads for comment in thread["comments"]]
    units = [unit for comment in comments for unit in comment["units"]]
    held = [
        {*unit["basis"], unit["role"], unit["attack"], "sarcasm" if unit["sarcasm"] else None}
        for unit in units
    ]
    truth = {
        labels.name: np.array([[label in each for label in labels.labels] for each in held])
        for labels in UNIT_SETS
    }
    stances = [c["stance"] for c in comments if c["parent"] and c["stance"]]
    truth[STANCE.name] = np.array([[s == label for label in STANCE.labels] for s in stances])
    return truth


def _pool(
    network: Said, linear: Said, truth: dict[str, np.ndarray], weight: float
) -> dict[str, Answers]:
    found = {}
    for labels in (*UNIT_SETS, STANCE):
        one = labels.choice == "one"
        own, other = network.values[labels.name], linear.values[labels.name]
        known = ~(np.isnan(own) | np.isnan(other)).any(axis=1)
        logits = (1 - weight) * _logits(own[known], one) + weight * _logits(other[known], one)
        found[labels.name] = Answers(logits, truth[labels.name][known].astype(float), one)
    return found


def _logits(values: np.ndarray, exclusive: bool) -> np.ndarray:
    if exclusive:
        return np.log(np.maximum(values, SURE))
    clipped = np.clip(values, SURE, 1 - SURE)
    return np.log(clipped / (1 - clipped))


def _figures(found: dict[str, Answers], fits: dict[str, Calibration]) -> dict[str, float]:
    figures = {}
    for labels in (*UNIT_SETS, STANCE):
        answers = found[labels.name]
        truth = answers.truth > 0
        if answers.exclusive:
            said = np.eye(truth.shape[1], dtype=bool)[answers.logits.argmax(axis=1)]
            each = [f1(truth[:, at], said[:, at]) for at in range(truth.shape[1])]
            figures[labels.name] = float(np.mean(each))
            continue
        said = assertions(answers, fits[labels.name])
        if labels.choice == "at_most_one":
            said = foremost(said, answers.logits)
        for at, label in enumerate(labels.labels):
            figures[label] = f1(truth[:, at], said[:, at])
    return figures


def _add_to_card(
    path: Path,
    weight: float,
    figures: dict[float, dict[str, float]],
    fits: dict[str, Calibration],
) -> None:
    rows = "\n".join(
        f"| {name.replace('_', ' ')} | {figures[0.0][name]:.3f} | {value:.3f} |"
        for name, value in figures[weight].items()
    )
    heads = "\n".join(
        f"| {name} | {fit.temperature:.2f} | {fit.error:.3f} |" for name, fit in fits.items()
    )
    card = path.read_text().split(_SECTION[:15])[0]
    path.write_text(card + _SECTION.format(weight=weight, rows=rows, heads=heads))


_SECTION = """
## Pooled with `fast`

What the program says is a logarithmic opinion pool: log-odds of this network and of `fast` 0.1.0, the latter
with weight {weight}, which was chosen on the development split like the thresholds. As the program judges
that split, words found in another comment left out (they are quotations for sure):

| label | network alone | pooled |
|---|--:|--:|
{rows}

| head | temperature | calibration error |
|---|--:|--:|
{heads}
"""


if __name__ == "__main__":
    main()
