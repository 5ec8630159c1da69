"""The label sets, in the order in which the model's outputs stand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LabelSet:
    """The labels of one decision; `choice` says how many of them hold at once."""

    name: str
    choice: str
    labels: tuple[str, ...]


ROLE = LabelSet("role", "one", ("claim", "premise", "question", "quote", "none"))
BASIS = LabelSet(
    "basis", "any", ("technical", "evidence", "experience", "speculation", "normative")
)
ATTACK = LabelSet("attack", "at_most_one", ("ad_hominem", "incivility"))
SARCASM = LabelSet("sarcasm", "any", ("sarcasm",))
STANCE = LabelSet("stance", "one", ("agree", "disagree", "neutral"))

FLAGS = (BASIS, ATTACK, SARCASM)
"""Sets whose labels are judged independently of each other, each by a sigmoid."""
FLAG_LABELS = tuple(label for flags in FLAGS for label in flags.labels)
