"""From logits to probabilities, and the thresholds from which a label is asserted.

One temperature per head (Guo et al. 2017) makes its likelihood greatest; a threshold makes its label's
F1 greatest. Both are fitted on the comments that they are given: scores on the same comments are a
little too good.
"""

from dataclasses import dataclass

import numpy as np

from .data import Comment
from .labels import FLAGS, ROLE, STANCE
from .predict import Prediction

TEMPERATURES = np.geomspace(0.4, 4.0, 47)
GRID = np.concatenate([np.geomspace(0.002, 0.02, 10, endpoint=False), np.linspace(0.02, 0.98, 97)])
BINS = 10


@dataclass(frozen=True)
class Answers:
    """All decisions of one head over many comments: logits (n, labels) and truth (n, labels) in 0, 1."""

    logits: np.ndarray
    truth: np.ndarray
    exclusive: bool

    def probabilities(self, temperature: float) -> np.ndarray:
        return probabilities(self.logits, temperature, self.exclusive)


@dataclass(frozen=True)
class Calibration:
    """Temperature of a head, thresholds of its labels, and its expected calibration error."""

    temperature: float
    thresholds: list[float]
    error: float


def probabilities(logits: np.ndarray, temperature: float, exclusive: bool) -> np.ndarray:
    """Softmax over the last axis where exactly one label holds, else a sigmoid of each."""
    scaled = logits / temperature
    if not exclusive:
        return 1 / (1 + np.exp(-np.clip(scaled, -60, 60)))
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def answers(comments: list[Comment], predictions: list[Prediction]) -> dict[str, Answers]:
    """The decisions of every head, links among them."""
    units = [unit for comment in comments for unit in comment.units]
    logits = np.concatenate([prediction.units for prediction in predictions])
    roles = len(ROLE.labels)
    found = {
        ROLE.name: Answers(logits[:, :roles], np.eye(roles)[[unit.role for unit in units]], True)
    }
    truth = np.array([unit.flags for unit in units], dtype=float)
    start = 0
    for flags in FLAGS:
        end = start + len(flags.labels)
        part = logits[:, roles + start : roles + end]
        found[flags.name] = Answers(part, truth[:, start:end], False)
        start = end
    replies = [(c, p) for c, p in zip(comments, predictions, strict=True) if c.stance is not None]
    found[STANCE.name] = Answers(
        np.array([prediction.stance for _, prediction in replies]),
        np.eye(len(STANCE.labels))[[comment.stance for comment, _ in replies]],
        True,
    )
    links = [
        (logit, float(number in comment.targets))
        for comment, prediction in zip(comments, predictions, strict=True)
        if comment.targets
        for number, logit in enumerate(np.maximum(prediction.links, -60))
    ]
    pairs = np.array(links).reshape(-1, 2)
    found["links"] = Answers(pairs[:, :1], pairs[:, 1:], False)
    return found


def calibrate(found: dict[str, Answers]) -> dict[str, Calibration]:
    """Temperatures and thresholds of all heads."""
    return {name: _calibrate(answers) for name, answers in found.items()}


def _calibrate(found: Answers) -> Calibration:
    temperature = float(min(TEMPERATURES, key=lambda value: _surprise(found, value)))
    values = found.probabilities(temperature)
    thresholds = [
        best_threshold(values[:, label], found.truth[:, label]) for label in range(values.shape[1])
    ]
    return Calibration(temperature, thresholds, calibration_error(values, found))


def _surprise(found: Answers, temperature: float) -> float:
    values = np.clip(found.probabilities(temperature), 1e-7, 1 - 1e-7)
    held = found.truth * np.log(values)
    if not found.exclusive:
        held = held + (1 - found.truth) * np.log(1 - values)
    return float(-held.sum())


def best_threshold(values: np.ndarray, truth: np.ndarray) -> float:
    """The threshold with the greatest F1; the middle one of several."""
    scores = np.array([f1(truth > 0, values >= threshold) for threshold in GRID])
    return float(np.median(GRID[scores == scores.max()]))


def calibration_error(values: np.ndarray, found: Answers) -> float:
    """Mean gap between probability and frequency in ten bins: of the top label where one holds, else
    over all labels."""
    if found.exclusive:
        top = values.argmax(axis=1)
        rows = np.arange(len(values))
        values, truth = values[rows, top], found.truth[rows, top]
    else:
        values, truth = values.ravel(), found.truth.ravel()
    bins = np.minimum((values * BINS).astype(int), BINS - 1)
    gaps = [abs(float((values - truth)[bins == at].sum())) for at in range(BINS)]
    return sum(gaps) / max(1, len(values))


def f1(truth: np.ndarray, asserted: np.ndarray) -> float:
    """Harmonic mean of precision and recall."""
    both = float((truth & asserted).sum())
    return 2 * both / max(1.0, float(truth.sum() + asserted.sum()))
