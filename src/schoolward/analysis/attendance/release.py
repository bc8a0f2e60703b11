"""Telling a parent that a pupil was released to a peace officer (Education Code 48906): a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from schoolward.analysis.statutes import Statute, Statutes


@dataclass(frozen=True)
class ReleaseNotice:
    """The clock of one release. ``place_due_at``: until when an officer may have the place withheld."""

    statute: Statute
    released_at: datetime
    due_at: datetime
    place_due_at: datetime
    told_at: datetime | None

    @property
    def minutes(self) -> int | None:
        """Whole minutes from the release until the parent was told; ``None`` while nobody has."""
        return None if self.told_at is None else int((self.told_at - self.released_at).total_seconds() // 60)

    def in_time(self, at: datetime) -> bool | None:
        """Whether the parent was told in time; ``None`` while there still is time."""
        if self.told_at is not None:
            return self.told_at <= self.due_at
        return None if at <= self.due_at else False


def release_notice(released_at: datetime, told_at: datetime | None, statutes: Statutes) -> ReleaseNotice:
    """The clock of a release by the law of its day. Raises ``ValueError`` where it was told before it."""
    if told_at is not None and told_at < released_at:
        raise ValueError("a parent cannot be told of a release before it")
    day = released_at.date()
    notice, withheld = statutes.on("release-notice", day), statutes.on("place-withheld", day)
    return ReleaseNotice(
        notice,
        released_at,
        released_at + timedelta(minutes=notice.due_minutes or 0),
        released_at + timedelta(minutes=withheld.due_minutes or 0),
        told_at,
    )
