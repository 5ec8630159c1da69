"""Which groups train and which are kept apart: the same as `src/train/split.rs`, to the group.

A group's side is a function of its name alone, so that all files and both programs agree.
"""

import hashlib
import re
from collections import Counter, defaultdict

from .data import Comment

DEVELOPMENT_PERCENT = 16
SHINGLE = 4
"""Words that are compared at once."""
NEAR = 0.8
"""Share of common shingles (Jaccard) from which two texts are nearly the same."""


def is_development(group: str) -> bool:
    """Whether scores are measured on the group, and nothing is learnt from it."""
    return _number(f"split {group}") % 100 < DEVELOPMENT_PERCENT


def share(group: str, percent: int) -> bool:
    """Whether the group belongs to the first `percent` of all, for learning curves."""
    return _number(f"share {group}") % 100 < percent


def fold(group: str, parts: int) -> int:
    """The part, out of `parts`, in which a group is kept apart for cross-validation."""
    return _number(f"fold {group}") % parts


def _number(text: str) -> int:
    """A number that looks random and is the same everywhere."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def split(
    comments: list[Comment], public: list[tuple[str, str]]
) -> tuple[list[Comment], list[Comment], int]:
    """Comments to learn from, comments to measure on, and how many were left out of the first
    because the second, or the development side of `public` (group and text), has nearly the same text."""
    train = [comment for comment in comments if not is_development(comment.group)]
    development = [comment for comment in comments if is_development(comment.group)]
    kept_apart = [comment.text for comment in development]
    kept_apart += [text for group, text in public if is_development(group)]
    near = _Near(kept_apart)
    kept = [comment for comment in train if not near.has(comment.text)]
    return kept, development, len(train) - len(kept)


def seen_texts(comments: list[Comment], texts: list[str]) -> int:
    """How many of `texts` are nearly the same as the text of a comment."""
    near = _Near([comment.text for comment in comments])
    return sum(near.has(text) for text in texts)


class _Near:
    """Texts by their runs of words."""

    def __init__(self, texts: list[str]) -> None:
        self._holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._sizes: list[int] = []
        for number, text in enumerate(texts):
            shingles = _shingles(text)
            self._sizes.append(len(shingles))
            for shingle in shingles:
                self._holders[shingle].append(number)

    def has(self, text: str) -> bool:
        own = _shingles(text)
        shared = Counter(holder for shingle in own for holder in self._holders.get(shingle, ()))
        return any(
            both >= NEAR * (len(own) + self._sizes[other] - both) for other, both in shared.items()
        )


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower())
    if len(words) < SHINGLE:
        return {tuple(words)} if words else set()
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
