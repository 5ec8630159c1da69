"""Writes the model folder: graphs, tokeniser, manifest and card."""

import hashlib
import json
from pathlib import Path

import numpy as np

from . import examples
from .batches import collate, schedule
from .calibrate import Calibration, answers, calibrate, probabilities
from .card import Made, Measured, card
from .export import encoder_inputs, export_encoder, export_heads, run_onnx, snap
from .labels import ATTACK, BASIS, FLAG_LABELS, ROLE, SARCASM, STANCE, LabelSet
from .model import ReplyEncoder
from .predict import Prediction, predict, run_torch
from .quantise import quantise
from .reference import write_reference
from .scores import mean, score, spread
from .train import Side
from .vocabulary import CLS, PAD, SEP, Vocabulary
from .windows import ANSWERED_LEAST, ANSWERED_MOST, LENGTH, OVERLAP

FULL, WHOLE, HEADS = "encoder-fp32.onnx", "encoder-int8.onnx", "heads.onnx"
SAMPLES = 256
"""Windows of the training side from which activation ranges are taken."""
LOSS = 0.005
"""Points of the mean score that eight bits may cost."""


def write(
    folder: Path,
    model: ReplyEncoder,
    vocabulary: Vocabulary,
    learnt: Side,
    development: Side,
    made: Made,
    *,
    eight_bits: bool = False,
) -> None:
    """Exports `model` to `folder`, measured on `development`. The eight-bit encoder becomes
    the default of the manifest when it costs less than `LOSS`, or with `eight_bits`."""
    folder.mkdir(parents=True, exist_ok=True)
    snap(model)
    export_encoder(model, folder / FULL)
    export_heads(model, folder / HEADS)
    chosen = schedule(learnt.items, 1, seed=0)[:SAMPLES]
    samples = (encoder_inputs(collate(items, learnt.comments)) for items in chosen)
    quantise(folder / FULL, folder / WHOLE, samples)
    (folder / "tokenizer.json").write_text(vocabulary.tokenizer.to_str() + "\n")

    reference = predict(run_torch(model), development.items, development.comments)
    predictions = {
        name: predict(
            run_onnx(folder / name, folder / HEADS), development.items, development.comments
        )
        for name in (FULL, WHOLE)
    }
    found = {name: answers(development.comments, said) for name, said in predictions.items()}
    fits = {name: calibrate(found[name]) for name in (FULL, WHOLE)}
    figures = {
        name: score(found[name], fits[name], development.comments, predictions[name])
        for name in (FULL, WHOLE)
    }
    loss = mean(figures[FULL]) - mean(figures[WHOLE])
    default = WHOLE if eight_bits or loss < LOSS else FULL
    fitted = fits[default]
    manifest = _manifest(folder, default, fitted)
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
    measured = Measured(
        version=folder.name,
        made=made,
        full=figures[FULL],
        whole=figures[WHOLE],
        spread=spread(fitted, development.comments, predictions[default]),
        default=default,
        calibration=fitted,
        gap=_gap(reference, predictions[FULL]),
        sizes={name: (folder / name).stat().st_size for name in (FULL, WHOLE, HEADS)},
        learnt=learnt.comments,
        development=development.comments,
        pieces=len(vocabulary.rows),
        examples=_examples(folder / default, folder / HEADS, vocabulary, fitted),
    )
    (folder / "MODEL_CARD.md").write_text(card(measured))
    write_reference(folder / "reference.jsonl", model, vocabulary, fitted)


def _examples(
    encoder: Path, heads: Path, vocabulary: Vocabulary, fitted: dict[str, Calibration]
) -> list[tuple[str, float]]:
    """The card's sentences with their probability of ad hominem."""
    said = predict(run_onnx(encoder, heads), examples.items(vocabulary), examples.comments())
    column = len(ROLE.labels) + FLAG_LABELS.index("ad_hominem")
    logits = np.array([prediction.units[0, column] for prediction in said])
    values = probabilities(logits, fitted[ATTACK.name].temperature, exclusive=False)
    return list(zip(examples.TEXTS, values.tolist(), strict=True))


def _gap(reference: list[Prediction], other: list[Prediction]) -> float:
    """The greatest difference of two logits."""
    gaps = [0.0]
    for one, two in zip(reference, other, strict=True):
        pairs = ((one.units, two.units), (one.stance, two.stance), (one.links, two.links))
        for first, second in pairs:
            kept = np.isfinite(first)
            gaps.append(float(np.abs(first[kept] - second[kept]).max(initial=0)))
    return max(gaps)


def _manifest(folder: Path, default: str, fitted: dict[str, Calibration]) -> dict[str, object]:
    links = fitted["links"]
    return {
        "id": "encoder",
        "version": folder.name,
        "languages": ["en"],
        "unit_heads": [_head(labels, fitted) for labels in (ROLE, BASIS, ATTACK, SARCASM)],
        "comment_heads": [_head(STANCE, fitted)],
        "links": {"threshold": links.thresholds[0], "temperature": links.temperature},
        "window": {
            "length": LENGTH,
            "answered_least": ANSWERED_LEAST,
            "answered_most": ANSWERED_MOST,
            "overlap": OVERLAP,
        },
        "tokens": {"pad": PAD, "cls": CLS, "sep": SEP},
        "encoder": default,
        "heads": HEADS,
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in (FULL, WHOLE, HEADS, "tokenizer.json")
        },
    }


def _head(labels: LabelSet, fitted: dict[str, Calibration]) -> dict[str, object]:
    return {
        "set": labels.name,
        "choice": labels.choice,
        "labels": labels.labels,
        "thresholds": [round(value, 4) for value in fitted[labels.name].thresholds],
        "temperature": round(fitted[labels.name].temperature, 4),
    }
