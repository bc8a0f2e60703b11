"""The middle of each police reporting grid: where to put a record that names only its grid."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def grid_centroids() -> dict[str, tuple[float, float]]:
    """Return (longitude, latitude) in degrees by grid, "0102" and so on. Computed from records of 2006."""
    text = resources.files(__package__).joinpath("data/grid_centroids.csv").read_text(encoding="utf-8")
    return {
        row["grid"]: (float(row["longitude"]), float(row["latitude"]))
        for row in csv.DictReader(text.splitlines())
    }
