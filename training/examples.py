"""Sentences written for the model card, each an answer, to show where an attack is seen and where not."""

from .batches import Item
from .data import Comment, Unit
from .labels import FLAG_LABELS
from .vocabulary import Vocabulary
from .windows import windows

ANSWERED = "Nobody needs to rotate keys if the server was never reachable from outside."
TEXTS = (
    "You clearly have no idea how key rotation works, so stop posting.",
    "People like you are the reason why breaches happen.",
    "What a careful reading of the manual you must have done.",
    "Only an idiot would reuse a nonce, and I did it twice.",
    "The article calls them clowns, which is not an argument.",
    "This code is terrible and should never have been merged.",
    "That is wrong: the backup host had a public address until May.",
    "y o u   a r e   a n   i d i o t",
)


def comments() -> list[Comment]:
    """The sentences as comments of one unit each, without labels worth the name."""
    return [
        Comment(
            group="examples",
            board="examples",
            text=text,
            answered=ANSWERED,
            answered_units=((0, len(ANSWERED)),),
            units=(Unit((0, len(text)), 0, (False,) * len(FLAG_LABELS)),),
            stance=None,
            targets=frozenset(),
        )
        for text in TEXTS
    ]


def items(vocabulary: Vocabulary) -> list[Item]:
    """Their windows."""
    found = [windows(comment, vocabulary.tokenizer) for comment in comments()]
    return [Item(each[0], number, 1) for number, each in enumerate(found)]
