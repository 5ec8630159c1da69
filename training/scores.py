"""Scores of predictions by the project's yardstick: F1 of each label, hits among answered units."""

import numpy as np

from .calibrate import Answers, Calibration, answers, f1, probabilities
from .data import Comment
from .labels import ATTACK, FLAGS, ROLE, STANCE
from .predict import Prediction

DRAWS = 200
"""Times that groups are drawn for an interval."""


def score(
    found: dict[str, Answers],
    calibration: dict[str, Calibration],
    comments: list[Comment],
    predictions: list[Prediction],
) -> dict[str, float]:
    """All figures by name."""
    figures = {"role": _macro(found[ROLE.name]), "stance": _macro(found[STANCE.name])}
    for flags in FLAGS:
        truth = found[flags.name].truth > 0
        asserted = assertions(found[flags.name], calibration[flags.name])
        if flags is ATTACK:
            asserted = foremost(asserted, found[flags.name].logits)
        for number, label in enumerate(flags.labels):
            figures[label] = f1(truth[:, number], asserted[:, number])
    truth, asserted = found["links"].truth > 0, assertions(found["links"], calibration["links"])
    both = float((truth & asserted).sum())
    figures["link precision"] = both / max(1, asserted.sum())
    figures["link recall"] = both / max(1, truth.sum())
    figures["target hit"] = target_hit(comments, predictions)
    return {name: float(value) for name, value in figures.items()}


def spread(
    calibration: dict[str, Calibration], comments: list[Comment], predictions: list[Prediction]
) -> dict[str, tuple[float, float]]:
    """The middle 95 % of every figure when whole groups are drawn anew."""
    members: dict[str, list[int]] = {}
    for number, comment in enumerate(comments):
        members.setdefault(comment.group, []).append(number)
    groups = list(members.values())
    rng = np.random.default_rng(1)
    draws: dict[str, list[float]] = {}
    for _ in range(DRAWS):
        drawn = [number for at in rng.integers(len(groups), size=len(groups)) for number in groups[at]]
        own, said = [comments[n] for n in drawn], [predictions[n] for n in drawn]
        for name, value in score(answers(own, said), calibration, own, said).items():
            draws.setdefault(name, []).append(value)
    ends = {name: np.percentile(values, (2.5, 97.5)) for name, values in draws.items()}
    return {name: (float(low), float(high)) for name, (low, high) in ends.items()}


def mean(figures: dict[str, float]) -> float:
    """One figure to choose epochs by: role, stance and targets count as much as the flags of a set."""
    basis = np.mean([figures[label] for label in FLAGS[0].labels])
    rare = [figures["ad_hominem"], figures["sarcasm"]]
    return float(np.mean([figures["role"], basis, *rare, figures["stance"], figures["target hit"]]))


def as_text(figures: dict[str, float]) -> str:
    """The figures in one line."""
    return ", ".join(f"{name} {value:.3f}" for name, value in figures.items())


def assertions(found: Answers, calibration: Calibration) -> np.ndarray:
    """Which labels reach their thresholds."""
    values = probabilities(found.logits, calibration.temperature, found.exclusive)
    return values >= np.array(calibration.thresholds)


def target_hit(comments: list[Comment], predictions: list[Prediction]) -> float:
    """Share of replies with known targets whose most probable one is right."""
    hits = [
        int(prediction.links.argmax()) in comment.targets
        for comment, prediction in zip(comments, predictions, strict=True)
        if comment.targets
    ]
    return float(np.mean(hits)) if hits else 0.0


def last_unit_hit(comments: list[Comment]) -> float:
    """The same for always naming the last answered unit."""
    known = [comment for comment in comments if comment.targets]
    return float(np.mean([len(c.answered_units) - 1 in c.targets for c in known]))


def _macro(found: Answers) -> float:
    truth, asserted = found.truth.argmax(axis=1), found.logits.argmax(axis=1)
    labels = range(found.truth.shape[1])
    return float(np.mean([f1(truth == label, asserted == label) for label in labels]))


def foremost(asserted: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """Of the asserted labels of a row the most probable one."""
    rivals = np.where(asserted, logits, -np.inf)
    return asserted & (rivals == rivals.max(axis=1, keepdims=True))
