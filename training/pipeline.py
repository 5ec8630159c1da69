"""What `training.bench` compares the program with: the same labels by other means.

`python -m training.pipeline torch FOLDER INPUT OUTPUT` runs one MiniLM in PyTorch for each label family,
`... onnx ...` the model folder's own graphs in onnxruntime. Both read what `rejoinder label` reads, cut it
into the windows that the program cuts, run every network once a window, and write the fields that
`rejoinder label` writes, but for `language`, and `links`, which the program computes and does not print.

Nobody pays for what he does not use: a runtime is imported only where it runs.
"""

import argparse
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from .data import Comment, Span, Unit
from .labels import ATTACK, BASIS, FLAGS, ROLE, SARCASM, STANCE
from .vocabulary import PAD
from .windows import Window, windows

SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s)|$)", re.MULTILINE)
UNIT_SETS = (ROLE, *FLAGS)

Floats = NDArray[np.float32]
Logits = tuple[Floats, Floats, Floats]
"""Of units (B,U,13), stance (B,3) and links (B,U,P)."""


@dataclass
class Batch:
    """Windows with the numbers of their comments, and the tensors of `training/README.md`."""

    windows: list[tuple[int, Window]]
    ids: NDArray[np.int64]
    mask: NDArray[np.int64]
    types: NDArray[np.int64]
    units: Floats
    parents: Floats
    sides: Floats


@dataclass
class Said:
    """What the windows of a comment said: probabilities by unit, logits of stance by window, logits of links."""

    units: dict[int, list[float]] = field(default_factory=dict)
    stance: list[Floats] = field(default_factory=list)
    links: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Tokens:
    """A text's tokens, copied out of the tokenizer once and not at every look."""

    ids: list[int]
    offsets: list[Span]


class Texts:
    """Stands in for a tokenizer whose work is done: all texts at once use all threads."""

    def __init__(self, tokenizer: Tokenizer, texts: list[str]) -> None:
        encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
        self.encodings = dict(zip(texts, encodings, strict=True))

    def encode(self, text: str, add_special_tokens: bool) -> Tokens:
        return Tokens(self.encodings[text].ids, self.encodings[text].offsets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runtime", choices=("torch", "onnx"))
    parser.add_argument("folder", type=Path, help="the model folder")
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--batch", type=int, default=1, help="windows at a time")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--workers", type=int, default=1, help="batches at once, which share the threads"
    )
    given = parser.parse_args()

    manifest = json.loads((given.folder / "model.json").read_text())
    tokenizer = Tokenizer.from_file(str(given.folder / "tokenizer.json"))
    threads = given.threads // given.workers
    if given.runtime == "torch":
        run = torch_models(tokenizer.get_vocab_size(), threads)
    else:
        run = onnx_graphs(given.folder, manifest, threads)
    rows = [json.loads(line) for line in given.input.read_text().splitlines()]
    comments = [_comment(row) for row in rows]
    said = [Said() for _ in rows]
    batches = _batches(comments, tokenizer, given.batch)
    with ThreadPoolExecutor(given.workers) as pool:
        for batch, logits in zip(batches, pool.map(run, batches), strict=True):
            _take(batch, logits, manifest, said)
    with given.output.open("w") as out:
        for row, comment, one in zip(rows, comments, said, strict=True):
            out.write(json.dumps(_line(row["id"], comment, one, manifest)) + "\n")


def torch_models(pieces: int, threads: int) -> Callable[[Batch], Logits]:
    """A model for each family. The heads of all families are a thousandth of an encoder, so each model runs
    all of them and its own are taken. Which word a row of the embeddings stands for makes no difference in time."""
    import torch

    from .model import pretrained

    torch.set_num_threads(threads)
    families = (*(labels.name for labels in UNIT_SETS), "stance", "links")
    models = {family: pretrained(list(range(pieces))).eval() for family in families}

    def run(batch: Batch) -> Logits:
        tokens = [torch.from_numpy(array) for array in (batch.ids, batch.mask, batch.types)]
        places = [torch.from_numpy(array) for array in (batch.units, batch.parents, batch.sides)]
        with torch.no_grad():
            judged = {
                family: model.judges(model.encoder(*tokens), *places)
                for family, model in models.items()
            }
        parts, start = [], 0
        for labels in UNIT_SETS:
            end = start + len(labels.labels)
            parts.append(judged[labels.name][0][:, :, start:end].numpy())
            start = end
        units = np.concatenate(parts, axis=2)
        return units, judged["stance"][1].numpy(), judged["links"][2].numpy()

    return run


