"""What the morning page is made of: blocks of lines, each line one sentence and one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from schoolward.platform.access.viewer import Viewer

Row = TypeVar("Row", bound=Model)
SHOWN = 5  # lines a block shows before it points to the full list


@dataclass(frozen=True)
class Line:
    """One thing to know and the one thing to do about it.

    ``tone`` is that of a chip (``bad``, ``watch``, ``info``, ``plain``); ``label`` is the chip's word.
    """

    text: str
    url: str
    action: str
    detail: str = ""
    label: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class Block:
    """One section of the page.

    ``count`` is how many there are in all, of which ``lines`` shows the first; ``headline`` is the
    clause that stands for the block in the page's first sentence (empty when nothing needs saying);
    ``summary`` tells them apart by kind; ``nothing`` says what an empty block means.
    """

    key: str
    title: str
    lines: tuple[Line, ...]
    count: int
    headline: str = ""
    nothing: str = ""
    summary: str = ""
    more_url: str = ""
    more: str = ""
    counted_url: str = ""
    """A list of just what ``count`` counts, where ``more_url`` leads elsewhere."""
    counted: str = ""


@dataclass(frozen=True)
class Morning:
    """Whose morning it is, and when: the local day and the moment that the page reckons from."""

    viewer: Viewer
    today: date
    now: datetime


Builder = Callable[[Morning], Block | None]


def first_of(rows: QuerySet[Row]) -> tuple[list[Row], int]:
    """The rows that a block shows, and how many there are: counted by themselves only where more are."""
    first = list(rows[: SHOWN + 1])
    return first[:SHOWN], len(first) if len(first) <= SHOWN else rows.count()


def if_any(count: int, clause: str) -> str:
    """A headline: the clause with its ``%(count)s`` filled in, or nothing where nothing needs saying."""
    return clause % {"count": f"{count:,}"} if count else ""
