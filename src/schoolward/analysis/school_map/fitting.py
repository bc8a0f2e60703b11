"""How high the words below a map are at each size of their letters, told before they are set.

Typst knows it exactly, but measuring sets the words once more for each size. What follows from the widths of
letters alone is told here as a least and a most; the page measures only where its room lies between them.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from schoolward.analysis.school_map.framing import WIDTH
from schoolward.analysis.school_map.labels import width_of
from schoolward.analysis.school_map.words import Advice

__all__ = ["SIZES", "Fit", "fits"]

SIZES = (9.0, 8.6, 8.2, 7.8, 7.4, 7.0, 6.6, 6.2)
"""Points of the letters, the first that fit are taken; smaller ones are not measured."""

_KERNED = 0.988  # letters set close to each other are so much narrower at the most
_NEVER = 10_000.0

# The measures of sheet.typ, in points and in sizes of its letters.
_HEADINGS = (12.76, 0.95)  # of the legend and of the lists, with what is around them
_SIGN, _BETWEEN_SIGNS = 13.0, 0.2
_LINE = 1.08
_GUTTER = 1.3
_SAYS = (WIDTH - 3 * 29.0) / 3, 3.2 / 3  # the column of a sign's meaning, less so many sizes
_BULLET = 0.71
_NUMBER = (1.1, 1.7)
_SECOND = ((4.0, 0.8), (10.0, 1.5))  # a second list in a column, with its heading


@dataclass(frozen=True, slots=True)
class Fit:
    """What is below the map is at least and at most so high at a size; all in points."""

    size: float
    least: float
    most: float


def fits(signs: Sequence[str], advice: Advice, none_known: str) -> list[Fit]:
    """The heights at each of SIZES, of a legend with these meanings, and lists.

    Where letters are not known, or a line may be broken within a word, everything is possible.
    """
    texts = [none_known, *advice.cross_at, *advice.guards, *advice.keep_away, *advice.rules]
    if any("-" in text or "/" in text for text in texts) or not all(map(_is_known, (*signs, *texts))):
        return [Fit(size, 0.0, _NEVER) for size in SIZES]
    return [_fit(size, signs, advice, none_known) for size in SIZES]


def _fit(size: float, signs: Sequence[str], advice: Advice, none_known: str) -> Fit:
    wide, less = _SAYS
    if any(width_of(text, size) > wide - less * size for text in signs):  # it may need a second line
        return Fit(size, 0.0, _NEVER)
    column = (WIDTH - 2 * _GUTTER * size) / 3
    fixed, of_size = _HEADINGS
    above = fixed + of_size * size + math.ceil(len(signs) / 3) * (_SIGN + _BETWEEN_SIGNS * size)
    heights = []
    for kerned, number, (second, second_of_size) in zip((_KERNED, 1.0), _NUMBER, _SECOND, strict=True):
        listed = column - _BULLET * size

        def high(texts: Sequence[str], width: float, kerned: float = kerned) -> float:
            return _LINE * size * _lines(texts, width, size * kerned)

        guards, keep = high(advice.guards, column - number * size), high(advice.keep_away, listed)
        lists = (
            high(advice.cross_at, listed) or high([none_known], column),
            guards + keep + (second + second_of_size * size if guards and keep else 0.0),
            high(advice.rules, listed),
        )
        heights.append(above + max(lists))
    return Fit(size, round(heights[0] - 0.2, 2), round(heights[1] + 0.2, 2))


def _lines(texts: Iterable[str], width: float, size: float) -> int:
    """How many lines texts take, each broken between words as late as it can be."""
    count = 0
    space, room = width_of(" ", 1.0), width / size
    for text in texts:
        count += 1
        at = 0.0
        for wide in _words(text):
            if at and at + space + wide > room:
                count += 1
                at = wide
            else:
                at += (space if at else 0.0) + wide
    return count


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[float, ...]:
    """How wide its words are at a size of one."""
    return tuple(width_of(word, 1.0) for word in text.translate(_ALSO_KNOWN).split())


@lru_cache(maxsize=1024)
def _is_known(text: str) -> bool:
    """Whether the widths of all letters are known."""
    plain = unicodedata.normalize("NFD", text).translate(_ALSO_KNOWN)
    return all(" " <= sign <= "~" or unicodedata.combining(sign) for sign in plain)


_ALSO_KNOWN = {ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'", ord("\N{MIDDLE DOT}"): "."}