def onnx_graphs(folder: Path, manifest: dict[str, Any], threads: int) -> Callable[[Batch], Logits]:
    """The encoder and heads that the manifest names."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    encoder, heads = (
        onnxruntime.InferenceSession(
            str(folder / manifest[name]), options, providers=["CPUExecutionProvider"]
        )
        for name in ("encoder", "heads")
    )

    def run(batch: Batch) -> Logits:
        tokens = {
            "input_ids": batch.ids,
            "attention_mask": batch.mask,
            "token_type_ids": batch.types,
        }
        (hidden,) = encoder.run(["last_hidden_state"], tokens)
        places = {"units": batch.units, "parents": batch.parents, "sides": batch.sides}
        outputs = ["unit_logits", "stance_logits", "link_logits"]
        units, stance, links = heads.run(outputs, {"last_hidden_state": hidden, **places})
        return units, stance, links

    return run


def _comment(row: dict[str, str]) -> Comment:
    sentences = [match.span() for match in SENTENCE.finditer(row["text"])]
    return Comment(
        group="",
        board="",
        text=row["text"],
        answered=row["parent"],
        answered_units=tuple(match.span() for match in SENTENCE.finditer(row["parent"])),
        units=tuple(Unit(span, None, ()) for span in sentences),
        stance=None,
        targets=frozenset(),
    )


def _batches(comments: list[Comment], tokenizer: Tokenizer, size: int) -> list[Batch]:
    """Batches of windows of like length."""
    both = [text for comment in comments for text in (comment.text, comment.answered)]
    texts = cast(Tokenizer, Texts(tokenizer, both))
    cut = [
        (number, window)
        for number, comment in enumerate(comments)
        for window in windows(comment, texts)
    ]
    cut.sort(key=lambda pair: len(pair[1].ids))
    return [_batch(cut[at : at + size]) for at in range(0, len(cut), size)]


def _batch(cut: list[tuple[int, Window]]) -> Batch:
    count = len(cut)
    length = max(len(window.ids) for _, window in cut)
    units = max(1, *(len(window.units) for _, window in cut))
    parents = max(1, *(len(window.parents) for _, window in cut))
    batch = Batch(
        windows=cut,
        ids=np.full((count, length), PAD, dtype=np.int64),
        mask=np.zeros((count, length), dtype=np.int64),
        types=np.zeros((count, length), dtype=np.int64),
        units=np.zeros((count, units, length), dtype=np.float32),
        parents=np.zeros((count, parents, length), dtype=np.float32),
        sides=np.zeros((count, 2, length), dtype=np.float32),
    )
    for row, (_, window) in enumerate(cut):
        size = len(window.ids)
        batch.ids[row, :size] = window.ids
        batch.mask[row, :size] = 1
        batch.types[row, window.comment[0] : size] = 1
        _average(batch.units[row], [place for _, place in window.units])
        _average(batch.parents[row], [place for _, place in window.parents])
        _average(batch.sides[row], [window.answered, window.comment])
    return batch


def _average(rows: Floats, places: list[Span]) -> None:
    for row, (start, end) in zip(rows, places):
        if start < end:
            row[start:end] = 1 / (end - start)


def _take(batch: Batch, logits: Logits, manifest: dict[str, Any], said: list[Said]) -> None:
    """Adds what a batch said to its comments."""
    parts, start = [], 0
    for head in manifest["unit_heads"]:
        end = start + len(head["labels"])
        parts.append(_probabilities(logits[0][:, :, start:end], head))
        start = end
    units = np.concatenate(parts, axis=2).tolist()
    for row, (number, window) in enumerate(batch.windows):
        one = said[number]
        one.stance.append(logits[1][row])
        one.units |= {unit: units[row][at] for at, (unit, _) in enumerate(window.units)}
        if window.units:
            sums = np.logaddexp.reduce(logits[2][row, : len(window.units)], axis=0)
            for (parent, _), logit in zip(window.parents, sums.tolist()):
                one.links[parent] = np.logaddexp(one.links.get(parent, -np.inf), logit)


def _probabilities(logits: Floats, head: dict[str, Any]) -> Floats:
    powers = np.exp(logits / head["temperature"])
    return powers / (powers.sum(axis=-1, keepdims=True) if head["choice"] == "one" else 1 + powers)


def _line(name: str, comment: Comment, said: Said, manifest: dict[str, Any]) -> dict[str, Any]:
    """The labels of a comment, as `rejoinder label` writes them."""
    heads = manifest["unit_heads"]
    names = [label for head in heads for label in head["labels"]]
    least = dict(zip(names, (value for head in heads for value in head["thresholds"])))
    units = []
    for number, values in sorted(said.units.items()):
        start, end = comment.units[number].span
        scores = {label: round(value, 4) for label, value in zip(names, values)}
        attacks = [label for label in ATTACK.labels if scores[label] >= least[label]]
        units.append(
            {
                "id": f"{name}@{start}-{end}",
                "start": start,
                "end": end,
                "role": max(ROLE.labels, key=scores.__getitem__),
                "basis": [label for label in BASIS.labels if scores[label] >= least[label]],
                "attack": max(attacks, key=scores.__getitem__, default=None),
                "sarcasm": all(scores[label] >= least[label] for label in SARCASM.labels),
                "scores": scores,
            }
        )
    stance = _probabilities(np.mean(said.stance, axis=0), manifest["comment_heads"][0]).tolist()
    heat = manifest["links"]["temperature"]
    return {
        "id": name,
        "stance": max(zip(stance, STANCE.labels))[1],
        "scores": {label: round(value, 4) for label, value in zip(STANCE.labels, stance)},
        **{
            label: max((unit["scores"][label] for unit in units), default=0)
            for label in ("technical", *ATTACK.labels)
        },
        "units": units,
        "links": {
            parent: round(1 / (1 + np.exp(-logit / heat)), 4) for parent, logit in said.links.items()
        },
    }


if __name__ == "__main__":
    main()
