"""Figures that an author typed by hand: each needs a source, or should have been a live number.

A figure in words counts as well, from eleven on and as a share. Words up to ten are left to the author: style
guides have them spelt out, and "two reasons" or "three parts" counts nothing that is recorded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from schoolward.reports.text.parse import Bullets, Cite, Heading, Node, Paragraph, Piece, Strong, Text
from schoolward.reports.text.sentences import sentences

_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTHS = "|".join(_MONTH_NAMES)
_DAY = rf"""
      \b(?P<month>{_MONTHS})\s+(?:(?P<day>\d{{1,2}}),\s*)?(?P<year>(?:19|20)\d\d)\b
    | \b(?P<day_first>\d{{1,2}})\s+(?P<month_second>{_MONTHS})\s+(?P<year_third>(?:19|20)\d\d)\b
"""
_YEAR = r"(?:19|20)\d\d(?:[-/–]\d\d)?(?!\d)"  # noqa: RUF001 - authors write en dashes
_AND = r"\s*(?:,\s*and|,|[-–/]|and|or|to|through|until)\s*"  # noqa: RUF001 - authors write en dashes
# A year needs a word that makes it one, and is none before a plural: "in 2012", yet "2050 students".
_BEFORE_A_YEAR = (
    r"in|since|of|from|to|until|till|by|before|after|during|through|between|and|around|about|early|mid|late|"
    r"year|years|spring|summer|fall|autumn|winter|the|this|that|a|an|each|fiscal"
)
_NO_PLURAL = "is|was|has|as|its|this|us|his|thus|perhaps|plus|less|across|towards|always|besides"
_PLURAL = rf"\s+(?!(?:{_NO_PLURAL})\b)[a-z]+s\b"
# What has digits and yet counts nothing: dates, school years, section signs, grades, ages, clock
# times, agenda items and the names of things.
_HARMLESS = re.compile(
    rf"""
      \b(?:{_MONTHS})\s+\d{{1,2}}(?:,\s*\d{{4}})?\b
    | \b\d{{1,2}}\s+(?:{_MONTHS})(?:\s+\d{{4}})?\b
    | \b(?:{_MONTHS})\s+{_YEAR}
    | \b\d{{4}}-\d\d-\d\d\b
    | \b(?:19|20)\d\d\s*[-/–]\s*\d\d\b(?!\d)
    | (?:\b(?:{_BEFORE_A_YEAR})\s+|\()'?{_YEAR}(?:{_AND}{_YEAR})*(?!{_PLURAL})(?!,?\d)
    | \b(?:section|code|grade|age|item|title|part)s?\s+[\d.]+
      (?:\s*(?:[-–]|to|and|through)\s*[\d.]+)?
    | §+\s*[\d.]+(?:\s*[-–]\s*[\d.]+)?
    | \b\d{{1,2}}:\d\d\b
    | \b(?:per|every|each)\s+1,000\b
    | \b24\s+hours\s+a\s+day\b | \b24/7\b | \bK-12\b | \bK[-–]\d\b
    """,  # noqa: RUF001 - authors write en dashes
    re.VERBOSE | re.IGNORECASE,
)
_DATED = re.compile(_DAY, re.VERBOSE | re.IGNORECASE)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_FIGURE = re.compile(
    rf"""
      \$?\d[\d,]*(?:\.\d+)?\s?%?
    | \b(?:{_TENS})(?:[-\s](?:{_UNITS}))?\b
    | \b(?:eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|dozens?|scores\s+of)\b
    | \b(?:hundred|thousand|million|billion)s?\b
    | \b(?:{_UNITS}|ten)\s+per\s?cent\b
    | \b(?:by|about|over|nearly|almost|than|under|up\s+to)\s+half\b | \bhalf\s+(?:of|as)\b
    | \b(?:a|an|one|two|three|four|five)[-\s](?:third|quarter|fifth|sixth|eighth|tenth)s?\b(?!\s+party)
    | \b(?:halved|doubled|tripled|trebled|quadrupled|twofold|threefold|tenfold)\b
    | \b(?:twice|{_UNITS}\s+times|ten\s+times)\s+as\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class TypedNumber:
    """A figure without records or source, and the sentence in which it stands."""

    figure: str
    sentence: str


@dataclass(frozen=True)
class LaterDate:
    """A date after the day at which the figures stand, in a sentence that names no source for it."""

    written: str
    sentence: str


def typed_numbers(nodes: list[Node]) -> list[TypedNumber]:
    """Every figure typed into a heading, or into a sentence that names no source."""
    found = []
    for sentence in _uncited(nodes):
        bare = _HARMLESS.sub(lambda match: " " * len(match[0]), sentence)
        figures = {figure.start(): figure[0] for figure in _FIGURE.finditer(bare)}
        figures |= {at: sign for at, sign in enumerate(bare) if unicodedata.category(sign) in ("No", "Nl")}
        found += [TypedNumber(figures[at].strip(), sentence.strip()) for at in sorted(figures)]
    return found


def later_dates(nodes: list[Node], as_of: date) -> list[LaterDate]:
    """Every date that lies after ``as_of``: what a paper tells as past must be past by then."""
    found = []
    for sentence in _uncited(nodes):
        for match in _DATED.finditer(sentence):
            month = (match["month"] or match["month_second"]).capitalize()
            year, day = int(match["year"] or match["year_third"]), match["day"] or match["day_first"]
            written = (year, _MONTH_NAMES.index(month) + 1, int(day or 1))
            if written > (as_of.year, as_of.month, as_of.day):
                found.append(LaterDate(match[0], sentence.strip()))
    return found


def _uncited(nodes: list[Node]) -> list[str]:
    """Every sentence that names no source, as text; a live number stands there as "…"."""
    lines: list[Sequence[Piece]] = []
    for node in nodes:
        if isinstance(node, Heading):
            lines.append((Text(node.text),))
        elif isinstance(node, Paragraph):
            lines.append(node.pieces)
        elif isinstance(node, Bullets):
            lines += node.items
    return [
        "".join(piece.text if isinstance(piece, Text | Strong) else "…" for piece in sentence)
        for line in lines
        for sentence in sentences(line)
        if not any(isinstance(piece, Cite) for piece in sentence)
    ]
