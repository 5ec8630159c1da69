"""The training loop: epochs with checkpoints, from which the same command continues."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from .batches import Item, batches, schedule
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
    rate: float = 1e-4
    head_rate: float = 5e-4
    decay: float = 0.9
    warmup: float = 0.06
    size: int = 16
    half: bool = True

    def continued(self) -> "Plan":
        """One more epoch at half the rates."""
        rates = {"rate": self.rate / 2, "head_rate": self.head_rate / 2}
        return replace(self, epochs=1, seed=self.seed + 100, **rates)


@dataclass(frozen=True)
class Side:
    """Comments with their windows."""

    comments: list[Comment]
    items: list[Item]


@dataclass
class Progress:
    """Where training stands; `history` has the development scores of every finished epoch."""

    step: int
    best: float
    history: list[dict[str, float]]


def train(
    model: ReplyEncoder,
    learnt: Side,
    development: Side,
    plan: Plan,
    work: Path,
    floor: float = 0.0,
) -> list[dict[str, float]]:
    """Trains `model` and returns the scores of all epochs. It is left with the weights of the best one,
    or as it came when none has a mean score above `floor`."""
    work.mkdir(parents=True, exist_ok=True)
    loss = Loss(learnt.comments)
    optimiser = torch.optim.AdamW(_groups(model, plan), weight_decay=0.01)
    epoch_steps = len(schedule(learnt.items, plan.size, plan.seed))
    total = epoch_steps * plan.epochs
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total, plan))
    checkpoint, best = work / "checkpoint.pt", work / "best.pt"
    progress = Progress(step=0, best=floor, history=[])
    if checkpoint.exists():
        progress = _resume(checkpoint, model, optimiser, rate)
    else:
        torch.save(model.state_dict(), best)
    saved = reported = time.monotonic()
    running = 0.0
    while progress.step < total:
        epoch, done = divmod(progress.step, epoch_steps)
        groups = schedule(learnt.items, plan.size, plan.seed + epoch)[done:]
        model.train()
        for batch in batches(groups, learnt.comments):
            with torch.autocast("cpu", torch.bfloat16, enabled=plan.half):
                hidden = model.encoder(batch.ids, batch.mask, batch.types)
            value = loss(model, batch, hidden.float())
            optimiser.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            rate.step()
            progress.step += 1
            running += value.item()
            if progress.step % REPORT_STEPS == 0:
                now = time.monotonic()
                pace = (now - reported) / REPORT_STEPS
                average = running / REPORT_STEPS
                print(f"{progress.step}/{total}: loss {average:.3f}, {pace:.2f} s", flush=True)
                reported, running = now, 0.0
            if time.monotonic() - saved > CHECKPOINT_SECONDS:
                _save(checkpoint, model, optimiser, rate, progress)
                saved = time.monotonic()
        figures = measure(model, development, plan.half)
        progress.history.append(figures)
        print(f"epoch {epoch + 1}: {as_text(figures)}", flush=True)
        if mean(figures) > progress.best:
            progress.best = mean(figures)
            torch.save(model.state_dict(), best)
        _save(checkpoint, model, optimiser, rate, progress)
        saved = time.monotonic()
    model.load_state_dict(torch.load(best))
    return progress.history


def measure(model: ReplyEncoder, side: Side, half: bool) -> dict[str, float]:
    """Scores with temperatures and thresholds fitted on the same comments."""
    predictions = predict(run_torch(model, half), side.items, side.comments)
    found = answers(side.comments, predictions)
    return score(found, calibrate(found), side.comments, predictions)


def _groups(model: ReplyEncoder, plan: Plan) -> list[dict[str, object]]:
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
    return [*groups, {"params": list(model.judges.parameters()), "lr": plan.head_rate}]


def _rate(step: int, total: int, plan: Plan) -> float:
    """Linear warm-up, then linear decay to zero."""
    warm = max(1, int(total * plan.warmup))
    return min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))


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
