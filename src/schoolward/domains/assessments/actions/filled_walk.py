"""The filled form of a walk that devices have journaled, kept whole when the walk is handed in.

An instrument that came as a form asks more than what is rated: texts, several choices, repeats. What devices
said of all that is played into the form in Python, which judges it anew, and is kept as any filled form is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.fillings import keep_filling, keep_filling_file
from schoolward.domains.assessments.filled_forms import session_of
from schoolward.domains.assessments.models import Filling, InstrumentFormat, WalkPhoto
from schoolward.domains.assessments.queries import Asked, asked_in
from schoolward.domains.assessments.walk_journals import WalkJournal
from schoolward.domains.assessments.walk_lists import repeat_of, strand_of_list
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.queries import open_file
from schoolward.protocols.walk_journal import Entry
from schoolward.protocols.xforms.session import (
    Fault,
    Session,
    Sources,
    StepRefused,
    Told,
    answers_told,
    faults_told,
    replay,
)


def _is_own(journal: WalkJournal) -> bool:
    """Whether the walk's form is the instrument's own, told without making the form."""
    assessment = journal.walk.assessment
    version = assessment.version if assessment is not None else None
    return version is not None and version.format != InstrumentFormat.YAML


def session_of_walk(journal: WalkJournal, *, at: datetime) -> Session | None:
    """The instrument's own form as it is filled by now; ``None`` where the walk's form is written here."""
    if not _is_own(journal):
        return None
    filling = Filling.objects.select_related("walk", "file").filter(walk=journal.walk).first()
    return filled_session(journal, at=at) if filling is None else session_of(filling)


def codes_not_asked(journal: WalkJournal, session: Session | None) -> list[str]:
    """The codes of the items whose condition does not hold: nobody is asked them."""
    if session is None:
        return []
    rated = [(path, place) for path, place in journal.form.places.items() if place.part == "rating"]
    return [place.code for path, place in rated if not session.find(path).live]


def has_conditions(journal: WalkJournal) -> bool:
    """Whether an answer may decide whether something else is asked."""
    return _is_own(journal) and journal.form.has_conditions


def asked_now(journal: WalkJournal, *, at: datetime) -> list[Asked]:
    """What a walk asks as it is filled by now, in walking order."""
    asked = asked_in(journal.walk)
    if journal.walk.submitted_at is not None or not has_conditions(journal):
        return asked
    left_out = frozenset(codes_not_asked(journal, session_of_walk(journal, at=at)))
    return [one for one in asked if one.item.code not in left_out]


def faults_of(session: Session | None) -> list[str]:
    """What keeps a filled form from being finished, each question in words; never its answer."""
    return [] if session is None else [_fault(one) for one in faults_told(session)]


def _fault(one: Fault) -> str:
    where = " · ".join((*one.headings, one.question))
    why = _("it needs an answer.") if one.is_missing else _("this answer is not allowed.")
    return f"“{where}”: {one.message or why}"


def keep_filled(journal: WalkJournal, session: Session, *, by: Viewer, at: datetime) -> None:
    """Keep the form as devices filled it, where none is kept yet."""
    walk = journal.walk
    if Filling.objects.filter(walk=walk).exists():
        return
    filling = keep_filling(walk_id=walk.pk, session=session, by=by, at=at)
    photos = {photo.sha256: photo for photo in WalkPhoto.objects.filter(walk=walk).select_related("file")}
    for name, sha256 in _photos_named(journal, session).items():
        with open_file(photos[sha256].file) as handle:
            keep_filling_file(filling=filling, name=name, stream=handle, by=by, at=at)


def list_of(journal: WalkJournal, repeat: str, strand: str) -> list[Told]:
    """What one strand has answered in a repeat (its path without positions), in the form's order."""
    entries = [one for one in journal.entries if one.strand == strand and one.kind != "note"]
    session = Session(journal.form.program, Sources(journal.rows[-1].received_at))
    _play(session, [one for one in entries if repeat_of(one.said.get("path", ""), journal) == repeat])
    return [one for one in answers_told(session) if repeat_of(one.path, journal) == repeat]


def filled_session(journal: WalkJournal, *, at: datetime) -> Session:
    """The form as it is after all that stands: the strand that handed in, and what others said beside it.

    Repeats are those of one strand, since positions mean different things on each: of the one that was
    chosen, else of the one that changed them. What does not fit any more is left out, as the page does.
    """
    sources = Sources(at, uuid=lambda: str(journal.walk.client_id))
    session = Session(journal.form.program, sources)
    main = next((row.strand for row in reversed(journal.rows) if row.kind == "submit"), None)
    chosen = {one.said["path"]: one.said["kept"] for one in journal.entries if "kept" in one.said}
    strands: dict[str, list[Entry]] = {}
    for entry in journal.entries:
        strands.setdefault(entry.strand, []).append(entry)
    for strand, entries in sorted(strands.items(), key=lambda pair: pair[0] == str(main)):
        kept = [one for one in entries if _counts(one, strand, str(main), journal, chosen)]
        _play(session, kept)
    session.finish()
    return session


def _counts(entry: Entry, strand: str, main: str, journal: WalkJournal, chosen: dict[str, str]) -> bool:
    """Whether an entry is part of the filled form."""
    path = entry.said.get("path", "")
    if repeat := repeat_of(path, journal):
        return strand == (chosen.get(f"{repeat}[]") or strand_of_list(repeat, main, journal))
    if entry.kind not in ("set", "photo"):
        return False
    return any(one.id == entry.id for one in journal.standing.get(path, ()))


def _play(session: Session, entries: Iterable[Entry]) -> None:
    for entry in entries:
        said = entry.said
        step = (
            {entry.kind: said["path"]}
            if entry.kind in ("add", "remove")
            else {
                "set": said["path"],
                "value": said["value"] if entry.kind == "set" else said.get("name", ""),
            }
        )
        try:
            replay(session, [step])
        except StepRefused:
            continue


def _photos_named(journal: WalkJournal, session: Session) -> dict[str, str]:
    """By the name that the filled form holds: the hash of the photograph that bears it."""
    values = {each.value for each in session.values() if each.live and each.value}
    said = [entry.said for entry in journal.entries if entry.kind == "photo"]
    return {one["name"]: one["photo"] for one in said if one.get("name") in values}
