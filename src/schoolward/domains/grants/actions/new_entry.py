"""An entry that somebody wants to make, before any rule has judged it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class NewEntry:
    """An entry that somebody wants to make. ``obligation_id``: the obligation that it pays or releases.

    ``given_by``: the third party that gave a match. ``gl_account``: the account of the general ledger
    whose row it is.
    """

    award_id: int
    kind: str
    amount_cents: int
    on: date
    description: str
    line_id: int | None = None
    incurred_on: date | None = None
    document: str = ""
    payee: str = ""
    external_id: str = ""
    match_kind: str = ""
    given_by: str = ""
    adds_to_local_money: bool = False
    agreement: str = ""
    obligation_id: int | None = None
    gl_account: str = ""

    def as_json(self) -> dict[str, Any]:
        """The same as JSON holds it, for a request that waits."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(self).items()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> NewEntry:
        """Read back what :meth:`as_json` gave."""
        days = {name: date.fromisoformat(kept[name]) for name in ("on", "incurred_on") if kept.get(name)}
        return cls(**{**kept, **days})
