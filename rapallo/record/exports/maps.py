"""The ties of a day as GeoJSON (RFC 7946): capitals as points, ties as lines between them."""

from __future__ import annotations

from typing import Any

from rapallo.record.exports.graphs import graph
from rapallo.record.view import View

__all__ = ["geojson"]


def geojson(view: View, *, kind: str | None = None) -> dict[str, Any]:
    """A FeatureCollection of the actors that have a capital and of the ties between them.

    Args:
        view: of the record.
        kind: only ties of that kind.
    """
    made = graph(view, kind=kind)
    spots = {
        code: [cells["longitude"], cells["latitude"]]
        for code, cells in made.nodes(data=True)
        if "longitude" in cells and "latitude" in cells
    }
    points = [
        {
            "type": "Feature",
            "id": code,
            "geometry": {"type": "Point", "coordinates": spot},
            "properties": {"name": made.nodes[code]["label"], "kind": made.nodes[code]["kind"]},
        }
        for code, spot in spots.items()
    ]
    lines = [
        {
            "type": "Feature",
            "id": key,
            "geometry": {"type": "LineString", "coordinates": [spots[one], spots[other]]},
            "properties": {"actor": one, "other": other, **cells},
        }
        for one, other, key, cells in made.edges(keys=True, data=True)
        if one in spots and other in spots
    ]
    return {"type": "FeatureCollection", "features": points + lines}
