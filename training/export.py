"""Writes the trained model as two plain ONNX graphs: the encoder, and the heads that judge its output.

Pooling needs the places of the units, so it stands in the heads' graph: whoever runs them turns spans
of tokens into averaging matrices. Word embeddings are stored as bytes with one scale a row, half of
the file otherwise; the torch model is set to the same values first, so that both agree.
"""

import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from .batches import Batch
from .model import Encoder, ReplyEncoder
from .predict import Logits

OPSET = 17
ENCODER_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
HEAD_INPUTS = ("last_hidden_state", "units", "parents", "sides")
HEAD_OUTPUTS = ("unit_logits", "stance_logits", "link_logits")


class StoredEncoder(nn.Module):
    """The encoder with word embeddings of one byte."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        bytes_, scales = as_bytes(encoder.words.weight.detach())
        self.register_buffer("bytes", bytes_)
        self.register_buffer("scales", scales)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        words = self.bytes[input_ids].float() * self.scales[input_ids]
        return self.encoder.encode(words, attention_mask, token_type_ids)


def as_bytes(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Whole numbers from -127 to 127 and a scale a row (rows,1)."""
    scales = (weight.abs().amax(dim=1, keepdim=True) / 127).clamp(min=1e-8)
    return (weight / scales).round().clamp(-127, 127).to(torch.int8), scales


def snap(model: ReplyEncoder) -> None:
    """Sets the word embeddings to the values that the export stores."""
    words = model.encoder.words.weight
    with torch.no_grad():
        bytes_, scales = as_bytes(words)
        words.copy_(bytes_.float() * scales)


def export_encoder(model: ReplyEncoder, path: Path) -> None:
    """Inputs (batch, length), output `last_hidden_state` (batch, length, 384)."""
    ids = torch.ones(2, 7, dtype=torch.long)
    both = {0: "batch", 1: "length"}
    _export(
        StoredEncoder(model.encoder),
        (ids, ids, torch.zeros_like(ids)),
        path,
        ENCODER_INPUTS,
        ("last_hidden_state",),
        {name: both for name in (*ENCODER_INPUTS, "last_hidden_state")},
    )


def export_heads(model: ReplyEncoder, path: Path) -> None:
    """Inputs `last_hidden_state` (batch, length, 384), `units` (batch, units, length), `parents`
    (batch, parents, length), `sides` (batch, 2, length); outputs `unit_logits` (batch, units, 13),
    `stance_logits` (batch, 3), `link_logits` (batch, units, parents)."""
    inputs = (
        torch.rand(2, 7, model.encoder.words.embedding_dim),
        torch.rand(2, 3, 7),
        torch.rand(2, 4, 7),
        torch.rand(2, 2, 7),
    )
    _export(
        model.judges,
        inputs,
        path,
        HEAD_INPUTS,
        HEAD_OUTPUTS,
        {
            "last_hidden_state": {0: "batch", 1: "length"},
            "units": {0: "batch", 1: "units", 2: "length"},
            "parents": {0: "batch", 1: "parents", 2: "length"},
            "sides": {0: "batch", 2: "length"},
            "unit_logits": {0: "batch", 1: "units"},
            "stance_logits": {0: "batch"},
            "link_logits": {0: "batch", 1: "units", 2: "parents"},
        },
    )


def _export(
    module: nn.Module,
    inputs: tuple[Tensor, ...],
    path: Path,
    names: tuple[str, ...],
    outputs: tuple[str, ...],
    axes: dict[str, dict[int, str]],
) -> None:
    module.eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            inputs,
            str(path),
            input_names=list(names),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def encoder_inputs(batch: Batch) -> dict[str, np.ndarray]:
    """What the encoder's graph reads of a batch."""
    tensors = (batch.ids, batch.mask, batch.types)
    return {name: t.numpy() for name, t in zip(ENCODER_INPUTS, tensors, strict=True)}


def run_onnx(encoder: Path, heads: Path) -> Callable[[Batch], Logits]:
    """The exported graphs as `predict` calls them."""
    first, second = (onnxruntime.InferenceSession(str(path)) for path in (encoder, heads))

    def run(batch: Batch) -> Logits:
        hidden = first.run(None, encoder_inputs(batch))[0]
        pools = (batch.units.numpy(), batch.parents.numpy(), batch.sides.numpy())
        inputs = dict(zip(HEAD_INPUTS, (hidden, *pools), strict=True))
        units, stance, links = (torch.from_numpy(t) for t in second.run(None, inputs))
        return units, stance, links

    return run
