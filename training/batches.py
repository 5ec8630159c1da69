"""Turns windows into tensors: batches of like length, padding, pooling matrices and targets."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .data import Comment, Span
from .labels import FLAG_LABELS
from .vocabulary import PAD
from .windows import Window, windows

MISSING = -100
"""A target that is not labelled: it is left out of the loss."""


@dataclass(frozen=True)
class Item:
    """A window, the number of its comment, and how many windows that comment has."""

    window: Window
    number: int
    siblings: int


@dataclass
class Batch:
    """Inputs and targets of B windows with T tokens, U units and P answered units.

    `units` (B,U,T), `parents` (B,P,T) and `sides` (B,2,T: answered, comment) average over tokens.
    `role` (B,U), `flags` (B,U,labels), `stance` (B), `links` (B,P), `removed` (B) and `uncivil` (B) hold
    `MISSING` where nothing is known.
    """

    ids: Tensor
    mask: Tensor
    types: Tensor
    units: Tensor
    parents: Tensor
    sides: Tensor
    role: Tensor
    flags: Tensor
    stance: Tensor
    links: Tensor
    removed: Tensor
    uncivil: Tensor
    weight: Tensor
    items: list[Item]


def cut(comments: list[Comment], tokenizer: Tokenizer) -> list[Item]:
    """The windows of all comments, in order."""
    items: list[Item] = []
    for number, comment in enumerate(comments):
        found = windows(comment, tokenizer)
        items.extend(Item(window, number, len(found)) for window in found)
    return items


def schedule(items: list[Item], size: int, seed: int | None) -> list[list[Item]]:
    """Batches of windows of like length; shuffled by `seed`, in a fixed order without one."""
    if seed is None:
        ordered = sorted(items, key=lambda item: len(item.window.ids))
        return [ordered[at : at + size] for at in range(0, len(ordered), size)]
    rng = random.Random(seed)
    ordered = sorted(items, key=lambda item: len(item.window.ids) * rng.uniform(0.85, 1.15))
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    rng.shuffle(groups)
    return groups


def collate(items: list[Item], comments: list[Comment]) -> Batch:
    """The tensors of one batch."""
    count = len(items)
    length = max(len(item.window.ids) for item in items)
    units = max(1, *(len(item.window.units) for item in items))
    parents = max(1, *(len(item.window.parents) for item in items))
    batch = Batch(
        ids=torch.full((count, length), PAD),
        mask=torch.zeros(count, length, dtype=torch.long),
        types=torch.zeros(count, length, dtype=torch.long),
        units=torch.zeros(count, units, length),
        parents=torch.zeros(count, parents, length),
        sides=torch.zeros(count, 2, length),
        role=torch.full((count, units), MISSING),
        flags=torch.full((count, units, len(FLAG_LABELS)), float(MISSING)),
        stance=torch.full((count,), MISSING),
        links=torch.full((count, parents), float(MISSING)),
        removed=torch.full((count,), float(MISSING)),
        uncivil=torch.full((count,), float(MISSING)),
        weight=torch.tensor([1 / item.siblings for item in items]),
        items=items,
    )
    for row, item in enumerate(items):
        _inputs(batch, row, item.window)
        _targets(batch, row, item.window, comments[item.number])
    return batch


def batches(groups: list[list[Item]], comments: list[Comment]) -> Iterator[Batch]:
    """The batches of a schedule."""
    return (collate(items, comments) for items in groups)


def _inputs(batch: Batch, row: int, window: Window) -> None:
    size = len(window.ids)
    batch.ids[row, :size] = torch.tensor(window.ids)
    batch.mask[row, :size] = 1
    batch.types[row, window.comment[0] : size] = 1
    for at, (_, span) in enumerate(window.units):
        _average(batch.units[row, at], span)
    for at, (_, span) in enumerate(window.parents):
        _average(batch.parents[row, at], span)
    _average(batch.sides[row, 0], window.answered)
    _average(batch.sides[row, 1], window.comment)


def _average(row: Tensor, span: Span) -> None:
    if span[0] < span[1]:
        row[span[0] : span[1]] = 1 / (span[1] - span[0])


def _targets(batch: Batch, row: int, window: Window, comment: Comment) -> None:
    for at, (number, _) in enumerate(window.units):
        unit = comment.units[number]
        if unit.role is not None:
            batch.role[row, at] = unit.role
        flags = [float(MISSING) if flag is None else float(flag) for flag in unit.flags]
        batch.flags[row, at] = torch.tensor(flags)
    if comment.stance is not None:
        batch.stance[row] = comment.stance
    if comment.removed is not None:
        batch.removed[row] = float(comment.removed)
    if comment.uncivil is not None:
        batch.uncivil[row] = float(comment.uncivil)
    if comment.targets:
        for at, (number, _) in enumerate(window.parents):
            batch.links[row, at] = float(number in comment.targets)
