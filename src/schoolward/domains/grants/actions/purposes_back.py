"""The purposes of an entry that is taken back, which go with its money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from schoolward.domains.grants.actions.recording import happened
from schoolward.domains.grants.models import Entry, Purpose
from schoolward.platform.access.viewer import Viewer


def take_purposes_back(counters: Iterable[Entry], *, by: Viewer, at: datetime) -> None:
    """Put the purposes of what was taken back on the counter-entries, with their negative.

    So the money and what it was for come to nothing together.
    """
    by_entry = {counter.reverses_id: counter for counter in counters if counter.reverses_id is not None}
    standing: dict[tuple[int, str, str], list[Any]] = {}
    for purpose in Purpose.objects.filter(entry__in=list(by_entry)):
        kept = standing.setdefault((purpose.entry_id, purpose.kind, purpose.target), [purpose.title, 0])
        kept[1] += purpose.amount_cents
    Purpose.objects.bulk_create(
        Purpose(
            entry=by_entry[entry],
            kind=kind,
            target=target,
            title=title,
            amount_cents=-cents,
            **happened(by=by, at=at),
        )
        for (entry, kind, target), (title, cents) in standing.items()
        if cents
    )
