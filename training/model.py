"""The reply encoder: MiniLM in plain torch, and small heads on its last hidden states.

Operations are basic ones alone, so that the ONNX export runs in any runtime.
"""

import math

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from .labels import FLAG_LABELS, ROLE, STANCE
from .vocabulary import BASE
from .windows import LENGTH

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
UNIT_WIDTH = 128
LINK_WIDTH = 64
DROPOUT = 0.1


class Layer(nn.Module):
    """A transformer layer with normalisation behind each part."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mix_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = hidden.shape

        def split(values: Tensor) -> Tensor:
            return values.reshape(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = (split(part(hidden)) for part in (self.query, self.key, self.value))
        mixed = nn.functional.scaled_dot_product_attention(query, key, value, bias)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        hidden = self.mix_norm(hidden + self.mix(mixed))
        wide = nn.functional.gelu(self.widen(hidden))
        return self.norm(hidden + self.narrow(wide))


class Encoder(nn.Module):
    """MiniLM-L6 (Wang et al. 2020): token ids (B,T) to hidden states (B,T,384)."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, WIDTH)
        self.positions = nn.Embedding(LENGTH, WIDTH)
        self.types = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        return self.encode(self.words(input_ids), attention_mask, token_type_ids)

    def encode(self, words: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """The hidden states for given word embeddings."""
        positions = self.positions.weight[: words.shape[1]]
        hidden = self.dropout(self.norm(words + positions + self.types(token_type_ids)))
        bias = (attention_mask[:, None, None, :].to(words.dtype) - 1) * 1e4
        for layer in self.layers:
            hidden = layer(hidden, bias)
        return hidden


class Judges(nn.Module):
    """The heads: hidden states and averaging matrices to logits of units, stance and links.

    A unit is judged by the mean of its tokens, that of the whole comment, and [CLS]. A link's logit is
    biaffine in the means of a unit and of an answered unit (Dozat and Manning 2017).
    """

    def __init__(self) -> None:
        super().__init__()
        self.dropout = nn.Dropout(DROPOUT)
        self.unit = nn.Linear(3 * WIDTH, UNIT_WIDTH)
        self.unit_out = nn.Linear(UNIT_WIDTH, len(ROLE.labels) + len(FLAG_LABELS))
        self.stance = nn.Linear(3 * WIDTH, UNIT_WIDTH)
        self.stance_out = nn.Linear(UNIT_WIDTH, len(STANCE.labels))
        self.link_from = nn.Linear(2 * WIDTH, LINK_WIDTH)
        self.link_to = nn.Linear(WIDTH, LINK_WIDTH)
        self.link_bias = nn.Parameter(torch.zeros(1))

    def forward(
        self, hidden: Tensor, units: Tensor, parents: Tensor, sides: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        unit, parent, side = units @ hidden, parents @ hidden, sides @ hidden
        first = hidden[:, :1]
        answered, comment = side[:, :1], side[:, 1:]
        around = torch.cat([first, comment], dim=2).expand(-1, unit.shape[1], -1)
        judged = nn.functional.gelu(self.unit(self.dropout(torch.cat([unit, around], dim=2))))
        pair = torch.cat([first, answered, comment], dim=2)[:, 0]
        taken = nn.functional.gelu(self.stance(self.dropout(pair)))
        source = self.link_from(torch.cat([unit, comment.expand_as(unit)], dim=2))
        links = source @ self.link_to(parent).transpose(1, 2) / math.sqrt(LINK_WIDTH)
        return self.unit_out(judged), self.stance_out(taken), links + self.link_bias


class ReplyEncoder(nn.Module):
    """Encoder and heads. `uncivil` only helps in training: it learns from [CLS] and the mean of the comment
    what annotators of a public set called uncivil, and is not exported."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.encoder = Encoder(pieces)
        self.judges = Judges()
        self.uncivil = nn.Linear(2 * WIDTH, 1)

    def rudeness(self, hidden: Tensor, sides: Tensor) -> Tensor:
        """The logits of `uncivil` (B)."""
        comment = (sides[:, 1:] @ hidden)[:, 0]
        return self.uncivil(torch.cat([hidden[:, 0], comment], dim=1))[:, 0]


def pretrained(rows: list[int]) -> ReplyEncoder:
    """A model with the pre-trained encoder, whose vocabulary is cut to `rows`, and new heads."""
    model = ReplyEncoder(len(rows))
    source = load_file(BASE / "model.safetensors")
    encoder = model.encoder
    with torch.no_grad():
        encoder.words.weight.copy_(source["embeddings.word_embeddings.weight"][rows])
        encoder.positions.weight.copy_(source["embeddings.position_embeddings.weight"][:LENGTH])
        encoder.types.weight.copy_(source["embeddings.token_type_embeddings.weight"])
        _copy(encoder.norm, source, "embeddings.LayerNorm")
        for number, layer in enumerate(encoder.layers):
            for part, name in _PARTS.items():
                _copy(getattr(layer, part), source, f"encoder.layer.{number}.{name}")
    return model


_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mix": "attention.output.dense",
    "mix_norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "norm": "output.LayerNorm",
}


def _copy(part: nn.Module, source: dict[str, Tensor], name: str) -> None:
    part.weight.copy_(source[f"{name}.weight"])
    part.bias.copy_(source[f"{name}.bias"])


def link_scores(links: Tensor, units: Tensor) -> Tensor:
    """Logits that the comment answers each answered unit: (B,U,P) and averaging matrices to (B,P)."""
    absent = units.sum(dim=2) == 0
    return links.masked_fill(absent[:, :, None], -1e4).logsumexp(dim=1)
