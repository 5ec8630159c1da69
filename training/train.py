"""The training loop: epochs with checkpoints, from which the same command continues."""

import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from .batches import Batch, Item, collate, schedule
from .calibrate import answers, calibrate
from .data import Comment
from .loss import Loss
from .model import ReplyEncoder
from .predict import predict, run_torch
from .scores import as_text, mean, score

CHECKPOINT_SECONDS = 600
REPORT_STEPS = 20


@dataclass(frozen=True)
class Plan:
    """How to train. `rate` is the top layer's, and shrinks by `decay` a layer downwards."""

    epochs: int
    seed: int
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    warmup: float = 0.06
    size: int = 16


HALF = torch.cpu._is_amx_tile_supported()
"""Whether bfloat16 is fast here; on processors without instructions for it, it is thirty times slower."""

PARTS = {"cmv": 2, "github": 5, "cdcp": 4, "perspectrum": 9}
"""Into how many parts each public set is cut; an epoch sees one of them, the next epoch the next."""

HIDDEN = 0.5
"""The share of our own comments whose answered text is hidden in an epoch."""


@dataclass(frozen=True)
class Side:
    """Comments with their windows."""

    comments: list[Comment]
    items: list[Item]
    alone: list[Item]
    """The windows of our own comments as if nobody knew what they answer."""

    def epoch(self, number: int) -> list[Item]:
        """The windows that epoch `number` learns from: all of our own, and a part of each public set. A label
        for a whole comment does not tell which window it is about, so those need to fit into one.

        What is answered is hidden from `HIDDEN` of our own comments, each time from others: the answered
        text tells nothing of most labels, and a model that always sees it learns its words by heart."""
        seen = [item for item in self.items if self._is_due(item, number)]
        hidden = {item.number for item in self.alone if _is_hidden(item.number, number)}
        return [item for item in seen if item.number not in hidden] + [
            item for item in self.alone if item.number in hidden
        ]

    def _is_due(self, item: Item, epoch: int) -> bool:
        comment = self.comments[item.number]
        if comment.own:
            return True
        whole = comment.removed is not None or comment.uncivil is not None
        parts = PARTS[comment.board]
        return item.number % parts == epoch % parts and (item.siblings == 1 or not whole)


def _is_hidden(comment: int, epoch: int) -> bool:
    return random.Random(f"{epoch}/{comment}").random() < HIDDEN


@dataclass
class Progress:
    """Where training stands; `history` has the development scores of every finished epoch."""

    step: int
    best: float
    history: list[dict[str, float]]


def train(
    model: ReplyEncoder, learnt: Side, development: Side, plan: Plan, work: Path
) -> list[dict[str, float]]:
    """Trains `model` and returns the scores of all epochs. It is left with the weights of the best one."""
    work.mkdir(parents=True, exist_ok=True)
    loss = Loss(learnt.comments)
    optimiser = make_optimiser(model, plan)
    epochs = [
        schedule(learnt.epoch(number), plan.size, plan.seed + number)
        for number in range(plan.epochs)
    ]
    steps = [(epoch, groups) for epoch, all_groups in enumerate(epochs) for groups in all_groups]
    rate = make_rate(optimiser, len(steps), plan)
    checkpoint, best = work / "checkpoint.pt", work / "best.pt"
    progress = Progress(step=0, best=0.0, history=[])
    if checkpoint.exists():
        progress = _resume(checkpoint, model, optimiser, rate)
    saved = reported = time.monotonic()
    running = 0.0
    while progress.step < len(steps):
        epoch, items = steps[progress.step]
        model.train()
        value = take_step(model, loss, collate(items, learnt.comments), optimiser)
        rate.step()
        progress.step += 1
        running += value
        if progress.step % REPORT_STEPS == 0:
            now = time.monotonic()
            pace, average = (now - reported) / REPORT_STEPS, running / REPORT_STEPS
            print(f"{progress.step}/{len(steps)}: loss {average:.3f}, {pace:.2f} s", flush=True)
            reported, running = now, 0.0
        if progress.step == len(steps) or steps[progress.step][0] != epoch:
            figures = measure(model, development)
            progress.history.append(figures)
            print(f"epoch {epoch + 1}: {mean(figures):.4f}: {as_text(figures)}", flush=True)
            if mean(figures) > progress.best:
                progress.best = mean(figures)
                torch.save(model.state_dict(), best)
            saved = 0.0
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            _save(checkpoint, model, optimiser, rate, progress)
            saved = time.monotonic()
    model.load_state_dict(torch.load(best))
    return progress.history


def take_step(
    model: ReplyEncoder, loss: Loss, batch: Batch, optimiser: torch.optim.Optimizer
) -> float:
    """One step of the optimiser; gives the loss before it."""
    with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
        hidden = model.encoder(batch.ids, batch.mask, batch.types)
    value = loss(model, batch, hidden.float())
    optimiser.zero_grad()
    value.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return value.item()


def measure(model: ReplyEncoder, side: Side) -> dict[str, float]:
    """Scores with temperatures and thresholds fitted on the same comments."""
    predictions = predict(run_torch(model), side.items, side.comments)
    found = answers(side.comments, predictions)
    return score(found, calibrate(found), side.comments, predictions)


def make_optimiser(model: ReplyEncoder, plan: Plan) -> torch.optim.Optimizer:
    """AdamW whose rate shrinks from layer to layer downwards."""
    encoder = model.encoder
    depths = [[encoder.words, encoder.positions, encoder.types, encoder.norm]]
    depths += [[layer] for layer in encoder.layers]
    groups: list[dict[str, object]] = [
        {
            "params": [weight for part in parts for weight in part.parameters()],
            "lr": plan.rate * plan.decay ** (len(depths) - 1 - depth),
        }
        for depth, parts in enumerate(depths)
    ]
    heads = [*model.judges.parameters(), *model.uncivil.parameters()]
    groups.append({"params": heads, "lr": plan.head_rate})
    return torch.optim.AdamW(groups, weight_decay=0.01)


def make_rate(
    optimiser: torch.optim.Optimizer, total: int, plan: Plan
) -> torch.optim.lr_scheduler.LambdaLR:
    """Linear warm-up, then linear decay to zero over `total` steps."""
    warm = max(1, int(total * plan.warmup))

    def factor(step: int) -> float:
        return min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))

    return torch.optim.lr_scheduler.LambdaLR(optimiser, factor)


def _save(
    path: Path,
    model: ReplyEncoder,
    optimiser: torch.optim.Optimizer,
    rate: torch.optim.lr_scheduler.LambdaLR,
    progress: Progress,
) -> None:
    state = {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "rate": rate.state_dict(),
        "progress": vars(progress),
    }
    fresh = path.with_suffix(".new")
    torch.save(state, fresh)
    fresh.replace(path)


def _resume(
    path: Path,
    model: ReplyEncoder,
    optimiser: torch.optim.Optimizer,
    rate: torch.optim.lr_scheduler.LambdaLR,
) -> Progress:
    state = torch.load(path)
    model.load_state_dict(state["model"])
    optimiser.load_state_dict(state["optimiser"])
    rate.load_state_dict(state["rate"])
    print(f"continuing at step {state['progress']['step']}", flush=True)
    return Progress(**state["progress"])
