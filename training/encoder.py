"""Trains the reply encoder and writes its model folder.

`python -m training.encoder DATA_DIR -o data/models/reply-encoder/0.1.0` from the repository's root; the
same command continues a training that was interrupted.
"""

import argparse
import hashlib
import pickle
from pathlib import Path

import torch

from .batches import Item
from .data import Comment, read_labelled, read_public_texts
from .folder import write
from .model import pretrained
from .split import is_development, split
from .train import Plan, Side, train
from .vocabulary import Vocabulary, prune
from .windows import windows

PIECES = 13_500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the labelled sets")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the model folder to write")
    parser.add_argument("--work", type=Path, default=Path("training/.cache"), help="checkpoints and caches")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, help="comments of each side, for a trial")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)

    comments, public = read_labelled(given.data), read_public_texts(given.data)
    learnt, development, dropped = split(comments, public)
    groups = len({comment.group for comment in development})
    units = sum(len(comment.units) for comment in development)
    print(f"{len(learnt)} comments to learn from ({dropped} near duplicates left out)")
    print(f"{len(development)} comments, {units} units, {groups} groups to measure on")
    texts = [text for comment in learnt for text in (comment.text, comment.answered)]
    texts += [text for group, text in public if not is_development(group)]
    vocabulary = prune(texts, PIECES)
    plan = Plan(epochs=given.epochs, seed=given.seed)
    sides = [
        _side(side[: given.limit], vocabulary, given.work) for side in (learnt, development)
    ]
    torch.manual_seed(given.seed)
    model = pretrained(vocabulary.rows)
    history = train(model, sides[0], sides[1], plan, given.work)
    write(given.output, model, vocabulary, sides[0], sides[1], history)


def _side(comments: list[Comment], vocabulary: Vocabulary, work: Path) -> Side:
    """The windows of comments, from the cache if they were cut before."""
    source = vocabulary.tokenizer.to_str() + repr(comments)
    path = work / f"windows-{hashlib.sha256(source.encode()).hexdigest()[:16]}.pickle"
    if path.exists():
        return Side(comments, pickle.loads(path.read_bytes()))
    items = []
    for number, comment in enumerate(comments):
        found = windows(comment, vocabulary.tokenizer)
        items.extend(Item(window, number, len(found)) for window in found)
    path.write_bytes(pickle.dumps(items))
    return Side(comments, items)


if __name__ == "__main__":
    main()
