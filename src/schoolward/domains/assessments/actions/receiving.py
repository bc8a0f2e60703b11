"""Receiving filled forms by OpenRosa: answers, notes, photographs and files, and then the hand-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments.actions.fillings import keep_filling, keep_filling_file
from schoolward.domains.assessments.actions.refusals import AssessmentRefused, WalkClosed
from schoolward.domains.assessments.actions.submitting import submit_walk
from schoolward.domains.assessments.actions.walking import (
    PICTURE_TYPES,
    GivenAnswer,
    add_photo,
    give_answers,
    open_walk,
)
from schoolward.domains.assessments.filled_forms import client_number, named_files, waiting_files
from schoolward.domains.assessments.models import Filling, FillingWay, Walk
from schoolward.domains.assessments.queries import answers_by_code
from schoolward.domains.assessments.walk_forms import WalkForm, form_name, walk_form
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.store import Readable
from schoolward.protocols.xforms.problems import FormRefused
from schoolward.protocols.xforms.session import Session, Sources, read_submission


class Rewindable(Readable, Protocol):
    """A file that can be read again: two questions may name one."""

    def seek(self, offset: int, /) -> object: ...


@dataclass(frozen=True)
class Received:
    """What came of a request: what the form still waits for, and whether the walk is handed in now."""

    walk: Walk
    waiting: Sequence[str]
    is_submitted: bool


@transaction.atomic
def receive_form(
    *,
    walk_id: int,
    xml: bytes,
    files: Mapping[str, Rewindable],
    more_follow: bool,
    by: Viewer,
    at: datetime,
) -> Received:
    """Keep a filled form of the own walk, or further files of it: all of the request or nothing.

    Sent again it changes nothing. When every file that the form names is there, the walk is handed in.
    Raises ``AssessmentRefused`` with what to mend, ``WalkClosed`` and ``FillingConflict`` where the walk was
    handed in or filled otherwise, ``FileTooLarge`` and ``FileTypeRefused``.
    """
    walk = open_walk(walk_id, by=by)
    form = walk_form(walk, with_pins=False)
    try:
        session = read_submission(form.program, xml, Sources(at), known_as=form_name(walk))
    except FormRefused as refusal:
        raise AssessmentRefused(
            _("The filled form does not fit its walk. Fetch the form again. %(why)s") % {"why": refusal},
            field="form",
        ) from refusal
    _check_ratings(form, session)
    was_known = Filling.objects.filter(walk=walk).exists()
    if walk.submitted_at is not None and not was_known:
        raise WalkClosed
    filling = keep_filling(walk_id=walk_id, session=session, by=by, at=at, way=FillingWay.OPENROSA, xml=xml)
    if not was_known:
        answers = _answers(walk, form, session, filling.instance_id, at)
        if answers:
            give_answers(walk_id=walk_id, answers=answers, by=by, at=at)
    for name, stream in files.items():
        _keep_file(walk, form, session, filling, name, stream, by=by, at=at)
    waiting = waiting_files(filling, session)
    if not waiting and not more_follow and walk.submitted_at is None:
        walk = submit_walk(walk_id=walk_id, by=by, at=at).walk
    return Received(walk, waiting, walk.submitted_at is not None)


def _check_ratings(form: WalkForm, session: Session) -> None:
    """What is no answer of its scale would be read as none, and be lost."""
    for path, place in form.places.items():
        given = session.find(path)
        if place.part == "rating" and given.live and given.base and not given.value:
            raise AssessmentRefused(
                _("The filled form has an answer to %(code)s that its scale does not have.")
                % {"code": place.code},
                field="answer",
            )


def _answers(
    walk: Walk, form: WalkForm, session: Session, instance_id: str, at: datetime
) -> list[GivenAnswer]:
    """What the form says of items. A note without a rating stands beside the rating that is there."""
    ratings: dict[str, str] = {}
    notes: dict[str, str] = {}
    numbers: dict[str, str] = {}
    for path, place in form.places.items():
        value = session.find(path).value
        if not value or place.part not in ("rating", "note"):
            continue
        (ratings if place.part == "rating" else notes)[place.code] = value
        numbers.setdefault(place.code, path)
    before = answers_by_code(walk.pk)
    return [
        GivenAnswer(
            code=code,
            answer=_given(ratings[code]) if code in ratings else before.get(code),
            note=notes.get(code, ""),
            client_id=client_number(instance_id, path),
            given_at=at,
        )
        for code, path in numbers.items()
    ]


def _given(value: str) -> int | Mark:
    return Mark(value) if value in list(Mark) else int(value)


def _keep_file(
    walk: Walk,
    form: WalkForm,
    session: Session,
    filling: Filling,
    name: str,
    stream: Rewindable,
    *,
    by: Viewer,
    at: datetime,
) -> None:
    paths = [path for path, named in named_files(session).items() if named == name]
    if not paths:
        raise AssessmentRefused(
            _("The filled form names no file “%(name)s”. Send the files that it names.")
            % {"name": name[:60]},
            field="file",
        )
    for path in paths:
        place = form.places.get(path)
        if place is None:
            keep_filling_file(
                filling=filling, name=name, stream=stream, by=by, at=at, allowed=_allowed(session, path)
            )
            continue
        add_photo(
            walk_id=walk.pk,
            code=place.code,
            stream=stream,
            file_name=name,
            client_id=client_number(filling.instance_id, path),
            by=by,
            at=at,
        )


def _allowed(session: Session, path: str) -> frozenset[str] | None:
    """The types that a question takes: pictures where it asks for one, otherwise any."""
    node = session.program.layout.nodes[session.find(path).node]
    control = session.program.controls[node["control"]] if "control" in node else {}
    media_type = control.get("attributes", {}).get("mediatype", "")
    return PICTURE_TYPES if media_type.startswith("image/") else None
