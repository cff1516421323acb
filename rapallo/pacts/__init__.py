"""Who must do what if X attacks Y: a fixpoint over the clauses in force on a day."""

from rapallo.pacts.casus import obligations
from rapallo.pacts.chains import Chains, chains
from rapallo.pacts.changes import compare
from rapallo.pacts.duties import Duty, obliged_by
from rapallo.pacts.facts import FACTS
from rapallo.pacts.gaps import Gap, gap
from rapallo.pacts.reverse import Triggers, whose_attack
from rapallo.pacts.tree import as_json, explain
from rapallo.pacts.web import View

__all__ = [
    "FACTS",
    "Chains",
    "Duty",
    "Gap",
    "Triggers",
    "View",
    "as_json",
    "chains",
    "compare",
    "explain",
    "gap",
    "obligations",
    "obliged_by",
    "whose_attack",
]
