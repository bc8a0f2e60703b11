"""One edition as the API gives and takes it, and how its refusals are answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from ninja import Schema
from ninja.errors import HttpError

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui.asking import Text
from schoolward.reports import registry
from schoolward.reports.actions import ReportError, StaleText, WrongState
from schoolward.reports.actions.drafting import EditionExists
from schoolward.reports.actions.signing import NotPublishable, SamePerson
from schoolward.reports.beginning import FORM_FIELDS
from schoolward.reports.checks import refusals
from schoolward.reports.composing import SectionError
from schoolward.reports.models import Edition, State
from schoolward.reports.queries import NoSuchEdition, edition_for

_CONFLICTS = (EditionExists, NotPublishable, SamePerson, StaleText, WrongState)


class Reason(Schema):
    """A reason or a note, in the words of the one who signs."""

    reason: Text = ""


class SectionOut(Schema):
    """A section's text as its author wrote it. ``version`` goes back with the next text."""

    key: str
    title: str
    text: str
    version: int


class SignatureOut(Schema):
    """Who answers for a step, by role."""

    round: int
    step: str
    role: str
    at: datetime
    note: str


class EditionOut(Schema):
    """An edition: where it stands, its form, its texts, and what keeps it from being published."""

    id: int
    report: str
    edition: int
    as_of: date
    state: str
    round: int
    invented: bool
    form: dict[str, str | int | date | None]
    sections: list[SectionOut]
    signatures: list[SignatureOut]
    refusals: list[str]


def shown(edition: Edition) -> EditionOut:
    """The edition as JSON."""
    titles = {section.key: str(section.title) for section in registry.get(edition.report).sections}
    checked = edition.state in (State.REVIEW, State.APPROVED)
    return EditionOut(
        id=edition.pk,
        report=edition.report,
        edition=edition.number,
        as_of=edition.as_of,
        state=edition.state,
        round=edition.round,
        invented=edition.invented,
        form={name: getattr(edition, name) for name in (*FORM_FIELDS, "minutes_text")},
        sections=[
            SectionOut(key=row.key, title=titles.get(row.key, row.key), text=row.body, version=row.version)
            for row in edition.sections.all()
        ],
        signatures=[
            SignatureOut(round=row.round, step=row.step, role=row.role, at=row.at, note=row.note)
            for row in edition.signoffs.all()
        ],
        refusals=[str(refusal) for refusal in refusals(edition)] if checked else [],
    )


def edition_or_404(viewer: Viewer, edition_id: int) -> Edition:
    """The edition, for those who may see it."""
    try:
        return edition_for(viewer, edition_id)
    except NoSuchEdition as error:
        raise HttpError(404, str(error)) from error


@contextmanager
def answering() -> Iterator[None]:
    """Answer 409 where the edition does not stand where the step begins, 422 for what has to be mended."""
    try:
        yield
    except _CONFLICTS as refusal:
        raise HttpError(409, str(refusal)) from refusal
    except (ReportError, SectionError) as refusal:
        raise HttpError(422, str(refusal)) from refusal
