"""Entries of the strand of the pages here: what is answered and decided with a network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from schoolward.domains.assessments.models import Answer, Walk, WalkEntry
from schoolward.domains.assessments.walk_journals import Stored, journal_of, name_of, note_id, pages_strand
from schoolward.protocols.walk_journal import entry_hash

Step = tuple[UUID, str, dict[str, Any]]
"""Id, kind and payload of an entry."""


def write_entries(walk: Walk, steps: Iterable[Step], *, at: datetime) -> list[WalkEntry]:
    """Add entries to the strand of the pages, in the caller's transaction, which holds the walk's lock."""
    strand = pages_strand(walk)
    following = Stored(walk).following(str(strand))
    rows = []
    for sequence, (id, kind, payload) in enumerate(steps, start=following):
        said = {
            "id": str(id),
            "walk": name_of(walk),
            "strand": str(strand),
            "sequence": sequence,
            "moment": at.isoformat(),
            "kind": kind,
            "payload": json.dumps(payload),
        }
        made = {**said, "id": id, "strand": strand, "walk": walk, "sha256": entry_hash(said)}
        rows.append(WalkEntry(received_at=at, **made))
    return WalkEntry.objects.bulk_create(rows, batch_size=500)


def journal_answers(
    walk: Walk, answers: Sequence[tuple[str, Answer, Sequence[str]]], *, at: datetime
) -> list[WalkEntry]:
    """Write answers into the strand of the pages: code, answer, and the ids of what stood where it was given.

    What was seen is decided over, the note as well as the rating.
    """
    paths = journal_of(walk).paths
    steps: list[Step] = []
    for code, answer, seen in answers:
        over = {"over": list(seen)} if seen else {}
        # A note that stands alone rates nothing.
        if not answer.text and (path := paths.get((code, "rating", 1))):
            value = answer.mark or str(answer.value)
            steps.append((answer.client_id, "set", {"path": path, "value": value, **over}))
        if (answer.note or seen) and (path := paths.get((code, "note", 1))):
            steps.append((note_id(answer.client_id), "set", {"path": path, "value": answer.note, **over}))
    return write_entries(walk, steps, at=at)
