"""Trains the reply encoder and writes its model folder.

`python -m training.encoder DATA_DIR -o data/models/reply-encoder/0.2.0` from the repository's root; the
same command continues a training that was interrupted. Without `-o` only scores are printed, for ablations
(`--without`) and learning curves (`--share`).
"""

import argparse
import hashlib
import pickle
from dataclasses import replace
from pathlib import Path

import torch

from .batches import cut
from .card import Made
from .data import Comment, read_labelled, read_public_texts
from .folder import write
from .loss import Loss
from .model import pretrained
from .public import read_public
from .split import is_development, share, split
from .train import Plan, Side, train
from .vocabulary import Vocabulary, prune

PIECES = 13_500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the labelled sets")
    parser.add_argument("-o", "--output", type=Path, help="the model folder to write")
    parser.add_argument(
        "--work", type=Path, default=Path("training/.cache/full"), help="checkpoints and caches"
    )
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--without", choices=("parent", "public"), action="append", default=[], help="leave out"
    )
    parser.add_argument(
        "--share", type=int, default=100, help="per cent of our own groups to learn from"
    )
    parser.add_argument("--limit", type=int, help="comments of each side, for a trial")
    given = parser.parse_args()
    vocabulary, *sides = prepare(
        given.data, given.work, frozenset(given.without), given.share, given.limit
    )
    # Heads of all runs begin alike, so that their weights can be averaged.
    torch.manual_seed(0)
    model = pretrained(vocabulary.rows)
    torch.manual_seed(given.seed)
    plan = Plan(epochs=given.epochs, seed=given.seed)
    history = train(model, *sides, plan, given.work)
    if given.output:
        Loss(sides[0].comments).unweight(model)
        made = Made(
            command=f"python -m training.encoder DATA_DIR -o {given.output}",
            seeds=f"Seed {given.seed}.",
            by="epoch",
            history={str(number): scores for number, scores in enumerate(history, start=1)},
        )
        write(given.output, model, vocabulary, *sides, made)


def prepare(
    data: Path,
    work: Path,
    without: frozenset[str] = frozenset(),
    percent: int = 100,
    limit: int | None = None,
) -> tuple[Vocabulary, Side, Side]:
    """The vocabulary, what is learnt from, and what is measured on."""
    work.mkdir(parents=True, exist_ok=True)
    comments, texts = read_labelled(data), read_public_texts(data)
    public = [] if "public" in without else read_public(data, comments)
    learnt, kept_apart, dropped = split(comments + public, texts)
    development = [comment for comment in kept_apart if comment.own]
    vocabulary = prune(words(learnt, texts), PIECES)
    learnt = [comment for comment in learnt if not comment.own or share(comment.group, percent)]
    own = sum(comment.own for comment in learnt)
    print(f"{own} comments to learn from, {len(learnt) - own} more of public sets")
    print(f"{dropped} near duplicates left out")
    print(f"{len(development)} comments, {len({c.group for c in development})} groups to measure on")
    if "parent" in without:
        learnt, development = _alone(learnt), _alone(development)
    return vocabulary, *(_side(part[:limit], vocabulary, work) for part in (learnt, development))


def words(learnt: list[Comment], public: list[tuple[str, str]]) -> list[str]:
    """The texts that choose word pieces: our own, and those of the sets that share discussions with them."""
    own = [text for comment in learnt if comment.own for text in (comment.text, comment.answered)]
    return own + [text for group, text in public if not is_development(group)]


def _alone(comments: list[Comment]) -> list[Comment]:
    """The comments as if nobody knew what they answer."""
    return [
        replace(comment, answered="", answered_units=(), targets=frozenset())
        for comment in comments
    ]


def _side(comments: list[Comment], vocabulary: Vocabulary, work: Path) -> Side:
    """The windows of comments, from the cache if they were cut before."""
    source = vocabulary.tokenizer.to_str() + repr(comments)
    path = work / f"sides-{hashlib.sha256(source.encode()).hexdigest()[:16]}.pickle"
    if path.exists():
        return Side(comments, *pickle.loads(path.read_bytes()))
    items = cut(comments, vocabulary.tokenizer)
    alone = [item for item in cut(_alone(comments), vocabulary.tokenizer) if comments[item.number].own]
    path.write_bytes(pickle.dumps((items, alone)))
    return Side(comments, items, alone)


if __name__ == "__main__":
    main()
