"""Positions braided from several awards: who pays which part from when to when, and where that ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from schoolward.analysis.grants.parts import WHOLE, Part, percent


@dataclass(frozen=True)
class Strand:
    """One source's part of a position: hundredths of a percent, from one day to another (both included).

    A third is ``Fraction(10_000, 3)``: parts are never rounded, so that three thirds are the whole.
    """

    source: str
    start: date
    end: date
    share: Part

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.source} ends ({self.end}) before it starts ({self.start})")
        if not 0 < self.share <= WHOLE:
            raise ValueError(f"{self.source} pays {percent(self.share)}; write more than 0, at most 100")


@dataclass(frozen=True)
class Span:
    """Days on which the same sources pay the same parts."""

    start: date
    end: date
    share: Part
    sources: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the position is paid for in full."""
        return self.share >= WHOLE

    @property
    def is_over(self) -> bool:
        """Whether more than the whole is charged."""
        return self.share > WHOLE


def spans(strands: Sequence[Strand], *, start: date, end: date) -> list[Span]:
    """The days from ``start`` to ``end``, cut wherever a strand begins or ends; gaps are spans of 0."""
    cuts = {start}
    for strand in strands:
        cuts |= {strand.start, strand.end + timedelta(days=1)}
    edges = [*sorted(cut for cut in cuts if start <= cut <= end), end + timedelta(days=1)]
    made: list[Span] = []
    for first, after in pairwise(edges):
        paying = [strand for strand in strands if strand.start <= first <= strand.end]
        span = Span(
            first,
            after - timedelta(days=1),
            sum((strand.share for strand in paying), start=Fraction(0)),
            tuple(sorted(strand.source for strand in paying)),
        )
        if made and (made[-1].share, made[-1].sources) == (span.share, span.sources):
            span = Span(made.pop().start, span.end, span.share, span.sources)
        made.append(span)
    return made


@dataclass(frozen=True)
class Cliff:
    """Until when a position is paid in full, and what part is left on the day after.

    ``secured_to`` is ``None`` where it is not paid in full today. ``is_beyond``: it is paid in full as far
    as was looked.
    """

    secured_to: date | None
    share_after: Part
    is_beyond: bool = False

    def months(self, today: date) -> float:
        """Months of full pay that are left, by the mean length of a month."""
        return 0.0 if self.secured_to is None else ((self.secured_to - today).days + 1) / 30.4375


def cliff(strands: Sequence[Strand], *, today: date, until: date) -> Cliff:
    """Where the full funding of a position ends, seen from ``today``, looking as far as ``until``."""
    ahead = spans(strands, start=today, end=until)
    if not ahead[0].is_whole:
        return Cliff(None, ahead[0].share)
    secured = ahead[0].end
    for span in ahead[1:]:
        if not span.is_whole:
            return Cliff(secured, span.share)
        secured = span.end
    return Cliff(secured, WHOLE, is_beyond=True)


def overfull(strands: Sequence[Strand]) -> Span | None:
    """The first days on which the strands pay more than the whole, or ``None``."""
    if not strands:
        return None
    start, end = min(strand.start for strand in strands), max(strand.end for strand in strands)
    return next((span for span in spans(strands, start=start, end=end) if span.is_over), None)
