"""Makes one model of several trainings: `python -m training.average DATA_DIR RUN... -o FOLDER`.

Each `RUN` is the folder of checkpoints (`--work`) of a training with another seed; they began with the same
weights, so the mean of their weights is a model too, and mostly a better one than each (model soup, Wortsman
et al. 2022). Prints the scores of each and of the mean.
"""

import argparse
from pathlib import Path

import torch

from .card import Made
from .encoder import prepare
from .folder import write
from .loss import Loss
from .model import ReplyEncoder
from .scores import as_text, mean
from .train import measure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the labelled sets")
    parser.add_argument("runs", type=Path, nargs="+", help="folders of checkpoints")
    parser.add_argument("-o", "--output", type=Path, help="the model folder to write")
    parser.add_argument(
        "--eight-bits",
        action="store_true",
        help="make the eight-bit encoder the default though it costs half a point or more by itself",
    )
    given = parser.parse_args()
    vocabulary, learnt, development = prepare(given.data, given.runs[0])
    model = ReplyEncoder(len(vocabulary.rows))
    history: dict[str, dict[str, float]] = {}
    found = [torch.load(run / "best.pt") for run in given.runs]
    soup = {name: torch.stack([each[name] for each in found]).mean(dim=0) for name in found[0]}
    for number, weights in enumerate((*found, soup), start=1):
        name = str(number) if number <= len(found) else "mean"
        model.load_state_dict(weights)
        history[name] = measure(model, development)
        print(f"{name}: {mean(history[name]):.4f}: {as_text(history[name])}", flush=True)
    if given.output:
        Loss(learnt.comments).unweight(model)
        made = Made(
            command=f"python -m training.average DATA_DIR RUN... -o {given.output}",
            seeds=f"The mean of {len(found)} runs of `training.encoder` that differ in their seed.",
            by="run",
            history=history,
        )
        write(
            given.output, model, vocabulary, learnt, development, made, eight_bits=given.eight_bits
        )


if __name__ == "__main__":
    main()
