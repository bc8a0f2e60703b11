"""How high words will be, told beforehand: never other than what is set, and so never another page."""

from __future__ import annotations

import json

import pytest
import typst

from schoolward.analysis.school_map import printing
from schoolward.analysis.school_map.fitting import Fit, fits
from schoolward.analysis.school_map.words import Advice, MapWords
from schoolward.analysis.typesetting import _fonts

WORDS = MapWords()
SIGNS = ["School", "Suggested way", "Traffic signal", "Street with a sidewalk", "Speed limit, km/h"]
RULES = (WORDS.rule_sidewalk, WORDS.rule_corner, WORDS.rule_look, WORDS.rule_together)
CORNERS = tuple(
    f"{one} and {other}: at the signal"
    for one in ("NW Northrup St", "SE Martin Luther King Blvd", "SW Vista Ave")
    for other in ("SE Tacoma St", "NE Columbia Pkwy", "Way")
)
GUARDS = tuple(f"Avenue {number} and Fourth Street · 7:30 to 8:15" for number in range(9))
AVOIDED = ("Powell Blvd: fast traffic and no sidewalk", "Near Ross Island Bridge: fast traffic")


def set_heights(signs: list[str], advice: Advice) -> list[float]:
    """How high Typst sets it at each size."""
    page = printing._page().decode()
    head, below = page.split("#image(")[0], page.split("#let below(size)")[1].split("// One page")[0]
    told = {
        "title": "", "title_size": 9, "alt": "",
        "invented": "", "as_of": "", "language": "en", "region": "US",
        "date": {"year": 2026, "month": 9, "day": 1},
        "legend_title": WORDS.legend, "legend": [{"file": "sign.svg", "says": says} for says in signs],
        "cross_title": WORDS.cross_at, "cross_at": advice.cross_at, "none_known": WORDS.none_known,
        "keep_title": WORDS.keep_away, "keep_away": advice.keep_away, "guards_title": WORDS.guards,
        "guards": advice.guards, "rules_title": WORDS.rules, "rules": advice.rules,
    }  # fmt: skip
    sizes = ",".join(f"{fit.size}pt" for fit in fits(signs, advice, WORDS.none_known))
    asked = f"#context [#metadata(({sizes}).map(s => measure(width: 540pt, below(s)).height / 1pt)) <high>]"
    files = {
        "main.typ": f"{head}#let below(size){below}{asked}".encode(),
        "sheet.json": json.dumps(told).encode(),
        "sign.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="16"/>',
    }
    (found,) = json.loads(typst.query(files, "<high>", font_paths=_fonts()))
    heights: list[float] = found["value"]
    return heights


@pytest.mark.parametrize("signs", [1, 3, 5])
@pytest.mark.parametrize(
    "advice",
    [
        Advice((), (), (), RULES),
        Advice(CORNERS, (), (), RULES),
        Advice(CORNERS[:3], (), AVOIDED, RULES),
        Advice((), GUARDS, (), RULES),
        Advice(CORNERS[:2], GUARDS, AVOIDED * 3, RULES),
        Advice(CORNERS[4:], GUARDS[:1], AVOIDED[:1] * 6, RULES[:1]),
    ],
)
def test_what_is_told_is_what_is_set(signs: int, advice: Advice) -> None:
    told = fits(SIGNS[:signs], advice, WORDS.none_known)
    for fit, high in zip(told, set_heights(SIGNS[:signs], advice), strict=True):
        assert fit.least <= high <= fit.most
        assert fit.most - fit.least < 60  # and it says something


@pytest.mark.parametrize(
    ("signs", "corner"),
    [
        (["What this sign means is said in so many words that they need more than a line"], "Oak Street"),
        (["School"], "Sankt-Peter-Straße"),
        (["School"], "Улица Ленина"),
    ],
)
def test_what_is_not_known_is_measured(signs: list[str], corner: str) -> None:
    told = fits(signs, Advice((corner,), (), (), RULES), WORDS.none_known)
    assert told[0] == Fit(9.0, 0.0, 10_000.0)
