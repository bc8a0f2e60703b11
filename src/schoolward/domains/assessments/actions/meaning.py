"""What entries of a journal mean: answers, notes, photographs and pins of the walk's items.

An entry is kept whatever it says. What is none of the item's answers, and what comes after the walk was
handed in, changes nothing; the page of the journal names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from schoolward.analysis.assessing.shapes import Answer as Given
from schoolward.analysis.assessing.shapes import Mark
from schoolward.domains.assessments.actions.walking import LONGEST_NOTE, GivenAnswer, give_answers
from schoolward.domains.assessments.models import Answer, AnswerPhoto, SitePlan, WalkEntry, WalkPhoto
from schoolward.domains.assessments.queries import Asked, asked_in, given, site_plan
from schoolward.domains.assessments.walk_journals import WalkJournal, entry_of
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.files.actions import plain_name
from schoolward.protocols.walk_journal import Entry, over
from schoolward.protocols.xforms.checklist import Place

_PIN = re.compile(r"(0|1|0?\.\d{1,9}|1\.0+) (0|1|0?\.\d{1,9}|1\.0+)\Z")


@dataclass
class Meant:
    """What was made of entries: so many answers and photographs."""

    answers: int = 0
    photos: int = 0


@dataclass(frozen=True)
class _Said:
    """An answer with its strand and moment, as far as it decides over the next one."""

    strand: str
    at: datetime
    answer: Given | None
    note: str


def read_choice(text: str) -> Given | None:
    """A rating as a form stores it, or ``None`` for what is none."""
    if text in list(Mark):
        return Mark(text)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def clean(text: str) -> str:
    """A text that every database takes: without zeros and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


class Meaning:
    """Makes of new entries what they mean, in the order of their strands."""

    def __init__(self, journal: WalkJournal, *, by: Viewer, at: datetime) -> None:
        """``journal`` is as it was before the new entries."""
        self._walk, self._by, self._at = journal.walk, by, at
        self._places, self._paths = journal.form.places, journal.paths
        self._asked: dict[str, Asked] = {one.item.code: one for one in asked_in(self._walk)}
        self._values: dict[tuple[str, str], str] = {}
        self._photo_of: dict[tuple[str, str], str] = {}
        strand_of = {row.pk: str(row.strand) for row in journal.rows}
        for row in journal.rows:
            self._note(entry_of(row, self._walk))
        self._said: dict[str, list[_Said]] = {}
        for answer in Answer.objects.filter(walk=self._walk).select_related("item").order_by("pk"):
            strand = strand_of.get(answer.client_id, "")
            told = _Said(strand, answer.given_at, given(answer), answer.note)
            self._said.setdefault(answer.item.code, []).append(told)
        self._given: list[GivenAnswer] = []
        self._meant = Meant()

    def apply(self, rows: Iterable[WalkEntry]) -> Meant:
        """Keep what the entries mean. Nothing is kept of a walk that was handed in."""
        for row in rows:
            entry = entry_of(row, self._walk)
            self._note(entry)
            place = self._places.get(entry.said.get("path", ""))
            if self._walk.submitted_at is None and place is not None and place.code in self._asked:
                self._apply(entry, place, row)
        if self._given:
            known = {one.client_id for one in self._given}
            taken = set(Answer.objects.filter(client_id__in=known).values_list("client_id", flat=True))
            new = [one for one in self._given if one.client_id not in taken]
            kept = give_answers(
                walk_id=self._walk.pk, answers=new, by=self._by, at=self._at, is_journaled=True
            )
            self._meant.answers = kept.new
        return self._meant

    def _note(self, entry: Entry) -> None:
        """Remember what a strand says last of a path."""
        if entry.kind == "set":
            self._values[entry.strand, entry.said["path"]] = entry.said["value"]
        elif entry.kind == "photo":
            self._photo_of[entry.strand, entry.said["path"]] = entry.id

    def _apply(self, entry: Entry, place: Place, row: WalkEntry) -> None:
        if entry.kind == "photo" and place.part == "photo":
            self._photo(entry, place)
        elif entry.kind == "set" and place.part in ("rating", "note"):
            self._answer(entry, place, row)
        elif entry.kind == "set" and place.part == "pin":
            self._pin(entry.strand, place, entry.said.get("plan"))

    def _answer(self, entry: Entry, place: Place, row: WalkEntry) -> None:
        before = self._said.setdefault(place.code, [])
        seen = before if over(entry) else [one for one in before if one.strand == entry.strand]
        # Of several of one moment the one that was kept last.
        counting = max(reversed(before), key=lambda one: one.at, default=None)
        own = {part: self._own(entry.strand, place.code, part) for part in ("rating", "note")}
        if own["rating"] is not None:
            answer = read_choice(own["rating"])
        else:
            answer = counting.answer if counting is not None else None
        if answer is not None and not self._asked[place.code].scale.allows(answer):
            return
        note = own["note"]
        if note is None:
            note = counting.note if counting is not None and (over(entry) or own["rating"] is None) else ""
        # Within a strand the order of its entries counts, and what was decided over lies before; whatever
        # the device's clock says.
        moment = max([self._moment(entry, row), *(one.at for one in seen)])
        note = clean(note).strip()[:LONGEST_NOTE]
        if answer is None and not note:
            return
        self._given.append(
            GivenAnswer(code=place.code, answer=answer, client_id=UUID(entry.id), note=note, given_at=moment)
        )
        before.append(_Said(entry.strand, moment, answer, note))

    def _own(self, strand: str, code: str, part: str) -> str | None:
        """What a strand says last of a part of an item."""
        return self._values.get((strand, self._paths.get((code, part, 1), "")))

    def _moment(self, entry: Entry, row: WalkEntry) -> datetime:
        """When it was given by the true clock: not after it was received."""
        ahead = timedelta(seconds=row.skew_s or 0)
        try:
            return min(datetime.fromisoformat(entry.moment) - ahead, self._at)
        except OverflowError:
            return self._at

    def _photo(self, entry: Entry, place: Place) -> None:
        id, said = UUID(entry.id), entry.said
        put = WalkPhoto.objects.filter(walk=self._walk, sha256=said["photo"]).first()
        if put is None or AnswerPhoto.objects.filter(client_id=id).exists():
            return
        AnswerPhoto.objects.create(
            walk=self._walk,
            item_id=self._asked[place.code].row.pk,
            file=put.file,
            sha256=put.sha256,
            file_name=plain_name(clean(str(said.get("name", "")))),
            client_id=id,
            at=self._at,
            by_name=self._by.account_name,
        )
        self._meant.photos += 1
        self._pin(entry.strand, place, None)

    def _pin(self, strand: str, place: Place, plan_id: object) -> None:
        """Set the pin of a strand's photograph, whichever of the two came first."""
        photo = self._photo_of.get((strand, self._paths.get((place.code, "photo", place.number), "")))
        value = self._values.get((strand, self._paths.get((place.code, "pin", place.number), "")), "")
        found = _PIN.match(value)
        plan = self._plan(plan_id)
        if photo is None or found is None or plan is None:
            return
        across, down = float(found[1]), float(found[2])
        AnswerPhoto.objects.filter(client_id=photo).update(plan=plan, plan_x=across, plan_y=down)

    def _plan(self, plan_id: object) -> SitePlan | None:
        """The plan that the device showed, where it is one of the campus; otherwise the newest."""
        if isinstance(plan_id, int) and 0 < plan_id < 2**63:
            named = SitePlan.objects.filter(pk=plan_id, campus_id=self._walk.campus_id).first()
            if named is not None:
                return named
        return site_plan(self._walk.campus_id)
