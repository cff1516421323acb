"""Small dictionaries of invented states and verbs, and a coder that reads them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from rapallo.reading.dictionaries import Dictionaries

ON = dt.date(2001, 5, 4)

VERBS = """
<!-- a comment
of two lines -->
&GOODS
+GRAIN
+SALT_
+SILVER COIN   # a blank lets words in between
+&METALS

&METALS_
+TIN

--- GIVE [070] ---
GIVE {GIVES GAVE GIVEN GIVING}
GRANT [071]
- * &GOODS [072]
- * BACK_HOSTAGES [073]
- REFUSED_TO_* [120]
- NEVER * [---]
- + WAS * BY $ [074]

--- MEET [040:041] ---
MEET {MEETS MET MEETING}
+FALL_OUT {+FELL_OUT +FALLS_OUT} [110]
- % * [042:042]
- * NOBODY [---]
- * ENVOYS FROM % [043]
- * IN ^ WITH + [044]

--- BLAME [111] ---
BLAME
- $ WAS * BY + [112]
"""
ACTORS = """
RURITANIA [RUR]
+RURITANIAN
+STRELSAU
SYLDAVIA [SYL]
+SYLDAVIAN
BORDURIA [BOR]
THE_TWIN_DUCHIES [GER/LUT]
RUDOLF_RASSENDYLL [RURELI]
\t[RURGOV 19990101-20001231]
\t[RURREB <990101]
MUSKAR
\t[SYLGOV >20010101]
"""
AGENTS = """
!WHO! = MAN, MEN
AMBASSADOR [~GOV]
PARTISAN {PARTISANS PARTIGIANI} [~REB]
RELIEF_BODY [NGO~]
SPOKES!WHO! {} [~GOV]
"""
DISCARDS = """
CHESS
+WORLD CUP_
"""


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """A folder with the four of them."""
    made = tmp_path_factory.mktemp("dictionaries")
    for name, text in (("verbs", VERBS), ("actors", ACTORS), ("agents", AGENTS), ("discards", DISCARDS)):
        (made / f"small.{name}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="session")
def coded(folder):
    """The events of a text as (source, target, code)."""
    dictionaries = Dictionaries.load(folder)
    assert dictionaries.unread == ()

    def call(text: str, on: dt.date = ON) -> list[tuple[str, str, str]]:
        return [(e.source, e.target, e.code) for e in dictionaries.code(text, on)]

    return call
