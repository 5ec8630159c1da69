"""Runs the model over comments and joins their windows."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from .batches import Batch, Item, batches, schedule
from .data import Comment
from .labels import FLAG_LABELS, ROLE, STANCE
from .model import ReplyEncoder

Logits = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
SIZE = 32


@dataclass
class Prediction:
    """Logits for a comment: units (n, roles and flags), stance (3), links (answered units).

    A unit without tokens has logits 0 throughout, an answered unit that was cut away minus infinity.
    """

    units: np.ndarray
    stance: np.ndarray
    links: np.ndarray


def predict(
    run: Callable[[Batch], Logits], items: list[Item], comments: list[Comment]
) -> list[Prediction]:
    """Predictions in the order of `comments`, whose windows are `items`. Stance is the mean over a
    comment's windows; links add up over the units of all."""
    width = len(ROLE.labels) + len(FLAG_LABELS)
    found = [
        Prediction(
            units=np.zeros((len(comment.units), width)),
            stance=np.zeros(len(STANCE.labels)),
            links=np.full(len(comment.answered_units), -np.inf),
        )
        for comment in comments
    ]
    for batch in batches(schedule(items, SIZE, None), comments):
        units, stance, links = (values.float().numpy() for values in run(batch))
        for row, item in enumerate(batch.items):
            prediction = found[item.number]
            prediction.stance += stance[row] / item.siblings
            for at, (number, _) in enumerate(item.window.units):
                prediction.units[number] = units[row, at]
                for to, (parent, _) in enumerate(item.window.parents):
                    joined = np.logaddexp(prediction.links[parent], links[row, at, to])
                    prediction.links[parent] = joined
    return found


def run_torch(model: ReplyEncoder) -> Callable[[Batch], Logits]:
    """The torch model as `predict` calls it."""
    model.eval()

    def run(batch: Batch) -> Logits:
        with torch.no_grad():
            hidden = model.encoder(batch.ids, batch.mask, batch.types)
            return model.judges(hidden, batch.units, batch.parents, batch.sides)

    return run
