"""What torch says of the project's own texts: the numbers that the exported graphs must give elsewhere too."""

import json
from pathlib import Path

import numpy as np

from .batches import cut
from .calibrate import Calibration, probabilities
from .data import Comment, Unit
from .labels import ATTACK, BASIS, FLAG_LABELS, ROLE, SARCASM, STANCE
from .model import ReplyEncoder
from .predict import Prediction, predict, run_torch
from .vocabulary import Vocabulary

TEXTS = Path("tests/data/replies.jsonl")
"""Lines with `text`, `parent`, and the places of their units."""


def write_reference(
    path: Path, model: ReplyEncoder, vocabulary: Vocabulary, fitted: dict[str, Calibration]
) -> None:
    """Writes a line for each of `TEXTS`: probabilities of its units and its stance, and its link logits."""
    rows = [json.loads(line) for line in TEXTS.read_text().splitlines()]
    comments = [_comment(row) for row in rows]
    said = predict(run_torch(model), cut(comments, vocabulary.tokenizer), comments)
    with path.open("w") as lines:
        for row, prediction in zip(rows, said, strict=True):
            line = {"id": row["id"], **_line(prediction, fitted)}
            lines.write(json.dumps(line, separators=(",", ":")) + "\n")


def _comment(row: dict[str, object]) -> Comment:
    return Comment(
        group="reference",
        board="reference",
        text=row["text"],
        answered=row["parent"] or "",
        answered_units=tuple(tuple(span) for span in row["parent_units"]),
        units=tuple(Unit(tuple(span), None, (None,) * len(FLAG_LABELS)) for span in row["units"]),
        stance=None,
        targets=frozenset(),
    )


def _line(said: Prediction, fitted: dict[str, Calibration]) -> dict[str, object]:
    start, parts = 0, []
    for labels in (ROLE, BASIS, ATTACK, SARCASM):
        logits = said.units[:, start : start + len(labels.labels)]
        parts.append(probabilities(logits, fitted[labels.name].temperature, labels is ROLE))
        start += len(labels.labels)
    stance = probabilities(said.stance, fitted[STANCE.name].temperature, True)
    links = np.where(np.isfinite(said.links), said.links, None)
    return {
        "units": np.round(np.concatenate(parts, axis=1), 5).tolist(),
        "stance": np.round(stance, 5).tolist(),
        "links": [None if link is None else round(link, 4) for link in links.tolist()],
    }
