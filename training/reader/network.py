"""The network: MiniLM's layers with shapes of words added, and one row of scores a piece."""

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from guvoh.encoder.pieces import SHAPES

WIDTH, HEADS, LAYERS, INNER, VOCABULARY = 384, 12, 6, 1536, 30522


class Layer(nn.Module):
    """One transformer layer, as BERT has it: norms after the sums."""

    def __init__(self, inner: int = INNER) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, inner)
        self.down = nn.Linear(inner, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return (batch, pieces, width); `mask` is added to the scores of attention."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
            seen = torch.softmax(scores if mask is None else scores + mask, -1) @ v
        else:
            seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.out(seen.transpose(1, 2).reshape(batch, length, WIDTH)))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class Network(nn.Module):
    """Pieces and shapes to scores: (batch, pieces) twice to (batch, pieces, labels)."""

    def __init__(
        self, labels: int, *, layers: int = LAYERS, inner: int = INNER, dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(len(SHAPES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))
        self.scores = nn.Linear(WIDTH, labels)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the scores of every piece; `mask` is None where nothing is padded."""
        places = self.places.weight[: ids.shape[1]]
        x = self.norm(self.words(ids) + places + self.shapes(shapes))
        for layer in self.layers:
            x = layer(x, mask)
        return self.scores(self.dropout(x))

    def begin_from(self, weights: Path) -> None:
        """Take the weights of MiniLM-L6 from a safetensors file; the rest begins near nothing."""
        given = load_file(str(weights))
        given = {key.removeprefix("bert."): value for key, value in given.items()}
        with torch.no_grad():
            self.words.weight.copy_(given["embeddings.word_embeddings.weight"])
            kind = given["embeddings.token_type_embeddings.weight"][0]
            self.places.weight.copy_(given["embeddings.position_embeddings.weight"] + kind)
            self.shapes.weight.zero_()
            self.norm.weight.copy_(given["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(given["embeddings.LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                for part in ("weight", "bias"):
                    self_ = [
                        given[f"{at}attention.self.{name}.{part}"]
                        for name in ("query", "key", "value")
                    ]
                    getattr(layer.qkv, part).copy_(torch.cat(self_))
                    getattr(layer.out, part).copy_(given[f"{at}attention.output.dense.{part}"])
                    getattr(layer.norm1, part).copy_(
                        given[f"{at}attention.output.LayerNorm.{part}"]
                    )
                    getattr(layer.up, part).copy_(given[f"{at}intermediate.dense.{part}"])
                    getattr(layer.down, part).copy_(given[f"{at}output.dense.{part}"])
                    getattr(layer.norm2, part).copy_(given[f"{at}output.LayerNorm.{part}"])

    def begin_as(self, teacher: "Network", kept: Sequence[int]) -> None:
        """Take the layers of `teacher` numbered `kept`, in each those inner units that weigh most."""
        with torch.no_grad():
            for name in ("words", "places", "shapes", "norm", "scores"):
                getattr(self, name).load_state_dict(getattr(teacher, name).state_dict())
            for layer, number in zip(self.layers, kept, strict=True):
                state = teacher.layers[number].state_dict()
                weigh = state["up.weight"].norm(dim=1) * state["down.weight"].norm(dim=0)
                units = weigh.topk(layer.up.out_features).indices.sort().values
                state["up.weight"] = state["up.weight"][units]
                state["up.bias"] = state["up.bias"][units]
                state["down.weight"] = state["down.weight"][:, units]
                layer.load_state_dict(state)


class Chain(nn.Module):
    """A linear-chain CRF over the words of paragraphs; transitions that BIO forbids never happen."""

    def __init__(self, allowed: Tensor, starts: Tensor) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(allowed.shape))
        self.register_buffer("forbidden", torch.where(allowed, 0.0, -1e4))
        self.register_buffer("not_first", torch.where(starts, 0.0, -1e4))

    def loss(self, scores: Tensor, gold: Tensor, real: Tensor) -> Tensor:
        """Return the summed negative log likelihood; (rows, words, labels), (rows, words) twice.

        Every row has at least one word, and its words come first.
        """
        moves = self.moves + self.forbidden
        first = scores[:, 0] + self.not_first
        total = first
        for k in range(1, scores.shape[1]):
            step = torch.logsumexp(total.unsqueeze(2) + moves, 1) + scores[:, k]
            total = torch.where(real[:, k : k + 1], step, total)
        norm = torch.logsumexp(total, 1).sum()
        path = scores.gather(2, gold.unsqueeze(2)).squeeze(2).mul(real).sum()
        path = path + self.not_first[gold[:, 0]].sum()
        path = path + moves[gold[:, :-1], gold[:, 1:]].mul(real[:, 1:]).sum()
        return norm - path
