# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy>=2.1", "scipy>=1.15", "shapely>=2.1"]
# ///
"""Compute the schematic base of the map: police beats and districts, and the outline around the school sites.

There are no streets in it: none for Sacramento may be shipped. It is made from two facts of ours: the mean
position of the incidents in each police grid square (606 of them, with beat and district), and the points of
the school sites. Each grid square is taken to be the ground nearer to its centre than to any other (Voronoi
cell), inside the hull of all centres; cells of one beat are merged. So lines are near the true ones, not on
them, and the map says so.

    uv run scripts/compute_map_base.py GRID_CENTROIDS.csv

writes src/schoolward/domains/places/static/places/base.geojson.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import shapely
from scipy.spatial import Voronoi
from shapely.geometry import LineString, MultiPoint, Point, Polygon, mapping
from shapely.ops import unary_union

PLACES = Path(__file__).resolve().parent.parent / "src" / "schoolward" / "domains" / "places"
METRES_PER_DEGREE = 111_195.0
MARGIN_M = 450.0  # about half a grid square beyond the outermost centres
TOLERANCE_M = 40.0
DECIMALS = 5  # about a metre


def main() -> None:
    """Read the centres given on the command line and write the base beside the places domain."""
    if len(sys.argv) != 2:
        sys.exit("Give the file of grid centroids: grid,beat,district,n,lat,lon.")
    with Path(sys.argv[1]).open(newline="") as file:
        rows = list(csv.DictReader(file))
    with (PLACES / "data" / "schools.csv").open(newline="") as file:
        sites = [(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)]
    middle = float(np.mean([float(row["lat"]) for row in rows]))
    plane = Plane(middle)
    centres = np.array([plane.to_metres(float(row["lon"]), float(row["lat"])) for row in rows])
    ground = shapely.concave_hull(MultiPoint(centres), ratio=0.18).buffer(MARGIN_M)
    cells = voronoi_cells(centres, ground)
    features = [*areas(rows, cells, plane), outline(sites, plane)]
    target = PLACES / "static" / "places" / "base.geojson"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")) + "\n"
    )
    print(f"{target}: {len(features)} features, {target.stat().st_size:,} bytes")


class Plane:
    """A flat map around a latitude, true to scale there to about one in a thousand."""

    def __init__(self, latitude: float) -> None:
        self.x_scale = METRES_PER_DEGREE * math.cos(math.radians(latitude))

    def to_metres(self, lon: float, lat: float) -> tuple[float, float]:
        """Degrees to metres."""
        return lon * self.x_scale, lat * METRES_PER_DEGREE

    def geometry(self, shape: object) -> dict[str, object]:
        """A shape in metres as GeoJSON in degrees."""
        degrees = shapely.transform(
            shape, lambda xy: np.round(xy / np.array([self.x_scale, METRES_PER_DEGREE]), DECIMALS)
        )
        return mapping(degrees)


def voronoi_cells(centres: np.ndarray, ground: Polygon) -> list[Polygon]:
    """The part of the ground nearest to each centre. Far points make every cell of a real centre finite."""
    far = 1_000_000.0
    corners = centres.mean(axis=0) + far * np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    diagram = Voronoi(np.vstack([centres, corners]))
    regions = (diagram.regions[diagram.point_region[index]] for index in range(len(centres)))
    return [Polygon(diagram.vertices[region]).intersection(ground) for region in regions]


def areas(rows: list[dict[str, str]], cells: list[Polygon], plane: Plane) -> list[dict[str, object]]:
    """Beats as polygons, districts as their borders and a name in their middle."""
    beats: dict[tuple[str, str], list[Polygon]] = defaultdict(list)
    for row, cell in zip(rows, cells, strict=True):
        beats[row["district"], row["beat"].strip()].append(cell)
    keys = sorted(beats)
    # All borders are simplified together, so that neighbours still meet.
    merged = [shapely.set_precision(unary_union(beats[key]), 0.5) for key in keys]
    simple = shapely.coverage_simplify(merged, TOLERANCE_M)
    districts: dict[str, list[object]] = defaultdict(list)
    features: list[dict[str, object]] = []
    for (district, beat), shape in zip(keys, simple, strict=True):
        districts[district].append(shape)
        for part in getattr(shape, "geoms", [shape]):
            features.append(feature(plane.geometry(part), kind="beat", beat=beat, district=district))
    for district, shapes in sorted(districts.items()):
        whole = unary_union(shapes).buffer(1).buffer(-1)
        largest = max(getattr(whole, "geoms", [whole]), key=lambda part: part.area)
        features.append(feature(plane.geometry(LineString(largest.exterior)), kind="district"))
        middle: Point = shapely.maximum_inscribed_circle(largest, tolerance=50).interpolate(0)
        features.append(feature(plane.geometry(middle), kind="label", name=f"Police district {district}"))
    return features


def outline(sites: list[tuple[float, float]], plane: Plane) -> dict[str, object]:
    """The hull around the school sites: about where the school district lies."""
    points = MultiPoint([plane.to_metres(*site) for site in sites])
    hull = shapely.concave_hull(points, ratio=0.35).buffer(700).buffer(-200).simplify(TOLERANCE_M)
    return feature(plane.geometry(LineString(hull.exterior)), kind="sites")


def feature(geometry: dict[str, object], **properties: str) -> dict[str, object]:
    """A GeoJSON feature."""
    return {"type": "Feature", "geometry": geometry, "properties": properties}


if __name__ == "__main__":
    main()
