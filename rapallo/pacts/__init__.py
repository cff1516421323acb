"""Who must do what if X attacks Y: a fixpoint over the clauses in force on a day."""

from rapallo.pacts.casus import obligations
from rapallo.pacts.changes import compare
from rapallo.pacts.duties import Duty, obliged_by
from rapallo.pacts.facts import FACTS
from rapallo.pacts.tree import as_json, explain
from rapallo.pacts.web import View

__all__ = ["FACTS", "Duty", "View", "as_json", "compare", "explain", "obligations", "obliged_by"]
