"""Answers and photographs of a walk. Whatever is sent twice is kept once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Mark as GivenMark
from schoolward.domains.assessments.actions.journaling import journal_answers
from schoolward.domains.assessments.actions.recording import audit, check_site, locked
from schoolward.domains.assessments.actions.refusals import (
    AnswerConflict,
    AssessmentRefused,
    NotTheAssessor,
    WalkClosed,
)
from schoolward.domains.assessments.models import Answer, AnswerPhoto, SitePlan, Walk
from schoolward.domains.assessments.queries import Asked, asked_in, current_answers, last_time
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import plain_name, store_file
from schoolward.platform.files.store import Readable

PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/heic"})
LONGEST_NOTE = 2000


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """One answer as it is sent. ``client_id`` is made where it is given, once for each answer.

    ``seen`` are the ids of the journal's entries that stood at the item where the answer was given: it
    decides over them. Without an ``answer`` a note stands alone: the item
    stays unrated.
    """

    code: str
    answer: Given | None
    client_id: UUID = field(default_factory=uuid4)
    note: str = ""
    given_at: datetime | None = None
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kept:
    """How many answers were kept now, and how many had been kept before."""

    new: int
    known: int


def open_walk(walk_id: int, *, by: Viewer) -> Walk:
    """The viewer's own walk that is not submitted yet, for writing."""
    walk = locked(
        Walk,
        walk_id,
        by=by,
        permission="assessments.walk",
        related=("assessment__version__instrument", "assessment__version__file", "reinspection"),
    )
    if not by.is_system and walk.assessor_id != by.account_id:
        raise NotTheAssessor
    return walk


@transaction.atomic
def give_answers(
    *,
    walk_id: int,
    answers: Sequence[GivenAnswer],
    by: Viewer,
    at: datetime,
    is_journaled: bool = False,
) -> Kept:
    """Keep answers of the own walk: all of them or, where one is refused, none.

    Where devices journal the walk, the answers go into the journal too, unless they come from there
    (``is_journaled``).

    Raises ``AssessmentRefused`` for an item that is not asked here and for an answer that is none of its
    scale's, ``WalkClosed`` for new answers after the walk was submitted, ``AnswerConflict`` where an answer's
    number was used for another content. What was kept before counts as known, also after the submission.
    """
    walk = open_walk(walk_id, by=by)
    asked = {one.item.code: one for one in asked_in(walk)}
    numbers = [one.client_id for one in answers]
    known = {
        row.client_id: row for row in Answer.objects.filter(client_id__in=numbers).select_related("item")
    }
    fresh: dict[UUID, Answer] = {}
    for one in answers:
        row = _row(walk, asked, one, by=by, at=at)
        before = known.get(one.client_id) or fresh.get(one.client_id)
        if before is None:
            fresh[one.client_id] = row
        elif _content(before) != _content(row):
            raise AnswerConflict(one.code)
    if fresh and walk.submitted_at is not None:
        raise WalkClosed
    Answer.objects.bulk_create(fresh.values(), batch_size=500)
    if fresh:
        audit("assessments.answered", walk, by=by, answers=len(fresh))
        if not is_journaled and walk.entries.exists():
            given = {one.client_id: one for one in answers}
            said = [(given[row.client_id].code, row, given[row.client_id].seen) for row in fresh.values()]
            journal_answers(walk, said, at=at)
    return Kept(len(fresh), len(answers) - len(fresh))


def _row(walk: Walk, asked: dict[str, Asked], one: GivenAnswer, *, by: Viewer, at: datetime) -> Answer:
    item = asked.get(one.code)
    if item is None:
        raise AssessmentRefused(
            _("%(code)s is not asked in this walk. Load the page anew.") % {"code": one.code[:64]},
            field="code",
        )
    note = one.note.strip()
    if one.answer is None and not note:
        raise AssessmentRefused(
            _("%(code)s has neither an answer nor a note. Give one of them.") % {"code": one.code},
            field="answer",
        )
    if one.answer is not None and not item.scale.allows(one.answer):
        offered = [str(choice.value) for choice in item.scale.choices]
        raise AssessmentRefused(
            _("%(answer)s is no answer to %(code)s. Choose one of %(choices)s.")
            % {"answer": str(one.answer), "code": one.code, "choices": ", ".join(offered)},
            field="answer",
        )
    if len(note) > LONGEST_NOTE or "\0" in note:
        raise AssessmentRefused(
            _("The note of %(code)s is too long, or holds what is no text. Write at most 2,000 characters.")
            % {"code": one.code},
            field="note",
        )
    is_mark = isinstance(one.answer, GivenMark)
    return Answer(
        walk_id=walk.pk,
        item_id=item.row.pk,
        value=None if is_mark else one.answer,
        mark=str(one.answer) if is_mark else "",
        text=note if one.answer is None else "",
        note=note,
        client_id=one.client_id,
        given_at=one.given_at or at,
        at=at,
        by_name=by.account_name,
    )


