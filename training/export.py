"""Write a trained encoder as the program runs it: an int8 ONNX trunk and the heads beside it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from model import ROLES, WIDTH, Encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

__all__ = ["export"]


CARD = Path(__file__).parent / "card.yaml"


class _Trunk(nn.Module):
    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.trunk = model.trunk

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        hidden: Tensor = self.trunk(input_ids=ids, attention_mask=mask).last_hidden_state
        return hidden


def export(
    model: Encoder,
    tokenizer: Tokenizer,
    groups: Mapping[str, Sequence[str]],
    hits: Sequence[str],
    types: Sequence[str],
    out: Path,
    told: Mapping[str, Any],
) -> None:
    """Write trunk, heads, labels, tokenizer and card into a folder.

    Args:
        model: the trained encoder.
        tokenizer: its tokenizer.
        groups: the terms of every group of labels.
        hits: what the rules may read on a word.
        types: the event types of marked parties, in the order of their scores.
        out: the folder.
        told: what the card says of this training.
    """
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(2, 8, dtype=torch.long)
    free = {0: "sentences", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "trunk.onnx"
        torch.onnx.export(
            _Trunk(model), (ids, ids), whole, input_names=["ids", "mask"], output_names=["hidden"],
            dynamic_axes={"ids": free, "mask": free, "hidden": free}, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, out / "trunk.onnx", weight_type=QuantType.QInt8, per_channel=True)
    parts = {
        name: p.detach().numpy().astype(np.float32)
        for name, p in model.named_parameters()
        if not name.startswith("trunk.")
    }
    np.savez(out / "heads.npz", **parts)
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    about = {"roles": ROLES, "width": WIDTH, "hits": hits, "types": types, "groups": groups}
    card = yaml.safe_load(CARD.read_text("utf-8")) | {"trained": dict(told)}
    written = yaml.safe_dump(card, sort_keys=False, allow_unicode=True, width=100)
    (out / "card.yaml").write_text(written, encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
