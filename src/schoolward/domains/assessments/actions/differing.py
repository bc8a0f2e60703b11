"""Deciding where devices say different things of one walk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from schoolward.domains.assessments.actions.journaling import write_entries
from schoolward.domains.assessments.actions.meaning import Meaning
from schoolward.domains.assessments.actions.recording import audit
from schoolward.domains.assessments.actions.refusals import AssessmentRefused, WalkClosed
from schoolward.domains.assessments.actions.taking_in import hand_in
from schoolward.domains.assessments.actions.walking import open_walk
from schoolward.domains.assessments.walk_journals import journal_of
from schoolward.platform.access.viewer import Viewer
from schoolward.protocols.walk_journal import Conflict, Entry


@dataclass(frozen=True)
class Decided:
    """How many differences are left; whether the walk was handed in because none is; why not, if not."""

    left: int
    is_handed_in: bool
    problem: str = ""


@transaction.atomic
def decide_difference(*, walk_id: int, path: str, entry_id: str, by: Viewer, at: datetime) -> Decided:
    """Let one of several answers to a question stand. The choice is an entry too; all of them stay kept.

    Where it was the last one, and a device had handed in, the walk is handed in. Raises
    ``AssessmentRefused`` where there is no such choice any more, ``WalkClosed`` after the walk was handed in.
    """
    walk = open_walk(walk_id, by=by)
    if walk.submitted_at is not None:
        raise WalkClosed
    before = journal_of(walk)
    found = next((one for one in before.differences if one.path == path), None)
    chosen = next((one for one in found.entries if one.id == entry_id), None) if found else None
    if found is None or chosen is None:
        raise AssessmentRefused(
            _("This was decided already, or a device has said something else since. Look at the list again."),
            field="choice",
        )
    kind, payload = _choice(found, chosen)
    rows = write_entries(walk, [(uuid4(), kind, payload)], at=at)
    Meaning(before, by=by, at=at).apply(rows)
    audit("assessments.difference_decided", walk, by=by, entry=rows[0].pk.hex, chosen=chosen.id)
    after = journal_of(walk)
    left = len(after.differences)
    if left or not after.wants_in:
        return Decided(left, is_handed_in=False)
    problem = hand_in(walk, by=by, at=at)
    return Decided(0, is_handed_in=not problem, problem=problem)


def _choice(found: Conflict, chosen: Entry) -> tuple[str, dict[str, Any]]:
    """Kind and payload of the entry that decides: the chosen answer again, over all of them.

    The changes of a repeat cannot be said again; there the others are decided over, and the chosen stands.
    """
    if found.path.endswith("[]"):
        others = [one.id for one in found.entries if one.id != chosen.id]
        return "note", {"path": found.path, "text": "", "kept": chosen.strand, "over": others}
    over = [one.id for one in found.entries]
    return chosen.kind, {**chosen.said, "over": over}
