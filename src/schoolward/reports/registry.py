"""The reports that can be drawn up. Each is one folder with a ``report.py`` that registers it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolward.reports.composing import BlockMaker


@dataclass(frozen=True)
class SectionKind:
    """A section that the report asks for. ``on_form``: it stands on the board item form."""

    key: str
    title: str
    numeral: str = ""
    on_form: bool = False


HEADING, DESCRIBED = _("Executive summary"), _("Board item and executive summary")


@dataclass(frozen=True)
class ReportKind:
    """A report: its sections in order, its tables and charts by name, its folder and its form.

    ``form`` holds what the form's fields start as; ``item_types`` are the kinds of board item, by key.
    ``heading`` stands over the paper's sections, and ``described`` leads the subject where a PDF describes
    itself.
    """

    key: str
    title: str | Promise
    folder: Path
    sections: tuple[SectionKind, ...]
    blocks: dict[str, BlockMaker]
    form: dict[str, str]
    item_types: tuple[tuple[str, str], ...]
    documents: tuple[str, ...] = ()
    annex: dict[str, BlockMaker] = field(default_factory=dict)
    heading: str | Promise = HEADING
    described: str | Promise = DESCRIBED
    meeting_dates: Callable[[date], date] = lambda as_of: as_of

    def starting_text(self, section: str) -> str:
        """The text that a first edition starts from (``text/<section>.md``)."""
        path = self.folder / "text" / f"{section}.md"
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""


class UnknownReport(LookupError):
    """There is no report of this key; the message lists those that are."""

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no report {key!r}; there is {', '.join(sorted(_reports)) or 'none'}")


_reports: dict[str, ReportKind] = {}


def register(kind: ReportKind) -> ReportKind:
    """Add a report. Raises ``ValueError`` when the key is taken."""
    if kind.key in _reports:
        raise ValueError(f"report {kind.key} is registered twice")
    _reports[kind.key] = kind
    return kind


def get(key: str) -> ReportKind:
    """The report of this key; ``_`` and ``-`` are the same. Raises :class:`UnknownReport`."""
    try:
        return _reports[key.replace("_", "-")]
    except KeyError:
        raise UnknownReport(key) from None


def all_reports() -> list[ReportKind]:
    """Every report, by key."""
    return [_reports[key] for key in sorted(_reports)]
