"""The sheet that a parent takes along: one page in Letter, PDF/UA-1, readable in black and white."""

from __future__ import annotations

import dataclasses
import json
import math
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from schoolward.analysis.school_map.content import MapContent
from schoolward.analysis.school_map.drawing import HEIGHT, draw
from schoolward.analysis.school_map.fitting import fits
from schoolward.analysis.school_map.framing import HEIGHTS, WIDTH, frame_of
from schoolward.analysis.school_map.labels import width_of
from schoolward.analysis.school_map.legend import legend
from schoolward.analysis.school_map.paper import OnPaper
from schoolward.analysis.school_map.street_rows import StreetRows
from schoolward.analysis.school_map.words import Advice, MapWords, advise, described
from schoolward.analysis.typesetting import moment_of, typeset

__all__ = ["print_sheet"]

_TITLE, _TITLE_WIDTH = 19.0, 400.0
_ROW, _LINE = 15.0, 11.0  # points of what is below the map
_COLUMN, _SIZE = 165.0, 8.6


def print_sheet(content: MapContent, words: MapWords | None = None) -> bytes:
    """Print a school's map with its legend, the lists in words, and where the data come from.

    The same content gives the same bytes. Raises
    :class:`~schoolward.analysis.typesetting.MissingCharacter` where a name that must be printed is in letters
    that the typefaces lack.
    """
    words = words or MapWords()
    signs = legend(_seen(content), words)
    files = {f"sign-{number}.svg": drawn.encode() for number, (drawn, _) in enumerate(signs)}
    advice = advise(content, words)
    height = _height(advice, len(signs))
    says = [says for _, says in signs]
    told = _told(content, words, advice, says) | {
        "width": WIDTH,
        "height": height,
        "fits": [dataclasses.asdict(fit) for fit in fits(says, advice, words.none_known)],
    }
    files |= {
        "main.typ": _page(),
        "sheet.json": json.dumps(told, ensure_ascii=False).encode(),
        "map.svg": draw(content, height=height, words=words).encode(),
    }
    return typeset(files, moment=moment_of(content.day))


def _seen(content: MapContent) -> MapContent:
    """The content without the streets and crossings beyond the edges of the paper."""
    frame = frame_of(content, WIDTH, HEIGHT)
    streets = StreetRows.of(content.streets)
    return dataclasses.replace(
        content,
        streets=streets.taken(np.flatnonzero(OnPaper.of_lines(streets.lines, frame).held(frame))),
        crossings=tuple(one for one in content.crossings if frame.holds(frame.at(one.at))),
    )


def _height(advice: Advice, signs: int) -> float:
    """How high the map can be above so many signs and so much to say. The page makes up for a wrong guess."""

    def lines(*lists: tuple[str, ...]) -> int:
        parts = [math.ceil(width_of(text, _SIZE) / _COLUMN) for texts in lists for text in texts]
        return sum(parts) + sum(2 for texts in lists if texts)

    said = max(lines(advice.cross_at), lines(advice.guards, advice.keep_away), lines(advice.rules))
    least, room = HEIGHTS
    return max(least, room - _ROW * math.ceil(signs / 3) - _LINE * said)


def _told(content: MapContent, words: MapWords, advice: Advice, signs: list[str]) -> dict[str, Any]:
    title = words.title.format(school=content.school)
    return {
        "title": title,
        "title_size": min(_TITLE, _TITLE * _TITLE_WIDTH / (1.08 * width_of(title, _TITLE))),
        "as_of": words.as_of.format(day=_day(content.day, words)),
        "date": {"year": content.day.year, "month": content.day.month, "day": content.day.day},
        "language": words.language,
        "region": words.region,
        "invented": content.invented,
        "invented_mark": words.invented,
        "alt": described(content, words),
        "legend_title": words.legend,
        "legend": [{"file": f"sign-{number}.svg", "says": says} for number, says in enumerate(signs)],
        "cross_title": words.cross_at,
        "cross_at": advice.cross_at,
        "none_known": words.none_known,
        "keep_title": words.keep_away,
        "keep_away": advice.keep_away,
        "guards_title": words.guards,
        "guards": advice.guards,
        "rules_title": words.rules,
        "rules": advice.rules,
        "disclaimer": words.disclaimer,
        "attribution": content.attribution,
    }


def _day(day: date, words: MapWords) -> str:
    return words.day.format(month=words.months[day.month - 1], day=day.day, year=day.year)


@cache
def _page() -> bytes:
    return resources.files(__package__).joinpath("sheet.typ").read_bytes()
