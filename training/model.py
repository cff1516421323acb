"""The encoder as it is trained: a small BERT, and heads that score every predicate on its word vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from rapallo.reading.encoder.features import CLASSES, WAYS

__all__ = ["ROLES", "WIDTH", "Encoder", "Inputs", "Scores"]

ROLES = ("actor", "target")
WIDTH = 128  # of the space in which predicates and words meet


@dataclass
class Scores:
    """Raw scores (logits) of a batch.

    Attributes:
        predicate: of each word, that it carries a claim; sentences by words.
        roles: of each word, that it names a party of a predicate; predicates by roles by words.
        groups: of each predicate, by group of labels; predicates by terms.
    """

    predicate: Tensor
    roles: Tensor
    groups: Mapping[str, Tensor]


@dataclass
class Inputs:
    """A batch of sentences.

    Attributes:
        ids: pieces; sentences by pieces.
        mask: which pieces are there.
        firsts: number of the first piece of each word; sentences by words.
        real: which words are there.
        classes: the class of each word.
        hits: what the rules read on each word.
    """

    ids: Tensor
    mask: Tensor
    firsts: Tensor
    real: Tensor
    classes: Tensor
    hits: Tensor


class Encoder(nn.Module):
    """One pass a sentence: word vectors, predicates on them, and all about each on the same vectors."""

    def __init__(self, base: Path, groups: Mapping[str, Sequence[str]], hits: int, types: int) -> None:
        super().__init__()
        self.trunk = AutoModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
        # words that the corpus lacks keep their place beside those it has
        self.trunk.embeddings.requires_grad_(requires_grad=False)
        size = self.trunk.config.hidden_size
        self.drop = nn.Dropout(0.2)
        self.predicate = nn.Linear(size, 1)
        self.asks = nn.Linear(size, WIDTH * (len(ROLES) + 1))
        self.answers = nn.Linear(size, WIDTH * (len(ROLES) + 1))
        self.role_bias = nn.Linear(size, len(ROLES))
        self.mix = nn.Linear(2 * size, size)
        self.classes = nn.Embedding(len(CLASSES), size)
        self.hits = nn.Embedding(hits, size)
        self.ways = nn.Embedding(WAYS, len(ROLES))
        for layer in (self.classes, self.hits, self.ways):
            nn.init.zeros_(layer.weight)
        self.pair_mix = nn.Linear(3 * size, size)
        self.pair = nn.Linear(size, types)
        self.groups = nn.ModuleDict({name: nn.Linear(size, len(terms)) for name, terms in groups.items()})

    def between(self, seen: Inputs, signs: Tensor) -> Tensor:
        """Raw scores of every type for the two parties that signs mark in a sentence; sentences by types.

        Args:
            seen: the sentences, signs and all.
            signs: of each, the numbers of the words that mark actor and target, -1 where there is none.
        """
        words = self.drop(self.words(seen.ids, seen.mask, seen.firsts))
        row = torch.arange(len(signs)).unsqueeze(1)
        marked = words[row, signs.clamp(min=0)] * (signs >= 0).unsqueeze(-1)
        there = seen.real.unsqueeze(-1)
        whole = (words * there).sum(1) / there.sum(1)
        mixed = self.drop(nn.functional.gelu(self.pair_mix(torch.cat([marked.flatten(1), whole], -1))))
        return self.pair(mixed)

    def words(self, ids: Tensor, mask: Tensor, firsts: Tensor) -> Tensor:
        """Vectors of words, each that of its first piece; sentences by words by size."""
        hidden = self.trunk(input_ids=ids, attention_mask=mask).last_hidden_state
        return torch.gather(hidden, 1, firsts.unsqueeze(-1).expand(-1, -1, hidden.size(-1)))

    def forward(self, seen: Inputs, sentence: Tensor, at: Tensor, ways: Tensor) -> Scores:
        """Score a batch.

        Args:
            seen: the sentences.
            sentence: of each predicate, the number of its sentence.
            at: of each predicate, the number of its word.
            ways: of each predicate, the way to every word; predicates by words.
        """
        words = self.words(seen.ids, seen.mask, seen.firsts)
        words = self.drop(words + self.classes(seen.classes) + self.hits(seen.hits))
        heads = words[sentence, at]
        asked = self.asks(heads).view(len(at), len(ROLES) + 1, WIDTH)
        told = self.answers(words).view(*words.shape[:2], len(ROLES) + 1, WIDTH)[sentence]
        meet = torch.einsum("prd,pwrd->prw", asked, told) / WIDTH**0.5
        there = seen.real[sentence].unsqueeze(1)
        roles = (
            meet[:, :-1] + self.role_bias(words)[sentence].transpose(1, 2) + self.ways(ways).transpose(1, 2)
        )
        glance = meet[:, -1].masked_fill(~there.squeeze(1), -1e4).softmax(-1)
        context = torch.einsum("pw,pwh->ph", glance, words[sentence])
        mixed = self.drop(nn.functional.gelu(self.mix(torch.cat([heads, context], -1))))
        return Scores(
            self.predicate(words).squeeze(-1),
            roles,
            {name: head(mixed) for name, head in self.groups.items()},
        )
