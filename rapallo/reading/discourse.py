"""What a document has named so far: who "both", "he", "the minister" and "the latter" can mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapallo.reading.episodes import Episodes
from rapallo.reading.who import BODIES, NOBODY, Parties, merge

if TYPE_CHECKING:
    from rapallo.model import TieContent
    from rapallo.reading.drafts import Draft

__all__ = ["Discourse"]


@dataclass(slots=True)
class Discourse:
    """The state of reading, carried from sentence to sentence.

    Attributes:
        sentences: for each sentence read so far, who was named and by which word, in order.
        subject: who the main clause of the last sentence was about.
        plural: whether its subject was plural.
        roles: who bore a role when it was last named in full ("minister": PER).
        people: who a surname stands for.
        pair: the parties of the last act or tie between two.
        paired: in which sentence they were met, counted from the first.
        sets: for each sentence, who were named together ("Oman, Iraq and Iran"), by the first word.
        pact: the parties of the treaty last spoken of.
        pact_noun: in which sentence a treaty was last the subject or object.
        treaties: what each treaty told to be made was, by its parties; a pact is not overruled.
        episodes: the acts told so far.
        charges: what each was last charged with, and in which sentence.
    """

    sentences: list[list[tuple[int, Parties]]] = field(default_factory=lambda: [[]])
    subject: Parties = NOBODY
    plural: bool = False
    roles: dict[str, Parties] = field(default_factory=dict)
    people: dict[str, Parties] = field(default_factory=dict)
    pair: Parties = NOBODY
    paired: int = 0
    sets: list[list[tuple[int, Parties]]] = field(default_factory=lambda: [[]])
    pact: Parties = NOBODY
    pact_noun: int = -1
    treaties: dict[frozenset[str], TieContent] = field(default_factory=dict)
    episodes: Episodes = field(default_factory=Episodes)
    charges: dict[str, tuple[int, Draft]] = field(default_factory=dict)

    def begin(self) -> None:
        """Open a new sentence."""
        self.sentences.append([])
        self.sets.append([])
        self.episodes.now += 1

    def name(self, parties: Parties, at: int = 0) -> None:
        """Note that the present sentence names them, by the word of that index."""
        if parties:
            self.sentences[-1].append((at, parties))

    def name_together(self, parties: Parties, at: int) -> None:
        """Note that the present sentence names several in one breath."""
        if len(parties.codes) > 1:
            self.sets[-1].append((at, parties))

    def codes(self) -> Iterator[str]:
        """Every code met so far, each once, the latest first."""
        met: set[str] = set()
        for code in (c for s in reversed(self.sentences) for _, p in reversed(s) for c in p.codes):
            if code not in met:
                met.add(code)
                yield code

    def _recent(self, before: int, count: int) -> list[list[Parties]]:
        """Who was named in this sentence before a word, in the last sentence, and so on."""
        now = [p for at, p in self.sentences[-1] if at < before]
        return [now, *([p for _, p in s] for s in reversed(self.sentences[-count:-1]))]

    def meet(self, pair: Parties) -> None:
        """Note the two of an act or tie between two."""
        self.pair, self.paired = pair, len(self.sentences)

    def group(
        self,
        before: int,
        size: int = 2,
        *,
        without: tuple[str, ...] = (),
        states_only: bool = False,
        at_odds: bool = False,
    ) -> Parties:
        """Who "both" or "the three" are: the last so many named together, within three sentences.

        Args:
            before: index of the word asked about.
            size: how many they are.
            without: codes that are none of them.
            states_only: whether organisations are left aside.
            at_odds: whether they are sides of a quarrel.
        """
        barred, feud = set(without), self.episodes.feud()
        fits = {
            pair.codes: pair
            for pair in (self.leads(), self.pair, feud)
            if len(pair.codes) == size and not barred & set(pair.codes)
        }
        for back, sentence in enumerate(self._recent(before, 3)):
            paired = back > 0 and len(self.sentences) - back == self.paired
            if paired and self.pair.codes in fits:
                return Parties(self.pair.codes, self.pair.names, 0.85)
            if at_odds and back == 1 and feud.codes in fits:
                return Parties(feud.codes, feud.names, 0.75)
            named = merge(
                p for p in sentence if not barred & set(p.codes) and not (states_only and p.role in BODIES)
            )
            lately = len(self.sentences) - self.paired <= 2
            if (
                states_only
                and not (back or lately)
                and len(named.codes) != size
                and self.leads().codes in fits
            ):
                return self.leads()
            begun_with = self.subject.codes
            if (
                states_only
                and not back
                and (size, len(named.codes), len(begun_with)) == (2, 1, 1)
                and not self.pair_of(named)
            ):
                both = merge((named, self.subject))
                if len(both.codes) == 2 and not barred & set(both.codes):
                    return Parties(both.codes, both.names, 0.65)
            if back == 0 and 0 < len(named.codes) < size:
                begun = [p for c, p in fits.items() if set(named.codes) < set(c)]
                if len(begun) == 1:
                    return Parties(begun[0].codes, begun[0].names, 0.75)
            if len(named.codes) == size:
                return Parties(named.codes, named.names, 0.9 - 0.1 * back)
            together = [
                p
                for at, p in self.sets[-1 - back]
                if len(p.codes) == size and not barred & set(p.codes) and (back or at < before)
            ]
            if together:
                return Parties(together[-1].codes, together[-1].names, 0.8 - 0.1 * back)
            if len(named.codes) > size:
                inside = next((p for c, p in fits.items() if set(c) <= set(named.codes)), NOBODY)
                return Parties(inside.codes, inside.names, 0.7) if inside else NOBODY
            if back == 1 and self.leads().codes in fits:
                return self.leads()
        known = next(iter(fits.values()), NOBODY)
        return Parties(known.codes, known.names, 0.7) if known else NOBODY

    def pair_of(self, one: Parties) -> bool:
        """Whether one is of the two who last acted together, were last at odds, or lead the story."""
        known = (self.leads(), self.pair, self.episodes.feud())
        return any(set(one.codes) < set(pair.codes) for pair in known if len(pair.codes) == 2)

    def body(self, before: int, role: str) -> Parties:
        """The armed group or organisation last named, within eight sentences."""
        for sentence in self._recent(before, 9):
            for party in reversed(sentence):
                if party.role == role:
                    return Parties(party.codes, party.names, 0.7, role=role)
        return NOBODY

    def main(self) -> Parties:
        """The state that the text names most often, where it is well ahead of the next."""
        ranked = self._ranked()
        if not ranked or (len(ranked) > 1 and ranked[0][0] < ranked[1][0] + 2):
            return NOBODY
        return Parties((ranked[0][1],), (ranked[0][1],), 0.55)

    def leads(self) -> Parties:
        """The two states that the text is about, where both are named far more often than any third."""
        ranked = self._ranked()
        if len(ranked) < 2 or ranked[1][0] < 4:
            return NOBODY
        if len(ranked) > 2 and ranked[1][0] < 2 * ranked[2][0]:
            return NOBODY
        pair = tuple(sorted(code for _, code in ranked[:2]))
        return Parties(pair, pair, 0.6)

    def _ranked(self) -> list[tuple[int, str]]:
        """States by how often they were named."""
        counts: dict[str, int] = {}
        for sentence in self.sentences:
            for _, party in sentence:
                if len(party.codes) == 1 and party.role not in BODIES:
                    counts[party.codes[0]] = counts.get(party.codes[0], 0) + 1
        return sorted(((n, code) for code, n in counts.items()), key=lambda item: (-item[0], item[1]))

    def person(self, before: int) -> Parties:
        """Who "he" is: the one human being named in this sentence or the last, else nobody."""
        for sentence in self._recent(before, 2):
            people = [p for p in sentence if p.person and len(p.codes) == 1]
            if people:
                same = len({p.codes for p in people}) == 1
                return Parties(people[-1].codes, people[-1].names, 0.8, person=True) if same else NOBODY
        return NOBODY

    def latter(self, before: int, *, former: bool = False) -> Parties:
        """Who "the latter" is: the second of the last two named."""
        for sentence in self._recent(before, 2):
            distinct = list(dict.fromkeys(p.codes for p in sentence if len(p.codes) == 1))
            if len(distinct) >= 2:
                want = distinct[-2] if former else distinct[-1]
                found = next(p for p in reversed(sentence) if p.codes == want)
                return Parties(found.codes, found.names, 0.75, found.person)
        return NOBODY

    def alone(self, *, without: tuple[str, ...] = ()) -> Parties:
        """The only state that the last sentence names, some left aside."""
        last = self.sentences[-2] if len(self.sentences) > 1 else []
        named = merge(p for _, p in last if p.role not in BODIES and not set(p.codes) & set(without))
        return Parties(named.codes, named.names, 0.6) if len(named.codes) == 1 else NOBODY

    def partners(self) -> Parties:
        """The two who lately agreed on something, else the two that the text is about."""
        told = self.episodes.last(("AGREE",), within=2)
        if told is not None and len(told.doers.codes) > 1:
            return Parties(told.doers.codes, told.doers.names, 0.7)
        return self.leads()

    def treaty(self) -> Parties:
        """The parties of "the pact": of that of the two whom the text is about, else of the last told."""
        leads = self.leads()
        return leads if leads and self.episodes.between("AGREE", leads.codes) else self.pact

    def state(self, before: int, *, without: tuple[str, ...] = (), sentences: int = 2) -> Parties:
        """Who "the country" is: the only one named in this sentence or the last, else its subject.

        Args:
            before: index of the word asked about.
            without: codes that it cannot be.
            sentences: how many are looked at, this one among them; with one, their subject is not asked.
        """
        for sentence in self._recent(before, 2)[:sentences]:
            named = merge(p for p in sentence if not set(p.codes) & set(without) and p.role not in BODIES)
            if len(named.codes) == 1:
                return Parties(named.codes, named.names, 0.7)
            if named.codes:
                break
        subject = self.subject if sentences > 1 else NOBODY
        if len(subject.codes) == 1 and subject.codes[0] not in without:
            return Parties(subject.codes, subject.names, 0.6)
        return NOBODY
