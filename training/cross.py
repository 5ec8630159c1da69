"""Cross-validation on Change My View with annotated roles and relations (Hidey et al. 2017; `cmv_modes`).

`python -m training.cross DATA_DIR CHECKPOINT` tunes the trained encoder further in five folds over threads,
once for support or attack between posts and once for claim, premise or none by sentence, and throws the
weights away: the set may not train weights that ship.
"""

import argparse
import copy
from pathlib import Path

import numpy as np
import torch

from .batches import collate, cut, schedule
from .calibrate import f1
from .data import Comment, Unit, read_labelled, read_public_texts, rows
from .encoder import PIECES, words
from .labels import FLAG_LABELS, ROLE, STANCE
from .loss import Loss
from .model import ReplyEncoder
from .predict import Prediction, predict, run_torch
from .public import read_public
from .split import fold, seen_texts, split
from .train import Plan, make_optimiser, make_rate, take_step
from .vocabulary import Vocabulary, prune

FOLDS = 5
KINDS = {"support": "agree", "attack": "disagree"}
ROLES = ("claim", "premise", "none")
UNKNOWN = (None,) * len(FLAG_LABELS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the labelled sets")
    parser.add_argument("checkpoint", type=Path, help="`best.pt` of a training")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--only", choices=("relations", "roles"))
    given = parser.parse_args()
    texts = read_public_texts(given.data)
    own = read_labelled(given.data)
    learnt, _, _ = split(own + read_public(given.data, own), texts)
    vocabulary = prune(words(learnt, texts), PIECES)
    model = ReplyEncoder(len(vocabulary.rows))
    model.load_state_dict(torch.load(given.checkpoint))
    Loss(learnt).unweight(model)
    posts = list(rows(given.data, "cmv_modes"))
    shared = seen_texts(learnt, [row["text"] for row in posts])
    print(f"{shared} of {len(posts)} posts are nearly the same as a text that trained the model")
    plan = Plan(epochs=given.epochs, seed=1, rate=1e-4, head_rate=5e-4)

    if given.only != "roles":
        _measure_relations(model, _relations(posts), vocabulary, plan)
    if given.only != "relations":
        _measure_roles(model, [_roles(row) for row in posts], vocabulary, plan)


def _measure_relations(
    model: ReplyEncoder, pairs: list[Comment], vocabulary: Vocabulary, plan: Plan
) -> None:
    kinds = np.array([pair.stance for pair in pairs])
    before = np.array([said.stance[:2] for said in _judge(model, pairs, vocabulary)])
    after = np.array([said.stance[:2] for said in _cross(model, pairs, vocabulary, plan)])
    print(f"support or attack between posts, {len(pairs)} relations, macro-F1:", flush=True)
    print(f"  as it ships {_macro(kinds, before.argmax(axis=1), 2):.3f}", flush=True)
    print(f"  cross-validated {_macro(kinds, after.argmax(axis=1), 2):.3f}", flush=True)


def _measure_roles(
    model: ReplyEncoder, comments: list[Comment], vocabulary: Vocabulary, plan: Plan
) -> None:
    columns = [ROLE.labels.index(role) for role in ROLES]
    roles = np.array([columns.index(u.role) for comment in comments for u in comment.units])
    print(f"claim, premise or none, {len(roles)} sentences, macro-F1:", flush=True)
    for name, said in (
        ("as it ships", _judge(model, comments, vocabulary)),
        ("cross-validated", _cross(model, comments, vocabulary, plan)),
    ):
        logits = np.concatenate([prediction.units[:, columns] for prediction in said])
        print(f"  {name} {_macro(roles, logits.argmax(axis=1), len(ROLES)):.3f}", flush=True)


def _relations(posts: list[dict]) -> list[Comment]:
    """Each relation between posts once, as a reply of the unit that it starts from to the one that it means."""
    threads: dict[str, list[dict]] = {}
    for row in posts:
        threads.setdefault(row["group"], []).append(row)
    found: dict[tuple[str, str, str], Comment] = {}
    for row in posts:
        for relation in row["relations"]:
            target = _target(row, relation, threads[row["group"]])
            if target is None:
                continue
            text = _unit(row, relation["from"])
            stance = STANCE.labels.index(KINDS[relation["kind"]])
            found[row["id"], text, target] = Comment(
                group=row["group"],
                board="cmv_modes",
                text=text,
                answered=target,
                answered_units=((0, len(target)),),
                units=(Unit((0, len(text)), None, UNKNOWN),),
                stance=stance,
                targets=frozenset(),
            )
    return list(found.values())


def _target(row: dict, relation: dict, thread: list[dict]) -> str | None:
    """The words that a relation to another post means."""
    if relation["in"] == "self":
        return None
    if relation["in"] == "parent":
        found = [post for post in thread if post["text"] == row.get("parent")]
    else:
        at = thread.index(row) - int(relation["in"].removeprefix("post-"))
        found = thread[at : at + 1] if at >= 0 else []
    return _unit(found[0], relation["to"]) if found else None


def _unit(post: dict, number: int) -> str:
    unit = post["units"][number]
    return post["text"][unit["start"] : unit["end"]]


def _roles(row: dict) -> Comment:
    """A post by itself: what it answers would take half of every window of these long texts."""
    return Comment(
        group=row["group"],
        board="cmv_modes",
        text=row["text"],
        answered="",
        answered_units=(),
        units=tuple(
            Unit((unit["start"], unit["end"]), ROLE.labels.index(unit["role"]), UNKNOWN)
            for unit in row["units"]
        ),
        stance=None,
        targets=frozenset(),
    )


def _cross(
    model: ReplyEncoder, comments: list[Comment], vocabulary: Vocabulary, plan: Plan
) -> list[Prediction]:
    """What models say that learnt from the other folds, each starting from `model`."""
    said: dict[int, Prediction] = {}
    folds = [fold(comment.group, FOLDS) for comment in comments]
    for part in range(FOLDS):
        learnt = [comment for comment, of in zip(comments, folds, strict=True) if of != part]
        kept = [number for number, of in enumerate(folds) if of == part]
        tuned = copy.deepcopy(model)
        torch.manual_seed(plan.seed)
        _tune(tuned, learnt, vocabulary, plan)
        judged = _judge(tuned, [comments[number] for number in kept], vocabulary)
        said.update(zip(kept, judged, strict=True))
    return [said[number] for number in range(len(comments))]


def _tune(
    model: ReplyEncoder, comments: list[Comment], vocabulary: Vocabulary, plan: Plan
) -> None:
    items = cut(comments, vocabulary.tokenizer)
    epochs = [schedule(items, plan.size, plan.seed + number) for number in range(plan.epochs)]
    loss, optimiser = Loss(comments), make_optimiser(model, plan)
    rate = make_rate(optimiser, sum(map(len, epochs)), plan)
    model.train()
    for groups in epochs:
        for group in groups:
            take_step(model, loss, collate(group, comments), optimiser)
            rate.step()
    loss.unweight(model)


def _judge(
    model: ReplyEncoder, comments: list[Comment], vocabulary: Vocabulary
) -> list[Prediction]:
    return predict(run_torch(model), cut(comments, vocabulary.tokenizer), comments)


def _macro(truth: np.ndarray, said: np.ndarray, classes: int) -> float:
    return float(np.mean([f1(truth == label, said == label) for label in range(classes)]))


if __name__ == "__main__":
    main()
