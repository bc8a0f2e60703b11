"""The stress model as a page to be read: every number, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence

from schoolward.analysis.routing.street_tags import Crossing, Pavement, Street
from schoolward.analysis.routing.stress_model import StressModel


def reference(model: StressModel) -> str:
    """The model as Markdown."""
    return "\n".join(
        [
            f"# Stress of walking, version {model.version}",
            "",
            "<!-- Written by `schoolward routes stress --markdown`; a test holds it against the model. -->",
            "",
            f"In force from {model.valid_from:%B} {model.valid_from.day}, {model.valid_from.year}. "
            "Digest of the file: "
            f"`{model.sha256[:16]}`. Each edge of a network has",
            "",
            "    factor     = 1 + traffic x pavement x speed + unlit + steps + tunnel + collisions",
            "    crossing_m = crossing x speed x lanes x treatment + barriers",
            "    stress     = length in meters x factor + crossing_m",
            "",
            _MEANING,
            "",
            "## Kinds of streets",
            "",
            _STREETS,
            "",
            *_table(
                ("street", "traffic", "crossing", "speed", "lanes", "pavement", "lit", "source"),
                [
                    (
                        _words(kind.name),
                        f"{row.traffic:g}",
                        f"{row.crossing:g} m",
                        f"{row.speed_kmh:g} km/h",
                        f"{row.lanes:g}",
                        row.pavement.name.lower(),
                        "yes" if row.lit else "no",
                        row.source,
                    )
                    for kind in Street
                    for row in [model.street[kind]]
                ],
            ),
            "",
            _PLACES,
            "",
            "## Pavement",
            "",
            *_table(
                ("pavement", "times", "source"),
                [
                    (
                        _words(kind.name),
                        f"{model.pavement[kind]:g}",
                        model.row_sources[f"pavement.{_key(kind)}"],
                    )
                    for kind in Pavement
                    if kind in model.pavement
                ],
            ),
            "",
            "## Speed",
            "",
            *_table(
                ("up to", "times", "source"),
                [(f"{row.up_to_kmh:g} km/h", f"{row.times:g}", row.source) for row in model.speed],
            ),
            "",
            "## Crossing",
            "",
            *_table(
                ("help", "times", "source"),
                [
                    (
                        _words(str(kind.name)) + _few(kind, model),
                        f"{model.treatment[kind]:g}",
                        model.row_sources[f"treatment.{_key(kind)}"],
                    )
                    for kind in (Crossing.SIGNAL, Crossing.MARKED, Crossing.ISLAND, Crossing.UNMARKED)
                ],
            ),
            "",
            _lanes(model),
            "",
            "## What else adds",
            "",
            *_table(
                ("what", "adds", "source"),
                [
                    ("unlit, by day", f"{model.unlit_by_day:g} a meter", model.row_sources["unlit"]),
                    (
                        "unlit, in the dark",
                        f"{model.unlit_in_the_dark:g} a meter",
                        model.row_sources["unlit"],
                    ),
                    ("steps", f"{model.steps:g} a meter", model.row_sources["steps"]),
                    ("tunnel", f"{model.tunnel:g} a meter", model.row_sources["tunnel"]),
                    (
                        f"collisions within {model.collisions_within_m:g} m",
                        f"{model.collisions_each:g} a meter each, at most {model.collisions_at_most:g}",
                        model.row_sources["collisions"],
                    ),
                    (
                        f"reported barriers within {model.barriers_within_m:g} m",
                        "as many meters as reported, while they hold",
                        model.row_sources["barriers"],
                    ),
                ],
            ),
            "",
            "## Sources",
            "",
            *(f"- **{key}**: {text}" for key, text in model.sources.items()),
            "",
        ]
    )


_MEANING = (
    "so a stress is told in meters of a quiet path. The factor is never below 1, a crossing never below 0. "
    "“Own reading” means that the number is this project's own, put in order after the source named, and is "
    "not printed there: argue with it, and give `routes build` a model of your own (`--stress`)."
)
_STREETS = (
    "Traffic is what each meter adds for who walks among the cars at 50 km/h; crossing is in meters, at "
    "50 km/h and two lanes, without help. The other columns are taken where the map says nothing; how many "
    "kilometers that concerns is told with each network."
)
_PLACES = (
    "A node belongs to the largest road that passes through it. Who comes from a smaller street or a path, "
    "or stands at a crossroads of equal streets, crosses it: half of the crossing is met on the way to the "
    "node, half on the way from it. A signal, markings or an island up to 30 m along the road count for the "
    "node. A pavement that is drawn as a way of its own bears the traffic of the nearest road within 20 m."
)


def _lanes(model: StressModel) -> str:
    return (
        f"Lanes: {model.lanes_each:g} each, at least {model.lanes_least:g} and at most {model.lanes_most:g} "
        f"({model.row_sources['lanes']}). A signal counts instead of markings, an island beside either. "
        "A crossing that is drawn apart from any road counts as of a "
        f"{_words(model.alone_as.name)} street ({model.row_sources['alone']})."
    )


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(headers)} |",
        f"|{'---|' * len(headers)}",
        *(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows),
    ]


def _words(name: str) -> str:
    return name.lower().replace("_", " ")


def _key(kind: Pavement | Crossing) -> str:
    return str(kind.name).lower()


def _few(kind: Crossing, model: StressModel) -> str:
    return f" (up to {model.marked_lanes_at_most:g} lanes)" if kind is Crossing.MARKED else ""
