"""Cuts a comment with what it answers into token windows `[CLS] answered [SEP] comment [SEP]`.

The answered text gets what a short comment leaves, within bounds, and loses its middle. A long comment
is read in overlapping windows; each unit belongs to the window that holds most of its tokens, to the
earlier of two that hold the same.
"""

from bisect import bisect_left
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

from .data import Comment, Span
from .vocabulary import CLS, SEP

LENGTH = 256
ANSWERED_LEAST = 96
"""Tokens of the answered text that are kept even if the comment is long."""
ANSWERED_MOST = 160
OVERLAP = 48
ROOM = LENGTH - 3


@dataclass(frozen=True)
class Window:
    """One pass of the encoder. Spans are half-open ranges of token positions in `ids`.

    `units` and `parents` pair the index of a unit of the comment, or of the answered text, with its
    place; those that have no token here are missing.
    """

    ids: list[int]
    answered: Span
    comment: Span
    units: list[tuple[int, Span]]
    parents: list[tuple[int, Span]]


def windows(comment: Comment, tokenizer: Tokenizer) -> list[Window]:
    """The windows of a comment, in order."""
    own = tokenizer.encode(comment.text, add_special_tokens=False)
    answered = tokenizer.encode(comment.answered, add_special_tokens=False)
    budget = max(ANSWERED_LEAST, min(ANSWERED_MOST, ROOM - len(own.ids)))
    kept = _ends(len(answered.ids), budget)
    parents = _places([_tokens(answered, span) for span in comment.answered_units], kept, 1)
    first = len(kept) + 2
    prefix = [CLS, *(answered.ids[at] for at in kept), SEP]
    units = [_tokens(own, unit.span) for unit in comment.units]
    ranges = _ranges(len(own.ids), ROOM - len(kept))
    holders = [_holder(span, ranges) for span in units]
    found = []
    for number, (start, end) in enumerate(ranges):
        inside = [
            (unit, (max(span[0], start) - start + first, min(span[1], end) - start + first))
            for unit, span in enumerate(units)
            if holders[unit] == number
        ]
        found.append(
            Window(
                ids=[*prefix, *own.ids[start:end], SEP],
                answered=(1, len(kept) + 1),
                comment=(first, first + end - start),
                units=inside,
                parents=parents,
            )
        )
    return found


def _tokens(encoding: Encoding, span: Span) -> Span:
    """The tokens that begin within a span of the text."""
    starts = [start for start, _ in encoding.offsets]
    return bisect_left(starts, span[0]), bisect_left(starts, span[1])


def _ends(length: int, budget: int) -> list[int]:
    """Positions that stay of a text: all, or the first and the last half of `budget`."""
    if length <= budget:
        return list(range(length))
    head = budget // 2
    return [*range(head), *range(length - (budget - head), length)]


def _places(spans: list[Span], kept: list[int], first: int) -> list[tuple[int, Span]]:
    """Where spans of tokens lie when only `kept` tokens stay and the first stands at `first`."""
    moved = [(bisect_left(kept, start), bisect_left(kept, end)) for start, end in spans]
    return [
        (number, (start + first, end + first))
        for number, (start, end) in enumerate(moved)
        if start < end
    ]


def _ranges(length: int, size: int) -> list[Span]:
    """Overlapping ranges of at most `size` that cover `length`; the last one is full."""
    if length <= size:
        return [(0, length)]
    starts = [*range(0, length - size, size - OVERLAP), length - size]
    return [(start, start + size) for start in starts]


def _holder(span: Span, ranges: list[Span]) -> int | None:
    """The range that holds most of `span`; none for a span without tokens."""
    shared = [min(span[1], end) - max(span[0], start) for start, end in ranges]
    best = max(range(len(ranges)), key=shared.__getitem__)
    return best if shared[best] > 0 else None
