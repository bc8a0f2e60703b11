"""Reads about diversion: the caseload, one case with its rules and clocks, and offers counted by group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from schoolward.analysis.diversion import (
    Clock,
    ContractStanding,
    Edition,
    Eligibility,
    Facts,
    Proof,
    SealingPath,
    Step,
    Term,
    TermKind,
    confidential_since,
    contract_standing,
    eligibility,
    sealing_clocks,
    sealing_law,
)
from schoolward.analysis.diversion import Level as FactLevel
from schoolward.analysis.offences import Category
from schoolward.analysis.statutes import Statute
from schoolward.domains.cases.diversion_rules import diversion_rules
from schoolward.domains.cases.models import (
    ContractTerm,
    DiversionCase,
    Outcome,
    TermProof,
    Youth,
)
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

VIEW = "diversion.view"
_TO_DO = frozenset({Step.DETERMINATION, Step.AGENCY_TOLD})
_AHEAD = timedelta(days=14)
"""So long before its day a duty counts as due: a determination is not written in a morning."""
_WHO = frozenset({"legal_name", "preferred_name", "born_on"})


def cases(viewer: Viewer) -> QuerySet[DiversionCase]:
    """Cases, not yet narrowed to the viewer."""
    check(viewer, VIEW)
    return DiversionCase.objects.order_by("-referred_on", "-pk")


def edition_for(case: DiversionCase) -> Edition | None:
    """The rules that hold for a case: those it was decided by, else those of the day of the event."""
    rules = diversion_rules()
    return rules.numbered(case.edition) if case.edition is not None else rules.on(case.event_on)


def running_diversion(viewer: Viewer, case: DiversionCase) -> date | None:
    """The day of the offer of another diversion of the same youth that has not ended. Inside the wall."""
    rows = visible(DiversionCase.objects.all(), viewer).filter(
        youth=case.youth_id, was_offered=True, declined_on__isnull=True, outcome=""
    )
    return rows.exclude(pk=case.pk).order_by("decided_on").values_list("decided_on", flat=True).first()


def facts_of(case: DiversionCase, youth: Youth, earlier: list[date], runs_since: date | None = None) -> Facts:
    """What is known of a case on the day of asking."""
    return Facts(
        on=case.event_on,
        age=youth.age_on(case.event_on),
        offence=Category(case.kind) if case.kind else None,
        level=FactLevel(case.level) if case.level else None,
        diverted_on=tuple(earlier),
        runs_since=runs_since,
        accepts_responsibility=case.accepts_responsibility,
        guardian_agrees=case.guardian_agrees,
        victim_heard=case.victim_heard,
    )


def earlier_diversions(viewer: Viewer, case: DiversionCase) -> list[date]:
    """Days of earlier contracts of the same youth; a sealed one never was. Asked inside the wall."""
    rows = visible(DiversionCase.objects.all(), viewer).filter(youth=case.youth_id, signed_on__isnull=False)
    return [day for day in rows.exclude(pk=case.pk).values_list("signed_on", flat=True) if day is not None]


def eligibility_of(viewer: Viewer, case: DiversionCase, youth: Youth) -> Eligibility | None:
    """What each rule says of a case; ``None`` where there were no rules on its day. Inside the wall."""
    edition = edition_for(case)
    if edition is None:
        return None
    # Of a decided case nothing is asked anew: what came after the decision does not change its answer.
    runs_since = running_diversion(viewer, case) if case.decided_on is None else None
    return eligibility(facts_of(case, youth, earlier_diversions(viewer, case), runs_since), edition)


def contract_of(
    terms: list[ContractTerm], proofs: list[TermProof], on: date
) -> tuple[ContractStanding, list[ContractTerm]]:
    """How a contract stands, and its terms in the same order."""
    places = {term.pk: place for place, term in enumerate(terms)}
    shown = [Proof(places[proof.term_id], proof.amount, proof.on) for proof in proofs]
    promised = [Term(TermKind(term.kind), term.amount, term.due_on) for term in terms]
    return contract_standing(promised, shown, on), terms


def clocks_of(case: DiversionCase) -> tuple[Clock, ...]:
    """The sealing clocks of a completed case, as far as they have run."""
    if case.outcome != Outcome.COMPLETED or case.outcome_on is None:
        return ()
    done = {
        step: day
        for step, day in (
            (Step.DETERMINATION, case.determined_on),
            (Step.AGENCY_TOLD, case.agency_told_on),
        )
        if day is not None
    }
    return sealing_clocks(SealingPath(case.path), case.outcome_on, done, sealing_law())


@dataclass(frozen=True)
class CasePage:
    """A case with everything that a decision stands on."""

    case: DiversionCase
    youth: Youth
    eligibility: Eligibility | None
    contract: ContractStanding
    terms: list[ContractTerm]
    clocks: tuple[Clock, ...]
    confidential: Statute | None

    @property
    def rows(self) -> list[tuple[ContractTerm, Any]]:
        """Each term with how it stands."""
        return list(zip(self.terms, self.contract.terms, strict=True))


def case_page(viewer: Viewer, pk: int, on: date) -> CasePage | None:
    """One case as the viewer may see it; ``None`` where there is none."""
    with within(viewer):
        found = read(cases(viewer).filter(pk=pk), viewer)
        youths = (
            read(Youth.objects.filter(diversions=pk).order_by("pk"), viewer, fields=_WHO) if found else []
        )
        if not youths:
            return None
        terms = read(ContractTerm.objects.filter(case=pk).order_by("due_on", "pk"), viewer)
        proofs = read(TermProof.objects.filter(term__case=pk).order_by("on", "pk"), viewer)
        asked = eligibility_of(viewer, found[0], youths[0])
    contract, terms = contract_of(terms, proofs, on)
    case = found[0]
    rule = confidential_since(SealingPath(case.path), case.referred_on, sealing_law())
    return CasePage(case, youths[0], asked, contract, terms, clocks_of(case), rule)


def of_youth(viewer: Viewer, youth_id: int) -> tuple[Youth, list[DiversionCase]] | None:
    """A youth with their cases, the newest first."""
    with within(viewer):
        youths = read(Youth.objects.filter(pk=youth_id).order_by("pk"), viewer, fields=_WHO)
        return (youths[0], read(cases(viewer).filter(youth=youth_id), viewer)) if youths else None


def caseload(viewer: Viewer) -> list[tuple[DiversionCase, Youth]]:
    """Cases without an end, by the day of referral."""
    with within(viewer):
        open_ones = cases(viewer).filter(outcome="", declined_on__isnull=True).exclude(was_offered=False)
        found = read(open_ones.order_by("referred_on", "pk"), viewer)
        wanted = {case.youth_id for case in found}
        youths = read(Youth.objects.filter(pk__in=wanted).order_by("pk"), viewer, fields=_WHO)
    by_number = {youth.pk: youth for youth in youths}
    return [(case, by_number[case.youth_id]) for case in found if case.youth_id in by_number]


@dataclass(frozen=True)
class Duty:
    """What the law still asks after a completed diversion, before the seal's own time begins."""

    case: DiversionCase
    youth: Youth
    clock: Clock
    is_late: bool


