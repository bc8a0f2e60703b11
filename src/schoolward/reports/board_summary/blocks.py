"""The board summary's tables and charts. Each number in them is asked through the composer."""

from __future__ import annotations

from schoolward.reports.composing import Composer
from schoolward.reports.content import Block, Run

MONTHS_SHOWN = 12


def column(title: str, width: float | str = "auto", *, align: str = "left") -> dict[str, str]:
    """A table's column; ``width`` is a share of the line or ``auto``."""
    return {"title": title, "width": str(width), "align": align}


def paragraph(*runs: Run) -> Block:
    """A paragraph of ready-made runs."""
    return {"kind": "paragraph", "runs": list(runs)}


def budget(composer: Composer) -> list[Block]:
    return []


def goals(composer: Composer) -> list[Block]:
    return []


def initiatives(composer: Composer) -> list[Block]:
    return []


def results(composer: Composer) -> list[Block]:
    return []


def monthly(composer: Composer) -> list[Block]:
    return []


def next_steps(composer: Composer) -> list[Block]:
    return []


def method(composer: Composer) -> list[Block]:
    return []


def data_quality(composer: Composer) -> list[Block]:
    return []


def small_counts(composer: Composer) -> list[Block]:
    return []


def invented(composer: Composer) -> list[Block]:
    return []
