"""A case's entries in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from schoolward.domains.alarms.models import (
    CallOutcome,
    CaseEntry,
    Cause,
    Disposition,
    EntryKind,
    EvidenceKind,
)
from schoolward.domains.alarms.queries import Responders

_OUTCOMES = dict(CallOutcome.choices)
_EVIDENCE = dict(EvidenceKind.choices)
_DISPOSITIONS = dict(Disposition.choices)
_CAUSES = dict(Cause.choices)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as the timeline shows it."""

    entry: CaseEntry
    label: str
    detail: str
    tone: str


_TONES = {
    EntryKind.OPENED: "bad",
    EntryKind.SIGNAL: "bad",
    EntryKind.ESCALATED: "watch",
    EntryKind.DISPATCHED_POLICE: "watch",
    EntryKind.DISPATCHED_GUARD: "watch",
    EntryKind.CLOSED: "good",
}


def told(entries: Iterable[CaseEntry], responders: Responders, *, shows_numbers: bool = True) -> list[Told]:
    """The entries in words, the newest first; without ``shows_numbers`` nobody learns where was called."""
    found = [
        Told(
            entry,
            str(entry.get_kind_display()),
            _detail(entry, responders, shows_numbers=shows_numbers),
            _TONES.get(EntryKind(entry.kind), "plain"),
        )
        for entry in entries
    ]
    return found[::-1]


def _confirmed(detail: Mapping[str, Any]) -> list[str]:
    """The second word of a closing: against a threat, or for leaving systems that are lost."""
    why = detail.get("confirmation")
    if not why:
        return []
    if detail.get("still_lost"):
        told = {"systems": detail["still_lost"], "why": why}
        return [_("not heard from still: %(systems)s; closed all the same: %(why)s") % told]
    return [_("confirmed: %(why)s") % {"why": why}]


def _detail(entry: CaseEntry, responders: Responders, *, shows_numbers: bool) -> str:
    detail = entry.detail
    parts: list[object] = []
    if entry.kind == EntryKind.CALL:
        number = str(detail.get("number", ""))
        who = str(detail.get("title") or "")
        parts = [
            who if not shows_numbers else f"{who} ({number})" if who else number,
            _OUTCOMES.get(str(detail.get("outcome")), ""),
            _("at the site") if detail.get("at_site") else "",
        ]
    elif entry.kind == EntryKind.EVIDENCE:
        parts = [_EVIDENCE.get(str(detail.get("evidence")), "")]
    elif entry.kind == EntryKind.DISPATCHED_POLICE:
        reference = detail.get("reference")
        parts = [
            # What it was called when it was asked; older entries keep its key alone.
            detail.get("title") or responders.title_of(str(detail.get("agency") or "")),
            _("number %(number)s") % {"number": reference} if reference else "",
        ]
    elif entry.kind == EntryKind.CLOSED:
        parts = [
            _DISPOSITIONS.get(str(detail.get("disposition")), ""),
            _CAUSES.get(str(detail.get("cause")), ""),
            detail.get("cause_role", ""),
            *_confirmed(detail),
        ]
    elif entry.kind in (EntryKind.STEP, EntryKind.SKIPPED) and entry.step is not None:
        parts = [entry.step.text]
    return " · ".join(str(part) for part in (*parts, entry.text) if part)
