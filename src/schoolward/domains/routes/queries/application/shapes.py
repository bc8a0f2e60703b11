"""What a table of an application is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from schoolward.domains.routes.queries.application.form import HEADINGS
from schoolward.platform.access.viewer import Viewer

Words = str | Promise


@dataclass(frozen=True)
class Asked:
    """For whom an application is made, about which sites, as of which day, and for which money."""

    viewer: Viewer
    campus_ids: tuple[int, ...]
    on: date
    opportunity: str = ""


@dataclass(frozen=True)
class Cell:
    """One value, and the address of the records behind it. ``withheld``: it is known and may not be shown.

    ``decimals`` is how many decimals a number is told with, whole ones too: 31.0 beside 27.2, 12,000.50
    dollars. ``None``: as many as it has.
    """

    value: Any = None
    url: str = ""
    withheld: bool = False
    decimals: int | None = None

    @property
    def number(self) -> str:
        """A number in words: grouped, with its decimals."""
        if isinstance(self.value, int) and self.decimals is None:
            return f"{self.value:,}"
        if self.decimals is None:
            return f"{self.value:,.5f}".rstrip("0").rstrip(".")
        return f"{self.value:,.{self.decimals}f}"

    @property
    def written(self) -> Any:
        """The value as files have it: a number with its decimals."""
        if self.decimals is None or self.value is None:
            return self.value
        return Decimal(f"{self.value:.{self.decimals}f}")

    @property
    def is_number(self) -> bool:
        """Whether it is set like a number."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)


NOT_SHOWN = Cell(withheld=True)


def dollars(amount: float | None, url: str = "") -> Cell:
    """An amount of US dollars, told with its cents; empty where there is none."""
    return Cell(amount, url, decimals=2)


def percent(part: float | None) -> Cell:
    """A part of 1 as a percentage with one decimal; empty where it is not known."""
    return Cell(None if part is None else round(100 * part, 1), decimals=1)


@dataclass(frozen=True)
class Table:
    """A table: its short name, title, a note on what it says, its columns (name, heading) and its rows.

    ``source`` says where its numbers are from, and ``as_of`` the day up to which they tell.
    """

    key: str
    title: Words
    note: Words
    columns: Sequence[tuple[str, Words]]
    rows: Sequence[Sequence[Cell]] = field(default_factory=list)
    invented: bool = False
    source: Words = ""
    as_of: date | None = None

    @property
    def heading(self) -> Words:
        """Where the program's form asks for it; empty where the heading is the district's own."""
        return HEADINGS.get(self.key, "")

    @property
    def names(self) -> list[str]:
        """The names of the columns, as files have them."""
        return [name for name, _heading in self.columns]

    def values(self) -> Iterator[list[Any]]:
        """The rows as files have them: what is withheld or not known is empty."""
        for row in self.rows:
            yield [cell.written for cell in row]
