"""The public sets that help to train: comments that have some labels, everything else masked.

Only sets whose licence allows weights that ship: `habernal_cmv` (Apache-2.0), `github_incivility` (MIT),
`cdcp` (ODbL) and `perspectrum` (CC BY-SA 4.0). Groups carry the set's name where ids are not unique.
"""

import hashlib
import re
from pathlib import Path
from typing import Any

from .data import REMOVED, UNCIVIL, Comment, Span, Unit, rows
from .labels import FLAG_LABELS, STANCE

SENTENCE = re.compile(r"^(?:>|&gt;).*|[^\s.!?][^.!?\n]*[.!?]*", re.MULTILINE)
"""A sentence, or a whole quoted line."""
QUOTED = (">", "&")
UNKNOWN: tuple[bool | None, ...] = (None,) * len(FLAG_LABELS)

PROPOSITIONS = {
    "testimony": {"experience": True, "evidence": False, "normative": False},
    "reference": {"experience": False, "evidence": True, "normative": False},
    "policy": {"experience": False, "evidence": False, "normative": True},
    "fact": {"experience": False, "evidence": False, "normative": False},
    "value": {"experience": False, "evidence": False},
}
"""What a proposition of `cdcp` (Park and Cardie 2018) says of our labels; a value may be normative or not."""


def read_public(folder: Path, known: list[Comment]) -> list[Comment]:
    """Comments of all sets, apart from those of `known` texts."""
    texts = {comment.text for comment in known}
    found = [*_removed(folder), *_uncivil(folder), *_propositions(folder), *_perspectives(folder)]
    return [comment for comment in found if comment.text not in texts]


def _removed(folder: Path) -> list[Comment]:
    """Change My View comments that moderators removed under its rule against rudeness (Habernal et al.
    2018), and as many that they left. The label is for the whole comment."""
    comments = [
        _comment(row["group"], "cmv", row, row["ad_hominem"], None) for row in rows(folder, REMOVED)
    ]
    removed = [comment for comment in comments if comment.removed]
    left = [comment for comment in comments if not comment.removed]
    left.sort(key=lambda comment: hashlib.sha256(comment.text.encode()).digest())
    return removed + left[: len(removed)]


def _uncivil(folder: Path) -> list[Comment]:
    """GitHub issues whose comments annotators called uncivil or not (Ehsani et al. 2024)."""
    return [
        _comment(f"issue:{row['group']}", "github", row, None, row["uncivil"])
        for row in rows(folder, UNCIVIL)
    ]


def _propositions(folder: Path) -> list[Comment]:
    """Comments on a draft regulation whose propositions are typed."""
    comments = []
    for row in rows(folder, "cdcp"):
        units = tuple(
            Unit((unit["start"], unit["end"]), None, _flags(PROPOSITIONS[unit["proposition"]]))
            for unit in row["units"]
        )
        comments.append(_plain(f"cdcp:{row['group']}", "cdcp", row["text"], "", units, None))
    return comments


def _perspectives(folder: Path) -> list[Comment]:
    """Perspectives that support or oppose a claim (Chen et al. 2019)."""
    return [
        _plain(
            f"perspectrum:{row['group']}",
            "perspectrum",
            row["text"],
            row["parent"],
            (Unit((0, len(row["text"])), None, UNKNOWN),),
            STANCE.labels.index(row["stance"]),
        )
        for row in rows(folder, "perspectrum")
    ]


def _flags(known: dict[str, bool]) -> tuple[bool | None, ...]:
    return tuple(known.get(label) for label in FLAG_LABELS)


def _comment(
    group: str, board: str, row: dict[str, Any], removed: bool | None, uncivil: bool | None
) -> Comment:
    text = row["text"]
    spans = [match.span() for match in SENTENCE.finditer(text) if match[0][0] not in QUOTED]
    return Comment(
        group=group,
        board=board,
        text=text,
        answered=row.get("parent") or row.get("previous") or "",
        answered_units=(),
        units=tuple(Unit(span, None, UNKNOWN) for span in spans),
        stance=None,
        targets=frozenset(),
        removed=removed,
        uncivil=uncivil,
        own=False,
    )


def _plain(
    group: str, board: str, text: str, answered: str, units: tuple[Unit, ...], stance: int | None
) -> Comment:
    whole: tuple[Span, ...] = ((0, len(answered)),) if answered else ()
    return Comment(
        group=group,
        board=board,
        text=text,
        answered=answered,
        answered_units=whole,
        units=units,
        stance=stance,
        targets=frozenset(),
        own=False,
    )
