"""All pairs of a day, and of all years, at once: the fixpoint of ``rapallo.pacts.casus`` in whole arrays."""

from rapallo.pacts.fast.everyone import Everyone, everyone
from rapallo.pacts.fast.lives import Lives
from rapallo.pacts.fast.yearly import SCHEMA, parts, table

__all__ = ["SCHEMA", "Everyone", "Lives", "everyone", "parts", "table"]
