"""Trains the reply encoder and writes its model folder: on our own threads, and with `--public` for one
more epoch together with the public set, which counts if it is better.

`python -m training.encoder DATA_DIR -o data/models/reply-encoder/0.1.0` from the repository's root; the
same command continues a training that was interrupted.
"""

import argparse
import hashlib
import pickle
from dataclasses import replace
from pathlib import Path

import torch

from .batches import Item
from .data import Comment, read_labelled, read_public_texts, read_removed
from .folder import write
from .loss import Loss
from .model import pretrained
from .scores import mean
from .split import is_development, split
from .train import Plan, Side, train
from .vocabulary import Vocabulary, prune
from .windows import windows

PIECES = 13_500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the labelled sets")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="the model folder to write"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("training/.cache"), help="checkpoints and caches"
    )
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--public", action="store_true", help="one more epoch, with the public set")
    parser.add_argument("--limit", type=int, help="comments of each side, for a trial")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)

    comments, public = read_labelled(given.data), read_public_texts(given.data)
    removed = read_removed(given.data, comments) if given.public else []
    learnt, kept_apart, dropped = split(comments + removed, public)
    own = [comment for comment in learnt if comment.removed is None]
    whole = [comment for comment in learnt if comment.removed is not None]
    development = [comment for comment in kept_apart if comment.removed is None]
    groups = len({comment.group for comment in development})
    units = sum(len(comment.units) for comment in development)
    print(f"{len(own)} comments to learn from, {len(whole)} more with a label for the whole")
    print(f"{dropped} near duplicates left out")
    print(f"{len(development)} comments, {units} units, {groups} groups to measure on")
    texts = [text for comment in own for text in (comment.text, comment.answered)]
    texts += [text for group, text in public if not is_development(group)]
    vocabulary = prune(texts, PIECES)
    sides = [
        _side(side[: given.limit], vocabulary, given.work) for side in (own, whole, development)
    ]
    torch.manual_seed(given.seed)
    model = pretrained(vocabulary.rows)
    learnt, measured = sides[0], sides[2]
    plan = Plan(epochs=given.epochs, seed=given.seed)
    history = train(model, learnt, measured, plan, given.work / "own")
    if given.public:
        joined = _join(sides[0], sides[1])
        floor = _best(history)
        later = train(model, joined, measured, plan.continued(), given.work / "public", floor)
        history += later
        learnt = joined if _best(later) > floor else learnt
    Loss(learnt.comments).unweight(model)
    write(given.output, model, vocabulary, learnt, measured, history)


def _best(history: list[dict[str, float]]) -> float:
    return max(mean(figures) for figures in history)


def _join(own: Side, whole: Side) -> Side:
    """Both sides; of the second those that fit one window, since a label for the whole does not tell which
    window it is about."""
    start = len(own.comments)
    single = [item for item in whole.items if item.siblings == 1]
    moved = [replace(item, number=item.number + start) for item in single]
    return Side(own.comments + whole.comments, own.items + moved)


def _side(comments: list[Comment], vocabulary: Vocabulary, work: Path) -> Side:
    """The windows of comments, from the cache if they were cut before."""
    source = vocabulary.tokenizer.to_str() + repr(comments)
    path = work / f"windows-{hashlib.sha256(source.encode()).hexdigest()[:16]}.pickle"
    if path.exists():
        return Side(comments, pickle.loads(path.read_bytes()))
    items: list[Item] = []
    for number, comment in enumerate(comments):
        found = windows(comment, vocabulary.tokenizer)
        items.extend(Item(window, number, len(found)) for window in found)
    path.write_bytes(pickle.dumps(items))
    return Side(comments, items)


if __name__ == "__main__":
    main()