@dataclass(frozen=True)
class Due:
    """What is due about a case, by its number and no name. ``step`` is ``None`` where a contract has run out
    and nobody has said how it ended."""

    case: int
    step: Step | None
    due_on: date
    is_late: bool


def due(viewer: Viewer, on: date) -> list[Due]:
    """What the law or a contract asks about the viewer's cases by a day, the earliest first; one question.

    Nothing of a young person is read for it, so that it may stand on a page that is open all morning.
    """
    to_tell = Q(outcome=Outcome.COMPLETED, agency_told_on__isnull=True)
    to_end = Q(signed_on__isnull=False, outcome="", ends_on__lt=on)
    with within(viewer):
        rows = list(visible(cases(viewer), viewer).filter(to_tell | to_end))
    found = []
    for case in rows:
        if not case.outcome:
            found.append(Due(case.pk, None, case.ends_on or on, is_late=True))
            continue
        clock = next(iter(clocks_of(case)[-1:]), None)
        if clock is None or clock.step not in _TO_DO or clock.done_on is not None or clock.due_on is None:
            continue
        if clock.due_on <= on + _AHEAD:
            found.append(Due(case.pk, clock.step, clock.due_on, clock.is_late(on)))
    return sorted(found, key=lambda one: (one.due_on, one.case))


def duties(viewer: Viewer, on: date) -> list[Duty]:
    """Completed cases of which the determination or the notice to the agency is not on record, by its day.

    A case that was completed when no section set a clock is none of them.
    """
    with within(viewer):
        ended = visible(cases(viewer), viewer).filter(outcome=Outcome.COMPLETED, agency_told_on__isnull=True)
        clocks = {case.pk: running[-1] for case in ended if (running := clocks_of(case))}
        asked = {pk for pk, clock in clocks.items() if clock.step in _TO_DO and clock.done_on is None}
        # Only these are read for the page, and so on the log of disclosures.
        found = read(cases(viewer).filter(pk__in=asked), viewer)
        wanted = {case.youth_id for case in found}
        youths = read(Youth.objects.filter(pk__in=wanted).order_by("pk"), viewer, fields=_WHO)
    by_number = {youth.pk: youth for youth in youths}
    told = [
        Duty(case, by_number[case.youth_id], clocks[case.pk], clocks[case.pk].is_late(on))
        for case in found
        if case.youth_id in by_number
    ]
    return sorted(told, key=lambda duty: (duty.clock.due_on or date.max, duty.case.pk))