def _content(row: Answer) -> tuple[object, ...]:
    return (row.walk_id, row.item_id, row.value, str(row.mark), row.note)


@transaction.atomic
def answer_as_last_time(*, walk_id: int, section: str, by: Viewer, at: datetime) -> Kept:
    """Answer what is still open in a stretch of the walk as the assessment before did.

    Raises ``AssessmentRefused`` where nothing of it was answered then.
    """
    walk = open_walk(walk_id, by=by)
    before = last_time(walk)
    answered = current_answers(walk.pk)[walk.pk]
    repeated = [
        GivenAnswer(code=one.item.code, answer=before[one.item.code])
        for one in asked_in(walk)
        if one.section == section
        and one.row.pk not in answered
        and one.item.code in before
        and one.scale.allows(before[one.item.code])
    ]
    if not repeated:
        raise AssessmentRefused(_("Nothing that is open here was answered last time."))
    return give_answers(walk_id=walk_id, answers=repeated, by=by, at=at)


@dataclass(frozen=True, kw_only=True)
class Pin:
    """Where a photograph was taken: on earth (degrees), or on a plan (shares of its width and height)."""

    longitude: float | None = None
    latitude: float | None = None
    plan_id: int | None = None
    x: float | None = None
    y: float | None = None


NOWHERE = Pin()


@transaction.atomic
def add_photo(
    *,
    walk_id: int,
    code: str,
    stream: Readable,
    file_name: str,
    client_id: UUID,
    by: Viewer,
    at: datetime,
    caption: str = "",
    pin: Pin = NOWHERE,
    invented: bool = False,
) -> AnswerPhoto:
    """Keep a photograph of an item in the own walk; sent twice, it is kept once.

    Raises ``FileTooLarge``, ``FileTypeRefused`` for what is no picture, ``AnswerConflict`` where its number
    is another photograph's, so that no picture ever stands at another walk's item.
    """
    walk = open_walk(walk_id, by=by)
    item = next((one.row for one in asked_in(walk) if one.item.code == code), None)
    if item is None:
        raise AssessmentRefused(
            _("%(code)s is not asked in this walk. Load the page anew.") % {"code": code[:64]}, field="code"
        )
    _check_pin(pin, walk.campus_id)
    stored = store_file(stream, name=file_name, by=by, at=by.at, allowed=PICTURE_TYPES)
    known = AnswerPhoto.objects.filter(client_id=client_id).first()
    if known is not None:
        if (known.walk_id, known.item_id, known.sha256) != (walk.pk, item.pk, stored.sha256):
            raise AnswerConflict(code)
        return known
    if walk.submitted_at is not None:
        raise WalkClosed
    photo = AnswerPhoto.objects.create(
        walk=walk,
        item_id=item.pk,
        file=stored,
        sha256=stored.sha256,
        file_name=plain_name(file_name),
        caption=caption.strip()[:200],
        longitude=pin.longitude,
        latitude=pin.latitude,
        plan_id=pin.plan_id,
        plan_x=pin.x,
        plan_y=pin.y,
        client_id=client_id,
        at=at,
        by_name=by.account_name,
        invented=invented,
    )
    audit("assessments.photo_added", walk, by=by, photo=photo.pk, sha256=stored.sha256)
    return photo


def _check_pin(pin: Pin, campus_id: int) -> None:
    half = (pin.longitude is None) != (pin.latitude is None) or (pin.plan_id is None) != (pin.x is None)
    if half or (pin.x is None) != (pin.y is None):
        raise AssessmentRefused(_("The pin is not whole. Set it again, or leave it out."), field="pin")
    on_earth = pin.longitude is None or (
        -180 <= pin.longitude <= 180 and pin.latitude is not None and -90 <= pin.latitude <= 90
    )
    on_plan = pin.x is None or (0 <= pin.x <= 1 and pin.y is not None and 0 <= pin.y <= 1)
    if not on_earth or not on_plan:
        raise AssessmentRefused(_("The pin lies outside. Set it again, or leave it out."), field="pin")
    if pin.plan_id is not None and not SitePlan.objects.filter(pk=pin.plan_id, campus_id=campus_id).exists():
        raise AssessmentRefused(_("The pin stands on the plan of another site."), field="pin")


@transaction.atomic
def add_site_plan(*, campus_id: int, stream: Readable, file_name: str, by: Viewer, at: datetime) -> SitePlan:
    """Keep a plan of a site as a picture. New pins go onto the newest; older pins stay on theirs."""
    check_site(by, campus_id, "assessments.plan")
    stored = store_file(stream, name=file_name, by=by, at=by.at, allowed=PICTURE_TYPES)
    plan = SitePlan.objects.create(
        campus_id=campus_id,
        file=stored,
        file_name=plain_name(file_name),
        added_at=at,
        added_by_name=by.account_name,
    )
    audit("assessments.site_plan_added", plan, by=by, campus=campus_id)
    return plan
