from __future__ import annotations

import pytest

from rapallo.draw.world import Frame, clip_line, clip_ring, frame_of, load


@pytest.fixture(scope="module")
def world():
    return load()


def test_every_area_is_a_closed_ring_with_a_place_inside_its_span(world):
    for code, polygons in world.areas.items():
        ring = world.ring(polygons[0][0])
        assert len(ring) >= 4, code
        assert ring[0] == pytest.approx(ring[-1]), code
        x, y = world.places[code]
        west, east = min(p[0] for p in ring), max(p[0] for p in ring)
        turned = x + 360 * round(((west + east) / 2 - x) / 360)
        assert west <= turned <= east, code
        assert min(p[1] for p in ring) <= y <= max(p[1] for p in ring), code


def test_states_of_the_seed_case_and_small_ones_are_there(world):
    assert {"RUS", "PRK", "CHN", "KOR", "JPN", "USA", "UKR", "SGP", "MDV", "XKX", "PSE", "TWN"} <= {
        *world.areas
    }


def test_the_line_between_the_koreas_is_disputed_and_no_plain_border(world):
    def arcs(code):
        return {r if r >= 0 else ~r for polygon in world.areas[code] for ring in polygon for r in ring}

    shared = arcs("KOR") & arcs("PRK")
    assert shared
    assert shared <= world.disputed
    assert not shared & set(world.borders())


def test_a_frame_across_the_antimeridian_is_the_short_way_round(world):
    frame = frame_of(world, ["FJI", "NZL"])
    assert frame.east - frame.west < 60
    assert frame.east > 180 or frame.west < -180


def test_a_frame_shows_every_state_it_was_asked_for(world):
    for codes in (["RUS", "PRK"], ["USA", "JPN"], ["GBR", "AUS", "BRA"], ["SRB"]):
        frame = frame_of(world, codes)
        for code in codes:
            x, y = world.places[code]
            assert any(frame.west <= x + turn <= frame.east for turn in (-360, 0, 360)), (codes, code)
            assert frame.south <= y <= frame.north, (codes, code)


def test_unknown_states_give_the_whole_world(world):
    assert frame_of(world, ["NATO"]).east == 180


def test_a_ring_outside_is_cut_away():
    assert clip_ring([(5, 5), (6, 5), (6, 6)], Frame(-1, -1, 1, 1)) == []


def test_a_line_is_cut_into_runs():
    line = [(0, 0), (0.5, 0), (3, 0), (0.5, 0.5), (0, 0.5)]
    assert clip_line(line, Frame(-1, -1, 1, 1)) == [[(0, 0), (0.5, 0)], [(0.5, 0.5), (0, 0.5)]]
