"""Arms dependence and sanctions exposure: cases by hand, and what must not matter."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rapallo.measures import arms
from rapallo.measures.panel import Panel
from rapallo.model import Batch, Bulk, Envelope, Flow, Interval, Party, Phase, Source, Tie, year
from rapallo.record import Record
from tests.record import world

NAN = np.nan
BY_ID = {measure.card.id: measure for measure in arms.MEASURES}

matrices = st.integers(0, 6).flatmap(
    lambda states: arrays.arrays(
        np.float64, (states, states), elements=st.one_of(st.just(0.0), st.floats(0.01, 1e4))
    )
)


def test_shares_of_suppliers() -> None:
    # The first state got 30 and 10 of 40; the second nothing; the third 5 of one, the other not known.
    delivered = np.array([[0.0, 0.0, 5.0], [30.0, 0.0, NAN], [10.0, 0.0, 0.0]])
    expected = [[0.0, 0.75, 0.25], [NAN] * 3, [1.0, NAN, 0.0]]
    np.testing.assert_array_equal(arms.supplier_shares(delivered), expected)


def test_concentration_of_suppliers() -> None:
    # 0.36 + 0.64 = 1; 4 * 0.0625 = 0.25, its root 0.5; one alone; nothing.
    share = np.array([[0.6, 0.8, 0.0, 0.0], [0.25] * 4, [NAN, NAN, 1.0, NAN], [NAN] * 4])
    np.testing.assert_allclose(arms.concentration(share), [1.0, 0.5, 1.0, NAN])


def test_exposure_by_hand() -> None:
    share = np.array([[NAN, 0.5, 0.3, NAN], [0.2, NAN, NAN, NAN], [0.4, NAN, NAN, NAN], [NAN] * 4])
    sanctions = np.zeros((4, 4), dtype=bool)
    sanctions[1, 0] = sanctions[2, 0] = sanctions[3, 0] = (
        True  # the first by all: 0.5 + 0.3, the last missing
    )
    sanctions[2, 1] = True  # the second by one with whom its trade is missing
    # The third by nobody: 0. The fourth has no trade that is known.
    np.testing.assert_allclose(arms.exposure(share, sanctions), [0.8, NAN, 0.0, NAN])


@pytest.mark.parametrize("states", [0, 1, 3])
def test_nothing_gives_nothing(states: int) -> None:
    for filled in (0.0, NAN):
        share = arms.supplier_shares(np.full((states, states), filled))
        assert share.shape == (states, states)
        assert np.isnan(share).all()
        assert np.isnan(arms.concentration(share)).all()
        assert np.isnan(arms.exposure(share, np.zeros((states, states), dtype=bool))).all()


@given(matrices)
def test_shares_add_up_to_one(delivered: np.ndarray) -> None:
    share = arms.supplier_shares(delivered)
    got = delivered.sum(axis=0) > 0.0
    np.testing.assert_allclose(share[got].sum(axis=1), np.ones(got.sum()))
    assert np.isnan(share[~got]).all()
    found = arms.concentration(share)[got]
    assert ((found >= len(share) ** -0.5 - 1e-9) & (found <= 1.0 + 1e-9)).all() if len(share) else True


@given(matrices, st.randoms(use_true_random=False), st.sampled_from([0.5, 4.0]))
def test_names_of_states_and_the_unit_do_not_matter(delivered: np.ndarray, chance, scale: float) -> None:
    order = list(range(len(delivered)))
    chance.shuffle(order)
    moved = np.ix_(order, order)
    share = arms.supplier_shares(delivered)
    np.testing.assert_allclose(arms.supplier_shares(scale * delivered[moved]), share[moved])
    np.testing.assert_allclose(
        arms.concentration(arms.supplier_shares(delivered[moved])), arms.concentration(share)[order]
    )


@given(matrices)
def test_a_state_that_sends_and_gets_nothing_changes_nothing(delivered: np.ndarray) -> None:
    wider = np.pad(delivered, ((0, 1), (0, 1)))
    share = arms.supplier_shares(delivered)
    np.testing.assert_array_equal(arms.supplier_shares(wider)[:-1, :-1], share)
    np.testing.assert_allclose(
        arms.concentration(arms.supplier_shares(wider))[:-1], arms.concentration(share), rtol=1e-12
    )


@given(matrices, st.data())
def test_exposure_is_bounded_and_grows_with_sanctions(trade: np.ndarray, data) -> None:
    np.fill_diagonal(trade, 0.0)
    trade = trade + trade.T
    total = trade.sum(axis=1)
    share = trade / np.where(total > 0.0, total, NAN)[:, None]
    flags = arrays.arrays(np.bool_, trade.shape)
    few, more = data.draw(flags), data.draw(flags)
    found, grown = arms.exposure(share, few), arms.exposure(share, few | more)
    assert not ((found < 0.0) | (found > 1.0 + 1e-9)).any()
    assert not (grown < found - 1e-12).any()
    by_all = arms.exposure(share, np.ones(trade.shape, dtype=bool))
    np.testing.assert_allclose(by_all[total > 0.0], 1.0)


def arms_flow(
    source: str, origin: str, destination: str, value: float, first: int, last: int, what: str = ""
) -> dict[str, object]:
    return {
        "id": f"{source}:{origin}:{destination}:{first}-{last}:{what}",
        "kind": "arms",
        "origin": origin,
        "destination": destination,
        "value": value,
        "unit": "TIV million",
        "what": what,
        "valid_from": dt.date(first, 1, 1),
        "valid_to": dt.date(last, 12, 31),
    }


def dataset(name: str, first: int, last: int, *cells: tuple) -> Bulk:
    source = Source(name, name, covers=Interval(dt.date(first, 1, 1), dt.date(last, 12, 31), "range"))
    rows = [arms_flow(name, *cell) for cell in cells]
    return Bulk(source, {"flow": (world.rows("flow", *rows, source=source),)})


@pytest.fixture(scope="module")
def armed() -> Record:
    record = Record.open(empty=True)
    record.load(
        dataset(
            *("sipri-tiv-2022", 1980, 2000),
            *(
                ("SUN", "IND", 60.0, 1988, 1988),  # before the window of 1993
                ("SUN", "IND", 50.0, 1990, 1990),
                ("RUS", "IND", 30.0, 1992, 1992),
                ("FRA", "IND", 10.0, 1992, 1992),
                ("NATO", "IND", 10.0, 1993, 1993),
                ("USA", "PAK", 0.0, 1992, 1992),
                ("DDR", "POL", 8.0, 1989, 1989),
                ("USA", "POL", 24.0, 1993, 1993),
            ),
        )
    )
    record.load(
        dataset(
            *("sipri-register-2024", 1980, 2003),
            *(
                ("USA", "IND", 999.0, 1992, 1992, "M-777"),  # not where the yearly values cover the window
                ("RUS", "IND", 40.0, 1998, 2001, "T-90"),  # three of its four years in the window of 2003
                ("RUS", "IND", 30.0, 2002, 2002, "Su-30"),
                ("FRA", "IND", 15.0, 2001, 2001, "Mirage"),
            ),
        )
    )
    own = Source("ours", "Our own")
    span = Interval(dt.date(2001, 1, 1), dt.date(2005, 12, 31), "range")
    flows = tuple(
        Flow(
            f"ours:{who}:{unit}", "arms", who, "IND", value, unit, Envelope("ours", "1", span, 0.6, "loaded")
        )
        for who, value, unit in (
            *(("RUS", 75.0, "TIV million"), ("FRA", 25.0, "TIV million")),
            ("USA", 900.0, "USD million"),
        )
    )
    record.write(Batch(own, flows=flows))
    return record


@pytest.fixture(scope="module")
def armoury(armed: Record) -> Panel:
    return Panel(armed, 1992, 2006)


def dependence(panel: Panel, one: str, other: str, at: int) -> float:
    found = arms.arms_dependence(panel, at - panel.years[0])
    return found[panel.system.position(one, at), panel.system.position(other, at)].item()


def concentration(panel: Panel, state: str, at: int) -> float:
    found = BY_ID["arms-concentration"].compute(panel, at - panel.years[0])
    return found[panel.system.position(state, at)].item()


def test_a_window_of_five_years(armoury: Panel) -> None:
    # 1989 to 1993: of 100, 50 came from the Soviet Union and 30 from Russia, which bear one number; 10 from
    # France, 10 from one that is no state.
    assert dependence(armoury, "IND", "RUS", 1993) == 0.8
    assert dependence(armoury, "IND", "FRA", 1993) == 0.1
    assert dependence(armoury, "IND", "USA", 1993) == 0.0
    assert concentration(armoury, "IND", 1993) == pytest.approx((0.64 + 0.01 + 0.01) ** 0.5)
    assert arms.deliveries(armoury, 1).source == "sipri-tiv-2022"


def test_the_window_may_reach_behind_the_panel(armoury: Panel) -> None:
    # 1988 to 1992: 60 + 50 + 30 of 150.
    assert dependence(armoury, "IND", "RUS", 1992) == pytest.approx(140.0 / 150.0)


def test_a_supplier_that_is_gone_counts_in_the_total(armoury: Panel) -> None:
    assert dependence(armoury, "POL", "USA", 1993) == 0.75
    assert concentration(armoury, "POL", 1993) == pytest.approx((0.0625 + 0.5625) ** 0.5)


def test_who_got_nothing_depends_on_nobody_and_has_no_value(armoury: Panel) -> None:
    assert np.isnan(dependence(armoury, "PAK", "USA", 1993))
    assert np.isnan(concentration(armoury, "PAK", 1993))
    assert np.isnan(dependence(armoury, "IND", "IND", 1993))


def test_the_register_where_the_yearly_values_end(armoury: Panel) -> None:
    # 1999 to 2003: three of the four years of the first order, 30, and 30 of Russia; 15 of France.
    assert arms.deliveries(armoury, 2003 - 1992).source == "sipri-register-2024"
    assert dependence(armoury, "IND", "RUS", 2003) == 0.8
    assert dependence(armoury, "IND", "FRA", 2003) == 0.2


def test_another_source_where_it_tells_of_the_window(armoury: Panel) -> None:
    assert dependence(armoury, "IND", "RUS", 2005) == 0.75
    assert np.isnan(dependence(armoury, "IND", "USA", 2005))
    for at in (2004, 2006):
        assert arms.deliveries(armoury, at - 1992).source == ""
        assert np.isnan(arms.arms_dependence(armoury, at - 1992)).all()


def test_no_window_is_cut_short(armed: Record) -> None:
    early = Panel(armed, 1983, 1984)
    assert np.isnan(BY_ID["arms-dependence"].compute(early, 0)).all()


def test_what_was_not_yet_known_does_not_count(armed: Record) -> None:
    panel = Panel(armed, 1993, 1993, known=dt.date(1999, 1, 1))
    for measure in arms.MEASURES:
        assert np.isnan(measure.compute(panel, 0)).all()


def test_a_record_without_arms() -> None:
    panel = Panel(Record.open(empty=True), 1816, 1817)
    for measure in arms.MEASURES:
        states = panel.system.shape[1]
        found = measure.compute(panel, 0)
        assert found.shape == ((states,) if measure.of == "state" else (states, states))
        assert np.isnan(found).all()


def sanction(
    name: str, actors: tuple[str, ...], target: str, *phases: Phase, until: dt.date | None = None
) -> Tie:
    when = Interval(phases[0].on, until, "range" if until else "since")
    parties = (*(Party(who, "actor", when) for who in actors), Party(target, "target", when))
    return Tie(name, "sanction", name, Envelope("ledger", "1", when, 0.9, "loaded"), parties, phases)


@pytest.fixture(scope="module")
def sanctioned() -> Panel:
    record = Record.open(empty=True)
    trade = {("RUS", "DEU"): 30.0, ("RUS", "FRA"): 20.0, ("RUS", "CHN"): 50.0, ("HUN", "DEU"): 10.0}
    flows = tuple(
        Flow(
            f"{a}-{b}-{at}",
            "trade",
            a,
            b,
            value,
            "USD million",
            Envelope("ledger", "1", year(at), 0.9, "loaded"),
        )
        for at in (2013, 2014, 2015, 2016)
        for (one, other), value in trade.items()
        for a, b in ((one, other), (other, one))
    )
    ties = (
        sanction(
            *("eu-rus", ("EU",), "RUS", Phase("in_force", dt.date(2014, 3, 17))),
            *(Phase("suspended", dt.date(2015, 6, 1)), Phase("renewed", dt.date(2016, 12, 1))),
        ),
        sanction("eu-hun", ("EU",), "HUN", Phase("in_force", dt.date(2014, 1, 1))),
        sanction(
            *("chn-rus", ("CHN",), "RUS", Phase("in_force", dt.date(2014, 5, 1))),
            Phase("ended", dt.date(2014, 6, 1)),
            until=dt.date(2014, 5, 31),
        ),
        sanction("jpn-rus", ("JPN",), "RUS", Phase("in_force", dt.date(2013, 5, 1))),
    )
    covers = Interval(dt.date(2013, 1, 1), dt.date(2015, 12, 31), "range")
    record.write(Batch(Source("ledger", "A ledger", covers=covers), ties=ties, flows=flows))
    return Panel(record, 2012, 2016)


def exposed(panel: Panel, state: str, at: int) -> float:
    found = BY_ID["sanctions-exposure"].compute(panel, at - 2012)
    return found[panel.system.position(state, at)].item()


def test_exposure_of_a_record(sanctioned: Panel) -> None:
    # In 2014 the Union, thus Germany with 0.3 and France with 0.2, and for a month China with 0.5; in 2015
    # the Union up to June; Japan in all years, with whom no trade is recorded.
    assert exposed(sanctioned, "RUS", 2014) == pytest.approx(1.0)
    assert exposed(sanctioned, "RUS", 2015) == pytest.approx(0.5)
    assert np.isnan(exposed(sanctioned, "RUS", 2013))
    # Nobody sanctions Germany; what the Union does to a member is not laid at the door of the others.
    assert exposed(sanctioned, "DEU", 2014) == 0.0
    assert exposed(sanctioned, "HUN", 2014) == 0.0


def test_no_exposure_where_no_source_covers_the_year(sanctioned: Panel) -> None:
    assert np.isnan(BY_ID["sanctions-exposure"].compute(sanctioned, 0)).all()
    assert np.isnan(BY_ID["sanctions-exposure"].compute(sanctioned, 4)).all()
    assert np.isnan(exposed(sanctioned, "GBR", 2014))


def test_who_sanctions_whom(sanctioned: Panel) -> None:
    found, at = arms.sanctioners(sanctioned, 2), sanctioned.system.position
    assert found[at("FRA", 2014), at("RUS", 2014)]
    assert not found[at("RUS", 2014), at("FRA", 2014)]
    assert not found[at("FRA", 2014), at("HUN", 2014)]
    assert not arms.sanctioners(sanctioned, 3)[at("CHN", 2015), at("RUS", 2015)]
    assert not found.diagonal().any()
