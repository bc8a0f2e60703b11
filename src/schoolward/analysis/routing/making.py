"""One call from an extract to a network with its stress, and what is to be known about its data."""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schoolward.analysis.routing.building import Built, Component, build
from schoolward.analysis.routing.extract import Extract, read_extract
from schoolward.analysis.routing.network import Network
from schoolward.analysis.routing.street_tags import Crossing, Street
from schoolward.analysis.routing.streets import Read, Streets, read_streets
from schoolward.analysis.routing.stress import Stress, stress, with_stress
from schoolward.analysis.routing.stress_model import StressModel, stress_model

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"
LICENSE_URL = "https://www.openstreetmap.org/copyright"


@dataclass(frozen=True)
class StreetNetwork:
    """A network with its stress, what the map says of its streets, their names, and what is known of it all.

    `about` holds plain values only: what was read, how many of what, what was left out, what was assumed.
    """

    network: Network
    streets: Streets
    name: NDArray[np.int32]  # m, which of `names` each edge bears
    names: tuple[str, ...]  # the first is empty
    about: dict[str, Any]


def make(path: str | os.PathLike[str], model: StressModel | None = None) -> StreetNetwork:
    """Read an extract and make the network of it, with the stress of a walk by day.

    Raises :class:`ExtractProblem` where the file cannot be read or nothing in it may be walked.
    """
    model = model or stress_model()
    extract = read_extract(path)
    built = build(extract)
    read = read_streets(extract, built)
    found = stress(built.network, read.streets, model)
    about = {
        "source": _source(extract),
        "attribution": ATTRIBUTION,
        "license_url": LICENSE_URL,
        "stress_model": {"version": model.version, "sha256": model.sha256},
        **_counts(built),
        "data_quality": _quality(extract, built, read, found, model),
    }
    return StreetNetwork(with_stress(built.network, found), read.streets, read.name, read.names, about)


def _source(extract: Extract) -> dict[str, Any]:
    with extract.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return {"name": extract.path.name, "bytes": file.tell(), "sha256": digest}


def _counts(built: Built) -> dict[str, Any]:
    network = built.network
    others = built.components[1:]
    return {
        "nodes": len(network.node_ids),
        "edges": len(network.ends),
        "length_m": round(float(network.length_m.sum()), 1),
        "ways": {verdict.name.lower(): count for verdict, count in sorted(built.ways.items())},
        "components": {
            "kept": _told(built.components[0]),
            "others": len(others),
            "others_nodes": sum(each.nodes for each in others),
            "others_edges": sum(each.edges for each in others),
            "others_length_m": round(sum(each.length_m for each in others), 1),
            "largest_others": [_told(each) for each in others[:10]],
        },
    }


def _told(component: Component) -> dict[str, Any]:
    return asdict(component) | {"length_m": round(component.length_m, 1)}


def _quality(extract: Extract, built: Built, read: Read, found: Stress, model: StressModel) -> dict[str, Any]:
    streets = read.streets
    tagged = (streets.crossing & Crossing.TAGGED) > 0
    kind_known = (streets.crossing & ~np.uint8(Crossing.TAGGED)) > 0
    # Where a walker who follows the network crosses a main road, and nothing on the map says how.
    met = np.zeros(len(streets.crossed), dtype=np.bool_)
    met[built.network.ends[streets.crosses]] = True
    main = met & (streets.crossed >= Street.TERTIARY)
    return {
        "assumed": [asdict(row) for row in found.assumed],
        "crossings": {
            "tagged": int(tagged.sum()),
            "tagged_without_kind": int((tagged & ~kind_known).sum()),
            "with_signal": int(((streets.crossing & Crossing.SIGNAL) > 0).sum()),
            "with_markings": int(((streets.crossing & Crossing.MARKED) > 0).sum()),
            "with_island": int(((streets.crossing & Crossing.ISLAND) > 0).sum()),
            "of_main_roads": int(main.sum()),
            "of_main_roads_with_nothing_said": int((main & (streets.crossing == 0)).sum()),
            "apart_from_any_road": int(np.round(streets.alone.sum())),
            "apart_are_taken_as": model.alone_as.name.lower(),
        },
        "unreadable": dict(sorted(read.unreadable.items())),
        "conditional_ways": read.conditional,
        "stopped_at_barriers": built.stopped_at,
        "references_outside": int(np.isnan(extract.longitude).sum()),
    }
