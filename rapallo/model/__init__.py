"""The nouns of the house as frozen, slotted dataclasses: validation, and no other behaviour."""

from rapallo.model.actors import ACTOR_KINDS, Actor, ActorKind, Candidate, Name, Resolution
from rapallo.model.batch import Batch
from rapallo.model.briefs import Brief, LeverageChange, ObligationChange, Unavailable
from rapallo.model.bulk import Bulk, FileReport
from rapallo.model.checks import VERDICTS, Check, Verdict
from rapallo.model.claims import (
    CLAIM_KINDS,
    MODALITIES,
    POLARITIES,
    Claim,
    ClaimKind,
    Diagnostic,
    Holder,
    Modality,
    Polarity,
    Quantity,
    Reading,
    Stance,
    TieContent,
)
from rapallo.model.dates import PRECISIONS, Interval, Precision, day, parse_date, year
from rapallo.model.effects import Direction, Effect, Move, Reaction, Stake
from rapallo.model.encode import to_json
from rapallo.model.events import Event
from rapallo.model.obligations import ANSWERS, Answer, Conflict, Obligation, Obligations, Reason
from rapallo.model.observation import STATUSES, Observation, Status
from rapallo.model.provenance import BASES, RECALLED_CAP, Basis, Document, Envelope, Quote, Source
from rapallo.model.ties import Clause, Flow, Party, Phase, Tie, Trait

__all__ = [
    "ACTOR_KINDS",
    "ANSWERS",
    "BASES",
    "CLAIM_KINDS",
    "MODALITIES",
    "POLARITIES",
    "PRECISIONS",
    "RECALLED_CAP",
    "STATUSES",
    "VERDICTS",
    "Actor",
    "ActorKind",
    "Answer",
    "Basis",
    "Batch",
    "Brief",
    "Bulk",
    "Candidate",
    "Check",
    "Claim",
    "ClaimKind",
    "Clause",
    "Conflict",
    "Diagnostic",
    "Direction",
    "Document",
    "Effect",
    "Envelope",
    "Event",
    "FileReport",
    "Flow",
    "Holder",
    "Interval",
    "LeverageChange",
    "Modality",
    "Move",
    "Name",
    "Obligation",
    "ObligationChange",
    "Obligations",
    "Observation",
    "Party",
    "Phase",
    "Polarity",
    "Precision",
    "Quantity",
    "Quote",
    "Reaction",
    "Reading",
    "Reason",
    "Resolution",
    "Source",
    "Stake",
    "Stance",
    "Status",
    "Tie",
    "TieContent",
    "Trait",
    "Unavailable",
    "Verdict",
    "day",
    "parse_date",
    "to_json",
    "year",
]
