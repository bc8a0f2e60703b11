"""Reads of a walk's journal: what is stored of it, what stands, and where devices say different things.

Answers that were kept without an entry (before there was a journal, or brought in) count as the first ones of
the strand of the pages here, so that one rule covers all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from uuid import UUID, uuid5

from django.db.models import Max, Min

from schoolward.domains.assessments.models import Answer, Walk, WalkEntry, WalkPhoto
from schoolward.domains.assessments.walk_forms import WalkForm, walk_form
from schoolward.platform.files.store import path_of
from schoolward.protocols.walk_journal import Conflict, Entry, Receipt, conflicts, entry_hash, standing

KEPT_SEPARATELY = frozenset(("photo", "pin", "place"))
"""Parts of an item of which every device's are kept beside each other: they contradict nothing."""


def pages_strand(walk: Walk) -> UUID:
    """The strand of what is answered on the pages here, with a network."""
    return uuid5(walk.client_id, "schoolward pages")


def note_id(answer_id: UUID) -> UUID:
    """The id of the note's entry, where answer and note were given with one number."""
    return uuid5(answer_id, "note")


def name_of(walk: Walk) -> str:
    """The name of a walk in its journal.

    It is never another walk's, also where a copy of the database was put back and numbers of rows are given
    a second time.
    """
    return str(walk.client_id)


def entry_of(row: WalkEntry, walk: Walk) -> Entry:
    """A stored entry of a walk as the protocol has it."""
    return Entry(
        id=str(row.pk),
        walk=name_of(walk),
        strand=str(row.strand),
        sequence=row.sequence,
        moment=row.moment,
        kind=row.kind,
        payload=row.payload,
        sha256=row.sha256,
    )


