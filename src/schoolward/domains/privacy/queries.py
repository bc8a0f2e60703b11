"""The disclosure log as rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from schoolward.platform.access.disclosing import Disclosure

COLUMNS = ("at", "agency", "role", "purpose", "record", "fields", "basis")


def disclosure_rows(found: Iterable[Disclosure]) -> Iterator[Sequence[object]]:
    """Each reading, in the order of :data:`COLUMNS`."""
    for one in found:
        yield (
            one.at.isoformat(),
            one.agency,
            one.role,
            one.purpose,
            one.record,
            " ".join(one.fields),
            one.basis,
        )
