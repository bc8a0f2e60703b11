"""The cases that one batch touches: found or made, told of, judged, and written together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models.functions import Length
from django.utils import timezone

from schoolward.domains.alarms.actions.recording import lock_entries
from schoolward.domains.alarms.builder.grouping import FAMILY_OF, JOIN_FAULT, Family, GroupedCase, Shape
from schoolward.domains.alarms.builder.known import Known
from schoolward.domains.alarms.builder.losses import LossCase
from schoolward.domains.alarms.builder.routing import Source
from schoolward.domains.alarms.builder.times import microseconds_of, moment_of
from schoolward.domains.alarms.models import (
    Case,
    CaseEntry,
    CaseKind,
    CaseState,
    EntryKind,
    Signal,
    SignalKind,
)
from schoolward.domains.alarms.new_rows import NewEntry, NewSignal
from schoolward.domains.alarms.queries.judging import judge
from schoolward.domains.alarms.saving import insert_rows, update_rows
from schoolward.domains.work import actions as work
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record

#: What the builder may change of a case that is there. Operators' answers are other columns.
_BUILT_FIELDS = (
    "signal_kind",
    "zone",
    "plan",
    "title",
    "shape",
    "last_signal_at",
    "signal_count",
    "urgency",
    "reasons",
    "verification_level",
)
_READ_FIELDS = (
    *_BUILT_FIELDS,
    "number",
    "kind",
    "state",
    "system",
    "campus",
    "partition",
    "opened_at",
    "opened_on",
    "first_answer_at",
)
#: Kinds of signal as a case of its own source is to be urgent by; the greatest number names it.
_GRAVITY = {
    kind: rank
    for rank, kind in enumerate(
        (
            SignalKind.TROUBLE,
            SignalKind.TAMPER,
            SignalKind.BURGLARY,
            SignalKind.GAS,
            SignalKind.MEDICAL,
            SignalKind.FIRE,
            SignalKind.PANIC,
            SignalKind.HOLD_UP,
        ),
        start=1,
    )
}


@dataclass(slots=True)
class _Told:
    case: Case
    kind: EntryKind
    at: datetime
    text: str
    detail: dict[str, Any]


class CaseBook:
    """Everything about cases in one batch. ``by`` is the builder."""

    def __init__(self, known: Known, *, by: Viewer) -> None:
        self.known = known
        self.by = by
        self._of_group: dict[Hashable, Case] = {}
        self._grouped: dict[Hashable, GroupedCase] = {}
        self._of_source: dict[str, Case] = {}
        self._of_loss: dict[Hashable, Case] = {}
        self._losses: dict[Hashable, LossCase] = {}
        self._new: list[Case] = []
        self._touched: dict[int, Case] = {}
        self._told: list[_Told] = []
        self._attached: list[tuple[NewSignal, Case]] = []
        self._work: list[tuple[Case, Source]] = []

    # --- what is there -----------------------------------------------------------------------------

    def open_groups(self, systems: Iterable[int], since: datetime) -> list[GroupedCase]:
        """The open alarm cases of these systems that a signal from `since` on may join, locked."""
        rows = (
            Case.objects.select_for_update()
            .filter(
                kind=CaseKind.ALARM,
                system_id__in=set(systems),
                last_signal_at__gte=since - timedelta(microseconds=JOIN_FAULT),
            )
            .exclude(state=CaseState.CLOSED)
            .only(*_READ_FIELDS)
            .order_by("pk")
        )
        found = []
        for case in rows:
            group = GroupedCase(
                key=case.pk,
                system=case.system_id or 0,
                partition=case.partition,
                family=FAMILY_OF.get(case.signal_kind, Family.FAULT),
                kind=case.signal_kind,
                zone=case.shape.get("zone", ""),
                opened_at=microseconds_of(case.opened_at),
                last_at=microseconds_of(case.last_signal_at),
                count=case.signal_count,
                shape=Shape.of(case.shape),
            )
            self._of_group[case.pk] = case
            self._grouped[case.pk] = group
            found.append(group)
        return found

    def learn_sources(self, keys: Iterable[str]) -> None:
        """Read the cases of these sources, closed ones as well: a source has one case."""
        wanted = {key for key in keys if key not in self._of_source}
        if wanted:
            rows = Case.objects.select_for_update().filter(source_key__in=wanted).order_by("pk")
            self._of_source |= {case.source_key: case for case in rows}

    def open_losses(self) -> list[LossCase]:
        """The open cases of lost systems, locked."""
        rows = Case.objects.select_for_update().filter(kind=CaseKind.SUPERVISION)
        found = []
        for case in rows.exclude(state=CaseState.CLOSED).order_by("pk"):
            loss = LossCase(
                key=case.pk,
                last_at=microseconds_of(case.last_signal_at),
                opened_at=microseconds_of(case.opened_at),
                lost=set(case.shape.get("lost", ())),
                still=set(case.shape.get("still", ())),
                count=case.signal_count,
            )
            self._of_loss[case.pk] = case
            self._losses[case.pk] = loss
            found.append(loss)
        return found

    # --- what becomes of signals -------------------------------------------------------------------

    def of_group(self, group: GroupedCase, signal: NewSignal) -> Case:
        """The case of a group, made if it is new, with the signal attached."""
        case = self._of_group.get(group.key)
        if case is None:
            case = self._make(CaseKind.ALARM, group.kind, signal, partition=group.partition)
            self._of_group[group.key] = case
        self._grouped[group.key] = group
        self._attach(signal, case)
        return case

    def of_source(self, source: Source, signal: NewSignal, *, gravest: str = "", attach: bool = True) -> Case:
        """The case of a source, made if it is new, with the signal attached unless another case has it."""
        case = self._of_source.get(source.key)
        if case is None:
            case = self._make(source.kind, gravest or signal.kind, signal, title=source.title)
            case.source_key = source.key[:120]
            self._of_source[source.key] = case
            self.tell(case, EntryKind.OPENED, signal, signal.meaning or source.title)
            if source.work_key:
                self._work.append((case, source))
        elif _GRAVITY.get(SignalKind(gravest or signal.kind), 0) > _GRAVITY.get(
            SignalKind(case.signal_kind), 0
        ):
            case.signal_kind = gravest or signal.kind
            self.tell(case, EntryKind.SIGNAL, signal, signal.meaning)
        case.signal_count += 1
        case.last_signal_at = max(case.last_signal_at, signal.received_at)
        if attach:
            self._attach(signal, case)
        elif case.pk is not None:
            self._touched[case.pk] = case
        return case

    def has_source(self, source: Source) -> bool:
        """Whether the source has its case already."""
        return source.key in self._of_source

    def of_loss(self, loss: LossCase, signal: NewSignal) -> Case:
        """The case of lost systems, made if it is new, with the signal attached."""
        case = self._of_loss.get(loss.key)
        if case is None:
            case = self._make(CaseKind.SUPERVISION, SignalKind.SUPERVISION, signal)
            self._of_loss[loss.key] = case
        self._losses[loss.key] = loss
        self._attach(signal, case)
        return case

    def tell(self, case: Case, kind: EntryKind, signal: NewSignal, text: str, **detail: Any) -> None:
        """Add a line to the case's history, at the time of the signal."""
        named = {"kind": signal.kind, "code": signal.code, "zone": signal.zone_number} | detail
        told = {key: value for key, value in named.items() if value not in ("", None)}
        self._told.append(_Told(case, kind, signal.received_at, text, told))

    def _make(
        self, kind: CaseKind, signal_kind: str, signal: NewSignal, *, partition: str = "", title: str = ""
    ) -> Case:
        case = Case(
            kind=kind,
            signal_kind=signal_kind,
            system_id=signal.system_id,
            campus_id=signal.campus_id,
            partition=partition,
            title=title[:200],
            opened_at=signal.received_at,
            opened_on=timezone.localdate(signal.received_at),
            last_signal_at=signal.received_at,
            generated=signal.generated,
        )
        self._new.append(case)
        return case

    def _attach(self, signal: NewSignal, case: Case) -> None:
        self._attached.append((signal, case))
        if case.pk is not None:
            self._touched[case.pk] = case

    # --- writing -----------------------------------------------------------------------------------

    def save(self, signals: list[NewSignal], *, at: datetime) -> None:
        """Write cases, signals, entries and work, and the audit's event, in the order of the locks."""
        self._take_over()
        self._judge()
        self._number()
        Case.objects.bulk_create(self._new, batch_size=200)
        for signal, case in self._attached:
            signal.case_id = case.pk
        insert_rows(Signal, signals)
        update_rows(Case, [self._touched[pk] for pk in sorted(self._touched)], _BUILT_FIELDS)
        if self._told:
            lock_entries()
            insert_rows(
                CaseEntry,
                [
                    NewEntry(
                        told.case.pk, told.kind, told.at, self.by.account_name, told.text[:500], told.detail
                    )
                    for told in self._told
                ],
            )
        for case, source in self._work:
            work.open_work(
                source=source.work_key[:200],
                source_title=f"Alarm case {case.number}",
                kind="task",
                title=source.work_title[:200],
                trade="alarms",
                campus_id=case.campus_id,
                owner_role="facilities",
                by=self.by,
                at=at,
            )
        if self._new:
            record(
                "alarms.cases_opened",
                by=self.by,
                at=self.by.at,
                subject=f"alarms.Case:{self._new[0].pk}",
                detail={"cases": len(self._new), "numbers": [case.number for case in self._new[:50]]},
            )

    @property
    def opened(self) -> int:
        """How many cases were made."""
        return len(self._new)

    def _take_over(self) -> None:
        """Take what the rules found into the cases."""
        # Where a signal of another zone joins, the zone that names the case is none of this batch.
        self.known.learn_zones({(group.system, group.zone) for group in self._grouped.values() if group.zone})
        for key, group in self._grouped.items():
            case = self._of_group[key]
            if case.pk is not None and case.pk not in self._touched:
                continue
            zone = self.known.zone(group.system, group.zone)
            case.zone_id = None if zone is None else zone[0]
            raised = case.signal_kind != group.kind
            case.signal_kind = group.kind
            case.shape = group.shape.as_json() | {"zone": group.zone}
            case.signal_count = group.count
            case.last_signal_at = moment_of(group.last_at)
            title = "" if zone is None else zone[1]
            where = " ".join(part for part in (f"zone {group.zone}" if group.zone else "", title) if part)
            label = str(SignalKind(group.kind).label)
            case.title = " · ".join(part for part in (label, where) if part)[:200]
            if raised or case.pk is None:
                case.plan = self.known.plan(case.signal_kind, case.campus_id, case.opened_on)
        for key, loss in self._losses.items():
            case = self._of_loss[key]
            if case.pk is not None and case.pk not in self._touched:
                continue
            case.shape = loss.as_json()
            case.signal_count = loss.count
            case.last_signal_at = moment_of(loss.last_at)
            self._name_loss(case, loss)
            if case.pk is None:
                case.plan = self.known.plan(case.signal_kind, case.campus_id, case.opened_on)
        for case in self._of_source.values():
            if case.pk is None:
                case.plan = self.known.plan(case.signal_kind, case.campus_id, case.opened_on)

    def _name_loss(self, case: Case, loss: LossCase) -> None:
        systems = [found for pk in loss.lost if (found := self.known.system_by_pk(pk)) is not None]
        if len(loss.lost) == 1:
            name = self.known.campus_name(case.campus_id)
            account = systems[0].account if systems else ""
            case.title = " · ".join(part for part in ("Not heard from", account, name) if part)[:200]
            return
        campuses = {system.campus_id for system in systems}
        at_one = len(campuses) == 1 and len(systems) == len(loss.lost)
        case.title = f"{len(loss.lost)} systems are not heard from" + (
            f", all at {self.known.campus_name(min(campuses))}" if at_one else ""
        )

    def _judge(self) -> None:
        cases = [*self._touched.values(), *self._new]
        self.known.learn_histories(case.zone_id for case in cases if case.zone_id is not None)
        entries: dict[int, list[CaseEntry]] = defaultdict(list)
        if self._touched:
            rows = CaseEntry.objects.filter(
                case_id__in=list(self._touched), kind__in=(EntryKind.CALL, EntryKind.EVIDENCE)
            )
            for entry in rows.order_by("pk"):
                entries[entry.case_id].append(entry)
        for case in cases:
            if case.state == CaseState.CLOSED:
                continue
            found = judge(
                case,
                entries.get(case.pk, ()),
                # The last signal's time, not the clock's: read once more, it gives the same.
                at=case.last_signal_at,
                occupancy=self.known.occupancy(case.campus_id, case.opened_at),
                false_share=self.known.false_share(case.zone_id),
            )
            case.verification_level = found.level
            case.urgency = found.urgency
            case.reasons = list(found.reasons)

    def _number(self) -> None:
        """Give new cases their numbers: the local day, then one after the other."""
        counts = Counter({day: _last_number(day) for day in {case.opened_on for case in self._new}})
        for case in self._new:
            counts[case.opened_on] += 1
            case.number = f"{case.opened_on:%Y%m%d}-{counts[case.opened_on]:04d}"


def _last_number(day: date) -> int:
    prefix = f"{day:%Y%m%d}-"
    last = (
        Case.objects.filter(opened_on=day, number__startswith=prefix)
        .annotate(digits=Length("number"))
        .order_by("-digits", "-number")
        .values_list("number", flat=True)
        .first()
    )
    return int(last.removeprefix(prefix)) if last else 0
