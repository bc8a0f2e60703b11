"""What devices say differently, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from schoolward.domains.assessments import queries
from schoolward.domains.assessments.actions.filled_walk import list_of
from schoolward.domains.assessments.actions.meaning import read_choice
from schoolward.domains.assessments.models import AnswerPhoto
from schoolward.domains.assessments.queries import Asked
from schoolward.domains.assessments.views.showing import answer_label
from schoolward.domains.assessments.walk_journals import WalkJournal
from schoolward.domains.assessments.walk_lists import repeat_of
from schoolward.protocols.walk_journal import Conflict, Entry


@dataclass(frozen=True)
class ShownVoice:
    """One device's answer: its entry, the device's number (0: the pages here), and what it says."""

    id: str
    device: int
    words: str
    note: str
    moment: datetime | None
    photos: list[AnswerPhoto]


@dataclass(frozen=True)
class ShownDifference:
    """A question to which devices give different answers."""

    path: str
    text: str
    section: str
    part: str
    voices: list[ShownVoice]


def shown_differences(journal: WalkJournal) -> list[ShownDifference]:
    """The differences of a walk in walking order, then those of other questions of its form."""
    asked = {one.item.code: one for one in queries.asked_in(journal.walk)}
    order = {code: place for place, code in enumerate(asked)}
    places = journal.form.places
    shown = []
    for one in journal.differences:
        place = places.get(one.path)
        item = asked.get(place.code) if place is not None else None
        key = order[item.item.code] if item is not None else len(order)
        shown.append((key, _shown(journal, one, item, place.part if place is not None else "")))
    return [difference for _key, difference in sorted(shown, key=lambda pair: (pair[0], pair[1].path))]


def _shown(journal: WalkJournal, one: Conflict, item: Asked | None, part: str) -> ShownDifference:
    return ShownDifference(
        path=one.path,
        text=item.item.text if item is not None else _question(journal, one),
        section=item.section_title if item is not None else "",
        part=_("Note") if part == "note" else "",
        voices=[_voice(journal, entry, item, part) for entry in one.entries],
    )


def _voice(journal: WalkJournal, entry: Entry, item: Asked | None, part: str) -> ShownVoice:
    note, photos = "", []
    if item is not None:
        of_strand = {row.pk for row in journal.rows if str(row.strand) == entry.strand}
        pictures = queries.photos_by_item([journal.walk.pk]).get(item.row.pk, [])
        photos = [photo for photo in pictures if photo.client_id in of_strand]
        if part == "rating":
            path = journal.paths.get((item.item.code, "note", 1), "")
            standing = journal.standing.get(path, ())
            note = next((one.said["value"] for one in standing if one.strand == entry.strand), "")
    return ShownVoice(
        entry.id,
        journal.devices.get(entry.strand, 0),
        _words(journal, entry, item, part),
        note,
        _moment(entry),
        photos,
    )


def _words(journal: WalkJournal, entry: Entry, item: Asked | None, part: str) -> str:
    said = entry.said
    if entry.kind in ("add", "remove"):
        return _list(journal, entry)
    if entry.kind == "photo":
        return _("another photograph")
    value = str(said["value"])
    if item is not None and part == "rating":
        return answer_label(item.scale, read_choice(value)) or value
    return value or _("nothing")


def _list(journal: WalkJournal, entry: Entry) -> str:
    """What the list of a device holds, line by line."""
    told = list_of(journal, repeat_of(entry.said["path"], journal), entry.strand)
    held = "; ".join(f"{' · '.join((*one.headings, one.question))}: {one.answer}" for one in told)
    return _("Its list: %(held)s") % {"held": held or _("nothing is answered in it")}


def _moment(entry: Entry) -> datetime | None:
    try:
        return datetime.fromisoformat(entry.moment)
    except ValueError:
        return None


def _question(journal: WalkJournal, difference: Conflict) -> str:
    """The words of a question of the instrument's own form, in a list with its place there; or its name."""
    path, strand = difference.path, difference.entries[0].strand
    repeat = repeat_of(path.removesuffix("[]"), journal)
    for one in list_of(journal, repeat, strand) if repeat else ():
        if one.path == path:
            return " · ".join((*one.headings, one.question))
    plain = "/".join(part.partition("[")[0] for part in path.split("/"))
    compiled = journal.form.compiled
    number = next((node.get("control") for node in compiled["nodes"] if node["path"] == plain), None)
    label = compiled["controls"][number].get("label", {}) if number is not None else {}
    wording = next(iter(label.values()), "")
    return wording if isinstance(wording, str) and wording else plain.rpartition("/")[2]
