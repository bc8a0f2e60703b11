"""The cases that one batch touches: found or made, told of, judged, and written together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from schoolward.domains.alarms.actions.recording import lock_entries
from schoolward.domains.alarms.builder.again import opens_again
from schoolward.domains.alarms.builder.grouped import GroupedCase
from schoolward.domains.alarms.builder.known import Known
from schoolward.domains.alarms.builder.losses import LossCase
from schoolward.domains.alarms.builder.naming import give_numbers, name_loss
from schoolward.domains.alarms.builder.routing import Source
from schoolward.domains.alarms.builder.standing import BUILT_FIELDS, open_groups, open_losses
from schoolward.domains.alarms.builder.times import moment_of
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
        self._followed: list[int] = []  # closed cases whose source now has another

    # --- what is there -----------------------------------------------------------------------------

    def open_groups(self, systems: Iterable[int], since: datetime) -> list[GroupedCase]:
        """The open alarm cases of these systems that a signal from `since` on may join, locked."""
        found = open_groups(systems, since)
        for case, group in found:
            self._of_group[group.key] = case
            self._grouped[group.key] = group
        return [group for _case, group in found]

    def learn_sources(self, keys: Iterable[str]) -> None:
        """Read the cases of these sources, closed ones as well: a source has one case at a time."""
        wanted = {key for key in keys if key not in self._of_source}
        if wanted:
            rows = Case.objects.select_for_update().filter(source_key__in=wanted).order_by("pk")
            self._of_source |= {case.source_key: case for case in rows}

    def open_losses(self) -> list[LossCase]:
        """The open cases of lost systems, locked."""
        found = open_losses()
        self.known.learn_systems({system for _case, loss in found for system in loss.lost})
        for case, loss in found:
            self._of_loss[loss.key] = case
            self._losses[loss.key] = loss
        return [loss for _case, loss in found]

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
        """The case of a source, made if it has none open (`again`), with the signal attached if wanted."""
        case = self._of_source.get(source.key)
        said = signal.meaning or source.title
        if case is not None and case.pk is not None and opens_again(case, signal, gravest or signal.kind):
            self._followed.append(case.pk)
            said = f"{said} (case {case.number} of the same source was closed)"
            case = None
        if case is None:
            case = self._make(source.kind, gravest or signal.kind, signal, title=source.title)
            case.source_key = source.key[:120]
            self._of_source[source.key] = case
            self.tell(case, EntryKind.OPENED, signal, said)
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
        give_numbers(self._new)
        if self._followed:
            # The source is the newest case's, so that an operator may open the older one again beside it.
            Case.objects.filter(pk__in=self._followed).update(source_key="")
        Case.objects.bulk_create(self._new, batch_size=200)
        for signal, case in self._attached:
            signal.case_id = case.pk
        insert_rows(Signal, signals)
        update_rows(Case, [self._touched[pk] for pk in sorted(self._touched)], BUILT_FIELDS)
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
            name_loss(case, loss, self.known)
            if case.pk is None:
                case.plan = self.known.plan(case.signal_kind, case.campus_id, case.opened_on)
        for case in self._of_source.values():
            if case.pk is None:
                case.plan = self.known.plan(case.signal_kind, case.campus_id, case.opened_on)

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
                occupancy=self.known.occupancy(case.campus_id, case.opened_at),
                false_share=self.known.false_share(case.zone_id),
            )
            case.verification_level = found.level
            case.urgency = found.urgency
            case.reasons = list(found.reasons)
