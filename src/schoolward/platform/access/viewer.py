"""Who is looking, for whom, why and when: the one value that every read and write is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schoolward.platform.access.roles import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """An account acting through one membership.

    ``campus_ids`` is ``None`` for every site. ``scopes`` narrows a token to some permissions of its
    role; ``None`` leaves all of them.
    """

    account_id: int | None
    account_name: str
    membership_id: int | None
    agency_id: int | None
    agency_kind: str
    role: str
    campus_ids: frozenset[int] | None
    purpose: str
    at: datetime
    scopes: frozenset[str] | None = None

    @classmethod
    def system(cls, *, at: datetime, name: str = "command line") -> Viewer:
        """The installation itself: whoever runs commands or jobs on the machine."""
        return cls(None, name, None, None, "", Role.SYSTEM, None, "operation", at)

    @classmethod
    def anonymous(cls, *, at: datetime) -> Viewer:
        """Nobody known. Has no role and sees no site."""
        return cls(None, "anonymous", None, None, "", "", frozenset(), "", at)

    @property
    def is_system(self) -> bool:
        """Whether this is the machine's own operator."""
        return self.role == Role.SYSTEM

    @property
    def is_known(self) -> bool:
        """Whether somebody acts here through a live membership, or the system itself."""
        return bool(self.role)
