"""What a table of an application is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
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
    """One value, and the address of the records behind it. ``withheld``: it is known and may not be shown."""

    value: Any = None
    url: str = ""
    withheld: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is set like a number."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)


NOT_SHOWN = Cell(withheld=True)


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
            yield [cell.value for cell in row]
