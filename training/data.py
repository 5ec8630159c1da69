"""Reads the labelled threads: comments with what they answer, their units and their labels.

Text stands in code points throughout. Groups are named as in `src/train/data.rs`.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .labels import FLAG_LABELS, ROLE, STANCE

LABELLED = ("secthreads_train", "forumthreads_train", "secblogs_train")
REMOVED, UNCIVIL = "habernal_cmv", "github_incivility"
Span = tuple[int, int]


@dataclass(frozen=True)
class Unit:
    """A unit's place in its comment, its role, and whether each of `FLAG_LABELS` holds; `None` where that is
    not labelled."""

    span: Span
    role: int | None
    flags: tuple[bool | None, ...]


@dataclass(frozen=True)
class Comment:
    """A comment with its labels.

    `answered` is the parent's text, or the article's title for a comment that answers none, empty
    where the parent is unknown. `targets` are indices into `answered_units`, empty where not labelled.
    `removed` says whether moderators removed it for rudeness, `uncivil` whether annotators called it so,
    where only that is known. `own` tells our threads from public sets.
    """

    group: str
    board: str
    text: str
    answered: str
    answered_units: tuple[Span, ...]
    units: tuple[Unit, ...]
    stance: int | None
    targets: frozenset[int]
    removed: bool | None = None
    uncivil: bool | None = None
    own: bool = True


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The lines of a set."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_labelled(folder: Path) -> list[Comment]:
    """All comments of the labelled threads."""
    threads = labelled_threads(folder)
    return [comment for group, thread in threads for comment in _comments(thread, group)]


def labelled_threads(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The threads as they stand in the files, with their groups."""
    discussions = {row["id"]: row["group"] for row in rows(folder, REMOVED)}
    for name in LABELLED:
        for number, thread in enumerate(rows(folder, name), start=1):
            yield _group(thread, f"{name}:{number}", discussions), thread


def read_public_texts(folder: Path) -> list[tuple[str, str]]:
    """Group and text of every comment of the public sets that share discussions with ours."""
    removed = [(row["group"], row["text"]) for row in rows(folder, REMOVED)]
    uncivil = [(f"issue:{row['group']}", row["text"]) for row in rows(folder, UNCIVIL)]
    return removed + uncivil


def _group(thread: dict[str, Any], row: str, discussions: dict[str, str]) -> str:
    if thread.get("issue"):
        return f"issue:{thread['issue']}"
    for comment in thread["comments"] + thread["context"]:
        if comment["id"] in discussions:
            return discussions[comment["id"]]
    return row if thread["source"] == "cmv" else f"thread:{thread['thread']}"


def _comments(thread: dict[str, Any], group: str) -> Iterator[Comment]:
    known = {comment["id"]: comment for comment in thread["context"] + thread["comments"]}
    for comment in thread["comments"]:
        parent = known.get(comment["parent"], {}) if comment["parent"] else {}
        answered = parent.get("text", "") if comment["parent"] else thread["article"] or ""
        answered_units = tuple((unit["start"], unit["end"]) for unit in parent.get("units", ()))
        targets = {target - 1 for target in comment["targets"]}
        stance = comment["stance"] if comment["parent"] else None
        yield Comment(
            group=group,
            board=thread["source"],
            text=comment["text"],
            answered=answered,
            answered_units=answered_units,
            units=tuple(_unit(unit) for unit in comment["units"]),
            stance=STANCE.labels.index(stance) if stance else None,
            targets=frozenset(target for target in targets if target < len(answered_units)),
        )


def _unit(unit: dict[str, Any]) -> Unit:
    held = {*unit["basis"], unit["attack"], "sarcasm" if unit["sarcasm"] else None}
    return Unit(
        span=(unit["start"], unit["end"]),
        role=ROLE.labels.index(unit["role"]),
        flags=tuple(label in held for label in FLAG_LABELS),
    )