class Stored:
    """What is stored of a walk, for the judge of what comes in."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk

    def receipt(self, id: str) -> Receipt | None:
        """The receipt of a stored entry, of whatever walk."""
        row = WalkEntry.objects.filter(pk=id).first()
        return None if row is None else Receipt(str(row.pk), row.sequence, row.sha256)

    def following(self, strand: str) -> int:
        """The sequence number that a strand of the walk goes on with."""
        held = self._walk.entries.filter(strand=strand).aggregate(last=Max("sequence"))
        return int(held["last"] or 0) + 1

    def has_photo(self, sha256: str) -> bool:
        """Whether the walk has this photograph."""
        return WalkPhoto.objects.filter(walk=self._walk, sha256=sha256).exists()

    def receipts(self, strand: str, after: int) -> list[Receipt]:
        """The receipts of a strand with a sequence above a number."""
        held = self._walk.entries.filter(strand=strand, sequence__gt=after).order_by("sequence")
        rows = held.values_list("pk", "sequence", "sha256")
        return [Receipt(str(pk), sequence, sha256) for pk, sequence, sha256 in rows]


@dataclass(frozen=True)
class WalkJournal:
    """The journal of one walk with the form that its paths belong to."""

    walk: Walk
    rows: tuple[WalkEntry, ...]

    @cached_property
    def form(self) -> WalkForm:
        """The form of the walk."""
        return walk_form(self.walk)

    @cached_property
    def paths(self) -> Mapping[tuple[str, str, int], str]:
        """The path of a part of an item, by its code, part and number."""
        return {(place.code, place.part, place.number): path for path, place in self.form.places.items()}

    @cached_property
    def entries(self) -> list[Entry]:
        """All entries; answers that came without one stand first in the strand of the pages."""
        return [*self._answers_without_entries(), *(entry_of(row, self.walk) for row in self.rows)]

    @cached_property
    def standing(self) -> dict[str, tuple[Entry, ...]]:
        """By path: what each strand says last and nobody has decided over."""
        return standing(self.entries)

    @cached_property
    def differences(self) -> list[Conflict]:
        """Where devices say different things, and nobody has decided."""
        places = self.form.places
        return [
            one
            for one in conflicts(self.entries)
            if one.path not in places or places[one.path].part not in KEPT_SEPARATELY
        ]

    @cached_property
    def codes_that_differ(self) -> frozenset[str]:
        """The codes of the items of which devices say different things."""
        places = self.form.places
        return frozenset(places[one.path].code for one in self.differences if one.path in places)

    @cached_property
    def devices(self) -> dict[str, int]:
        """The number of each device by its strand, in the order in which they were first heard of; the pages
        here are number 0."""
        begun = self.walk.entries.order_by().values("strand").annotate(first=Min("received_at"))
        pages = str(pages_strand(self.walk))
        strands = [str(one["strand"]) for one in begun.order_by("first", "strand")]
        others = [strand for strand in strands if strand != pages]
        return {pages: 0, **{strand: number for number, strand in enumerate(others, start=1)}}

    def is_whole(self, row: WalkEntry) -> bool:
        """Whether an entry is what its hash says."""
        return entry_hash(asdict(entry_of(row, self.walk))) == row.sha256

    @cached_property
    def gaps(self) -> list[UUID]:
        """The strands that lack an entry before their last one."""
        last: dict[UUID, int] = {}
        broken = []
        for row in self.rows:
            if row.sequence != last.get(row.strand, 0) + 1 and row.strand not in broken:
                broken.append(row.strand)
            last[row.strand] = row.sequence
        return broken

    @cached_property
    def photos_missing(self) -> list[str]:
        """The photographs that entries name, and that are not in the folder of files."""
        named = {entry.said["photo"] for entry in self.entries if entry.kind == "photo"}
        held = WalkPhoto.objects.filter(walk=self.walk).values_list("sha256", flat=True)
        kept = {sha256 for sha256 in held if path_of(sha256).is_file()}
        return sorted(named - kept)

    @property
    def wants_in(self) -> bool:
        """Whether a device has handed in and the walk is not; what is answered after it takes that back."""
        if self.walk.submitted_at is not None:
            return False
        last = {row.strand: row.kind for row in self.rows}
        return "submit" in last.values()

    @cached_property
    def late(self) -> int:
        """How many answers and photographs came after the walk was handed in: kept, and without effect."""
        if self.walk.submitted_at is None:
            return 0
        kept = {*self.walk.answers.values_list("client_id", flat=True)}
        kept |= {*self.walk.photos.values_list("client_id", flat=True)}
        said = (row for row in self.rows if row.kind in ("set", "photo") and row.pk not in kept)
        places = (self.form.places.get(entry_of(row, self.walk).said["path"]) for row in said)
        return sum(place is not None and place.part in ("rating", "photo") for place in places)

    def seen(self, code: str) -> list[str]:
        """The ids of what stands of an item, for an answer that is given in sight of it."""
        parts = (self.paths.get((code, part, 1), "") for part in ("rating", "note"))
        return [entry.id for path in parts for entry in self.standing.get(path, ())]

    def _answers_without_entries(self) -> list[Entry]:
        answers = Answer.objects.filter(walk=self.walk).select_related("item").order_by("pk")
        known = {row.pk for row in self.rows}
        found: list[tuple[UUID, str, str, str]] = []
        for answer in answers:
            path = self.paths.get((answer.item.code, "rating", 1))
            if answer.client_id in known or path is None or answer.text:
                continue
            value = answer.mark or str(answer.value)
            moment = answer.given_at.isoformat()
            found.append((answer.client_id, moment, path, value))
            if answer.note and (path := self.paths.get((answer.item.code, "note", 1))):
                found.append((note_id(answer.client_id), moment, path, answer.note))
        return [
            Entry(
                id=str(id),
                walk=name_of(self.walk),
                strand=str(pages_strand(self.walk)),
                sequence=place - len(found),
                moment=moment,
                kind="set",
                payload=json.dumps({"path": path, "value": value}),
                sha256="",
            )
            for place, (id, moment, path, value) in enumerate(found)
        ]


def journal_of(walk: Walk) -> WalkJournal:
    """The journal of a walk, as it is stored now."""
    return WalkJournal(walk, tuple(walk.entries.order_by("strand", "sequence")))
