"""A number opened: its reading, and its records page by page in the words that the viewer may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schoolward.home.question import Question
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.reading import Opened, Reading, open_part
from schoolward.platform.measures.registry import Part
from schoolward.platform.ui.record_pages import Adds, RecordLine, RecordPage, all_records, record_page

_NONE = RecordPage(0, 0)


@dataclass(frozen=True)
class OpenedNumber:
    """A reading and one page of the records of a part of it; ``is_hidden`` where there are none to show."""

    reading: Reading
    part: Part
    page: RecordPage = _NONE
    is_hidden: bool = False


def open_number(
    key: str,
    question: Question,
    viewer: Viewer,
    *,
    part: Part = Part.NUMERATOR,
    after: int | None = None,
    before: int | None = None,
) -> OpenedNumber:
    """The reading of a measure with the page of a part's records after (or before) a primary key.

    A suppressed number opens no records: their count is what is withheld. Raises ``NoSuchPart``.
    """
    opened = open_part(key, question.period, question.scope, part)
    if opened.is_hidden:
        return OpenedNumber(opened.reading, part, is_hidden=True)
    page = record_page(
        opened.behind, viewer, records=opened.records, adds=_adds(opened), after=after, before=before
    )
    return OpenedNumber(opened.reading, part, page)


def all_lines(
    key: str, question: Question, viewer: Viewer, *, part: Part = Part.NUMERATOR
) -> Iterator[tuple[str, RecordLine | None]]:
    """Every record behind a part of a number; see ``record_pages.all_records``."""
    opened = open_part(key, question.period, question.scope, part)
    if not opened.is_hidden:
        yield from all_records(opened.behind, viewer, adds=_adds(opened))


def _adds(opened: Opened) -> Adds | None:
    return None if opened.amount is None else opened.amount_of
