"""One batch of the journal made into signals and cases, in one transaction.

Whatever stops it in the middle leaves nothing behind: rows and read positions are committed together or not
at all. Read again, it makes the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from schoolward.domains.alarms.actions.armed_days import signals_written
from schoolward.domains.alarms.builder import gaps
from schoolward.domains.alarms.builder.batches import (
    crowded_lines,
    items_of,
    move_on,
    noted_systems,
    passed_by,
    unread_of,
)
from schoolward.domains.alarms.builder.casebook import CaseBook
from schoolward.domains.alarms.builder.decoding import Item, read_bodies, read_headers
from schoolward.domains.alarms.builder.deviating import Deviations
from schoolward.domains.alarms.builder.grouping import Grouping
from schoolward.domains.alarms.builder.known import Known, Tests
from schoolward.domains.alarms.builder.losses import Losses
from schoolward.domains.alarms.builder.repeating import Numbers, Repeats
from schoolward.domains.alarms.builder.replaying import Replays
from schoolward.domains.alarms.builder.routing import Routed, Way, route
from schoolward.domains.alarms.builder.segments import Segment
from schoolward.domains.alarms.builder.telling import happening_of, tell_grouped, tell_losses, tell_trouble
from schoolward.domains.alarms.lease import Held, guard
from schoolward.domains.alarms.models import Oddity
from schoolward.platform.access.viewer import Viewer

BUILDER = "case builder"


@dataclass(frozen=True, slots=True)
class Built:
    """What one batch came to."""

    segments: int = 0
    frames: int = 0
    signals: int = 0
    repeats: int = 0
    cases: int = 0

    def __add__(self, other: Built) -> Built:
        return Built(
            self.segments + other.segments,
            self.frames + other.frames,
            self.signals + other.signals,
            self.repeats + other.repeats,
            self.cases + other.cases,
        )


class Builder:
    """Makes batches into rows. Remembers systems, zones and numbers from one batch to the next."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.known = Known()
        self._numbers = Numbers()
        self._replays = Replays()

    def build(
        self, segments: Sequence[Segment], *, held: Held | None, at: datetime, broken: str = ""
    ) -> Built:
        """Build one batch. ``held``: the lease under which it is written; ``None`` in tests alone.

        ``broken`` says why the segments cannot be built at all: each then gets a case, and is passed by.
        Raises ``LeaseLost``.
        """
        try:
            with transaction.atomic():
                if held is not None:
                    guard(held, at=at)
                return self._build(segments, at, broken)
        except BaseException:
            # What was learned in a transaction that never was must not be relied on.
            self._forget()
            raise

    def _build(self, segments: Sequence[Segment], at: datetime, broken: str) -> Built:
        by = Viewer.system(at=at, name=BUILDER)
        unread, missing = unread_of(segments)
        if not unread:
            return Built()
        self.known.refresh()
        items, damaged = items_of(unread) if not broken else passed_by(unread, broken)
        read_headers(items, self.known)
        self.known.learn_accounts({item.account.upper() for item in items if item.envelope is not None})
        self.known.learn_systems(noted_systems(items))
        read_bodies(items, self.known)
        items.sort(key=lambda item: item.place)
        self._replays.judge(items, self.known)
        gaps.judge(items)
        book = CaseBook(self.known, by=by)
        repeated, routed = self._route(items)
        for segment, source in [*missing, *damaged]:
            tell_trouble(book, segment, source, routed)
        self._decide(routed, book)
        signals = [one.signal for one in routed]
        book.save(signals, at=at)
        signals_written(signals)
        repeated.save()
        move_on(unread, at)
        return Built(
            len(unread),
            len(items),
            len(routed),
            len(items) - len({id(one.item) for one in routed}),
            book.opened,
        )

    def _route(self, items: list[Item]) -> tuple[Repeats, list[Routed]]:
        repeats = Repeats(items)
        routed: list[Routed] = []
        if not items:
            return repeats, routed
        first, last = items[0].record.received_at, items[-1].record.received_at
        self._numbers.load(first)
        tests = Tests(first, last)
        crowded = crowded_lines(items)
        for item in items:
            if item.envelope is not None:
                if repeats.counts(item):
                    continue
                # Both are asked: the numbers are remembered by asking.
                if self._numbers.is_reused(item) | repeats.is_again(item):
                    item.flags.append(str(Oddity.REUSED))
            signals = route(item, known=self.known, tests=tests, crowded=crowded)
            if signals:
                repeats.remember(item, signals[0].signal)
            routed += signals
        self._numbers.forget_before(last)
        self.known.learn_zones(
            (one.signal.system_id, one.signal.zone_number)
            for one in routed
            if one.signal.system_id is not None and one.signal.zone_number
        )
        for one in routed:
            if one.signal.system_id is not None:
                zone = self.known.zone(one.signal.system_id, one.signal.zone_number)
                one.signal.zone_id = None if zone is None else zone[0]
        return repeats, routed

    def _decide(self, routed: list[Routed], book: CaseBook) -> None:
        """Find the case of each signal, in order of time."""
        grouped = [one for one in routed if one.way in (Way.GROUP, Way.ARMING)]
        grouping = Grouping()
        if grouped:
            systems = {one.signal.system_id for one in grouped if one.signal.system_id is not None}
            grouping = Grouping(book.open_groups(systems, grouped[0].signal.received_at))
        deviations = Deviations([one.signal for one in routed if one.way is Way.ARMING], self.known)
        sources = {id(one): source for one in routed if (source := deviations.judge(one)) is not None}
        book.learn_sources(
            {one.source.key for one in routed if one.source is not None}
            | {source.key for source in sources.values()}
        )
        has_losses = any(one.way in (Way.LOSS, Way.RESTORED) for one in routed)
        losses = Losses(book.open_losses()) if has_losses else Losses()
        lost_items: set[int] = set()
        for one in routed:
            if one.way is Way.SOURCE and one.source is not None:
                book.of_source(one.source, one.signal, gravest=one.gravest)
            elif one.way is Way.GROUP or one.way is Way.ARMING:
                found = grouping.take(happening_of(one))
                if found.case is not None:
                    case = book.of_group(found.case, one.signal)
                    tell_grouped(book, case, one.signal, found)
                if (deviation := sources.get(id(one))) is not None:
                    # Whoever comes at three in the morning and disarms has explained the alarm, not the hour.
                    book.of_source(deviation, one.signal, attach=found.case is None)
            elif one.way in (Way.LOSS, Way.RESTORED) and id(one.item) not in lost_items:
                lost_items.add(id(one.item))
                tell_losses(book, losses, [other for other in routed if other.item is one.item])
