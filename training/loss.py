"""The training objective: one loss per head, each over what is labelled."""

import torch
from torch import Tensor, nn

from .batches import MISSING, Batch
from .data import Comment
from .labels import FLAG_LABELS, ROLE, STANCE
from .model import ReplyEncoder, link_scores

AD_HOMINEM = FLAG_LABELS.index("ad_hominem")


class Loss:
    """Weighted sum of the heads' losses; rare classes of role and stance count more."""

    def __init__(self, comments: list[Comment]) -> None:
        own = [comment for comment in comments if comment.own]
        roles = [unit.role for comment in own for unit in comment.units if unit.role is not None]
        stances = [comment.stance for comment in own if comment.stance is not None]
        self._role = _class_weights(roles, len(ROLE.labels))
        self._stance = _class_weights(stances, len(STANCE.labels))

    def __call__(self, model: ReplyEncoder, batch: Batch, hidden: Tensor) -> Tensor:
        units, stance, links = model.judges(hidden, batch.units, batch.parents, batch.sides)
        roles = len(ROLE.labels)
        role = nn.functional.cross_entropy(
            units[..., :roles].flatten(0, 1),
            batch.role.flatten(),
            self._role,
            ignore_index=MISSING,
            reduction="sum",
        )
        flags = _binary(units[..., roles:], batch.flags)
        known = (batch.role != MISSING).sum().clamp(min=1)
        flagged = (batch.flags != MISSING).any(dim=2).sum().clamp(min=1)
        whole = nn.functional.cross_entropy(
            stance, batch.stance, self._stance, ignore_index=MISSING, reduction="none"
        )
        stances = (batch.stance != MISSING).sum().clamp(min=1)
        return (
            role / known
            + flags.sum() / flagged
            + (whole * batch.weight).sum() / stances
            + _links(link_scores(links, batch.units), batch)
            + _removed(units[..., roles + AD_HOMINEM], batch)
            + _mean(_binary(model.rudeness(hidden, batch.sides), batch.uncivil), batch.uncivil)
        )

    def unweight(self, model: ReplyEncoder) -> None:
        """Takes the class weights back out of a trained model's logits, so that they say how probable a
        class is (Menon et al. 2021)."""
        with torch.no_grad():
            model.judges.unit_out.bias[: len(ROLE.labels)] -= self._role.log()
            model.judges.stance_out.bias -= self._stance.log()


def _class_weights(classes: list[int], count: int) -> Tensor:
    """The square root of each class's rarity, one on the average of the examples."""
    sizes = torch.bincount(torch.tensor(classes, dtype=torch.long), minlength=count).clamp(min=1).float()
    weights = sizes.rsqrt()
    return weights * sizes.sum() / (weights * sizes).sum()


def _binary(logits: Tensor, targets: Tensor) -> Tensor:
    losses = nn.functional.binary_cross_entropy_with_logits(
        logits, targets.clamp(min=0), reduction="none"
    )
    return losses * (targets != MISSING)


def _removed(logits: Tensor, batch: Batch) -> Tensor:
    """A comment that was removed has an attack in some unit, another has none (multiple-instance learning):
    the greatest of its units' logits is judged."""
    absent = batch.units.sum(dim=2) == 0
    greatest = logits.masked_fill(absent, -1e4).amax(dim=1)
    known = torch.where(absent.all(dim=1), MISSING, batch.removed)
    return _mean(_binary(greatest, known), known) / 2


def _mean(losses: Tensor, targets: Tensor) -> Tensor:
    """The mean over what is labelled."""
    return losses.sum() / (targets != MISSING).sum().clamp(min=1)


def _links(scores: Tensor, batch: Batch) -> Tensor:
    """Whether each unit is answered, and which is answered foremost."""
    known = batch.links != MISSING
    rows = (batch.links == 1).any(dim=1) & (batch.role != MISSING).any(dim=1)
    weight = batch.weight * rows
    each = _binary(scores, batch.links).sum(dim=1) / known.sum(dim=1).clamp(min=1)
    shares = scores.masked_fill(~known, -1e4).log_softmax(dim=1)
    right = shares.masked_fill(batch.links != 1, -1e4).logsumexp(dim=1)
    return ((each - right) * weight).sum() / rows.sum().clamp(min=1)
