"""Diversion: opening a case, its facts, the offer or the reason for none, the contract, and its end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.analysis.diversion import Answer as RulesAnswer
from schoolward.analysis.diversion import terms_of
from schoolward.analysis.diversion.contract import TermKind
from schoolward.analysis.school_days import months_after
from schoolward.domains.cases.actions.receipts import same
from schoolward.domains.cases.actions.recording import as_system
from schoolward.domains.cases.actions.referring import YOUNGEST
from schoolward.domains.cases.actions.rows import audit, own, writing
from schoolward.domains.cases.actions.tallying import count
from schoolward.domains.cases.diversion_rules import diversion_rules
from schoolward.domains.cases.models import (
    Answer,
    ContractTerm,
    DiversionCase,
    Group,
    NoOffer,
    Outcome,
    Path,
    Reached,
    TermProof,
    Youth,
    of_youth,
)
from schoolward.domains.cases.queries.diversion import contract_of, edition_for, eligibility_of
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.policy import visible
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

KEEP = "diversion.keep"
MOST_A_DAY: dict[TermKind, int] = {TermKind.SERVICE_HOURS: 8, TermKind.CHECK_IN: 1, TermKind.CLASS: 1}
"""Of a term in one day: hours as California lets a minor work on a day without school (Labor Code 1391)."""
FACTS = ("kind", "level", "accepts_responsibility", "guardian_agrees", "victim_heard", "group")


def open_case(
    *,
    youth_id: int,
    event_on: date,
    path: str,
    by: Viewer,
    at: datetime,
    referred_on: date | None = None,
    **facts: Any,
) -> DiversionCase:
    """Open a case of one event. ``facts`` are those of :data:`FACTS` that are known already."""
    with writing(by, KEEP):
        youth = own(Youth, youth_id, by=by, permission=KEEP)
        today = timezone.localdate(at)
        referred = referred_on or today
        if event_on > today or referred > today:
            raise Refusal(_("This day lies ahead."), field="event_on")
        if referred < event_on:
            raise Refusal(_("It was referred before it happened."), field="referred_on")
        age = youth.age_on(event_on)
        if age < YOUNGEST:
            raise Refusal(
                _("On that day they were %(age)d years old, or not born yet. Look at the year.")
                % {"age": max(age, 0)},
                field="event_on",
            )
        if diversion_rules().on(event_on) is None:
            raise Refusal(
                _(
                    "There are no rules of diversion for that day, so nothing could be decided. Look at "
                    "the year."
                ),
                field="event_on",
            )
        made = DiversionCase.objects.create(
            **of_youth(youth, RecordClass.POLICE),
            event_on=event_on,
            referred_on=referred,
            path=Path(path),
            **_fit(facts),
        )
        audit("diversion_opened", made, by=by, at=by.at, path=path)
    return made


def _fit(facts: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"no facts of a case: {', '.join(sorted(unknown))}")
    return {"group": Group.NOT_SAID, **{name: value for name, value in facts.items() if value != ""}}


def set_facts(*, case_id: int, by: Viewer, at: datetime, **facts: Any) -> DiversionCase:
    """Say what is known. Raises :class:`Refusal` once it is decided: a decision keeps what it stood on."""
    with writing(by, KEEP):
        case = own(DiversionCase, case_id, by=by, permission=KEEP)
        _undecided(case)
        changed = [name for name in FACTS if name in facts and getattr(case, name) != facts[name]]
        for name in changed:
            setattr(case, name, facts[name])
        if changed:
            case.save(update_fields=changed)
            audit("diversion_facts", case, by=by, at=by.at, fields=changed)
    return case


def decide(*, case_id: int, no_offer: str = "", by: Viewer, at: datetime) -> DiversionCase:
    """Offer diversion to a youth who is eligible; or keep why none was made.

    The rules of the day of the event decide who is eligible, and nothing else: whoever is not gets the rule
    that says no. Whoever is, is offered it, or ``no_offer`` says why not, which is counted by group. Raises
    :class:`Refusal` while a fact is wanting.
    """
    with writing(by, KEEP):
        case = own(DiversionCase, case_id, by=by, permission=KEEP)
        _undecided(case)
        asked = eligibility_of(by, case, case.youth)
        if asked is None:
            raise Refusal(_("There were no rules on the day of the event: nobody can be judged by none."))
        if asked.answer is RulesAnswer.NOT_KNOWN:
            raise Refusal(" ".join([_("Not known yet."), *(one.reason for one in asked.to_ask)]))
        is_eligible = asked.answer is RulesAnswer.YES
        if no_offer and not is_eligible:
            raise Refusal(_("Not eligible: the rule is the reason."), field="no_offer")
        case.edition, case.answer = asked.edition.number, Answer(asked.answer)
        case.decided_on = timezone.localdate(at)
        case.was_offered = is_eligible and not no_offer
        case.no_offer = NoOffer(no_offer) if no_offer else ""
        case.closed_on = None if case.was_offered else case.decided_on
        case.save(update_fields=["edition", "answer", "decided_on", "was_offered", "no_offer", "closed_on"])
        if is_eligible:
            count(case, Reached.ELIGIBLE, on=timezone.localdate(at))
            stage = Reached.OFFERED if case.was_offered else Reached.NOT_OFFERED
            count(case, stage, case.no_offer, on=timezone.localdate(at))
        audit("diversion_decided", case, by=by, at=by.at, answer=case.answer, offered=case.was_offered)
    return case


def decline(*, case_id: int, by: Viewer, at: datetime) -> DiversionCase:
    """Say that youth or family did not take the offer."""
    with writing(by, KEEP):
        case = _offered(case_id, by)
        if case.signed_on is not None:
            raise Refusal(_("There is a contract: say how it ended."))
        case.declined_on = case.closed_on = timezone.localdate(at)
        case.save(update_fields=["declined_on", "closed_on"])
        audit("diversion_declined", case, by=by, at=by.at)
    return case


def sign(*, case_id: int, signed_on: date, by: Viewer, at: datetime) -> DiversionCase:
    """Keep the contract: its terms are those of the rules' edition, with their days from the signature."""
    with writing(by, KEEP):
        case = _offered(case_id, by)
        if case.signed_on is not None:
            raise Refusal(_("It is signed already."))
        if not (case.decided_on or signed_on) <= signed_on <= timezone.localdate(at):
            raise Refusal(_("A contract is signed after the offer, and not ahead."), field="signed_on")
        edition = edition_for(case)
        if edition is None:
            raise Refusal(_("The rules that it was decided by are no longer there."))
        promised = terms_of(edition.terms, signed_on)
        case.signed_on = signed_on
        case.ends_on = max([months_after(signed_on, edition.months), *(term.due_on for term in promised)])
        case.save(update_fields=["signed_on", "ends_on"])
        ContractTerm.objects.bulk_create(
            ContractTerm(
                **of_youth(case.youth, RecordClass.POLICE),
                case=case,
                kind=term.kind,
                amount=term.amount,
                due_on=term.due_on,
            )
            for term in promised
        )
        count(case, Reached.SIGNED, on=timezone.localdate(at))
        audit("diversion_signed", case, by=by, at=by.at, terms=len(promised))
    return case


def prove(*, term_id: int, amount: int, on: date, receipt: UUID, by: Viewer, at: datetime) -> TermProof:
    """Keep a proof of part or all of a term. Sent twice with one receipt, it is there once."""
    with writing(by, KEEP):
        term = own(ContractTerm, term_id, by=by, permission=KEEP)
        case = own(DiversionCase, term.case_id, by=by, permission=KEEP)
        with within(as_system(by)):
            there = TermProof.objects.filter(receipt=receipt).first()
        if there is not None:
            same((there.term_id, there.amount, there.on) == (term.pk, amount, on))
            return there
        if case.outcome:
            raise Refusal(_("This diversion has ended."))
        if not 1 <= amount <= term.amount:
            raise Refusal(_("Write a number from 1 to %(most)d.") % {"most": term.amount}, field="amount")
        if case.signed_on is None or not case.signed_on <= on <= timezone.localdate(at):
            raise Refusal(_("It was done after the signature, and not ahead."), field="on")
        _fit_amount(term, case.signed_on, amount, on, by)
        made = TermProof.objects.create(
            **of_youth(term.youth, RecordClass.POLICE), term=term, amount=amount, on=on, receipt=receipt
        )
        audit("term_proven", made, by=by, at=by.at, kind=term.kind, amount=amount)
    return made


def _fit_amount(term: ContractTerm, signed_on: date, amount: int, on: date, by: Viewer) -> None:
    """Refuse more of a term than the days since the signature can hold."""
    a_day = MOST_A_DAY.get(TermKind(term.kind))
    if a_day is None:
        return
    proofs = visible(TermProof.objects.all(), by).filter(term=term, on__lte=on)
    before = sum(proofs.values_list("amount", flat=True))
    most = a_day * ((on - signed_on).days + 1)
    if before + amount > most:
        raise Refusal(
            _("Since the signature on %(day)s at most %(most)d can have been done by then: %(a_day)d a day.")
            % {"day": signed_on.isoformat(), "most": most, "a_day": a_day},
            field="amount",
        )


def end(*, case_id: int, outcome: str, by: Viewer, at: datetime) -> DiversionCase:
    """Say how it ended. Completed only where every term is proven; raises :class:`Refusal` otherwise."""
    with writing(by, KEEP):
        case = _offered(case_id, by)
        if case.signed_on is None or case.outcome:
            raise Refusal(_("There is no contract that could end."))
        today = timezone.localdate(at)
        if outcome == Outcome.COMPLETED:
            terms = list(visible(ContractTerm.objects.all(), by).filter(case=case))
            proofs = list(visible(TermProof.objects.all(), by).filter(term__case=case))
            if not contract_of(terms, proofs, today)[0].is_kept:
                raise Refusal(_("Not every term is proven yet."), field="outcome")
        case.outcome, case.outcome_on, case.closed_on = Outcome(outcome), today, today
        case.save(update_fields=["outcome", "outcome_on", "closed_on"])
        count(case, outcome, on=timezone.localdate(at))
        audit("diversion_ended", case, by=by, at=by.at, outcome=outcome)
    return case


def sealing_step(*, case_id: int, step: str, on: date, by: Viewer, at: datetime) -> DiversionCase:
    """Say that completion was determined, or that the agency was told to seal."""
    field = {"determination": "determined_on", "agency-told": "agency_told_on"}.get(step)
    with writing(by, KEEP):
        case = own(DiversionCase, case_id, by=by, permission=KEEP)
        if field is None or case.outcome != Outcome.COMPLETED or case.outcome_on is None:
            raise Refusal(_("Only a completed diversion is sealed."))
        if not (case.determined_on or case.outcome_on) <= on <= timezone.localdate(at):
            raise Refusal(_("It was done after what came before, and not ahead."), field="on")
        if getattr(case, field) is None:
            setattr(case, field, on)
            case.save(update_fields=[field])
            audit("diversion_sealing_step", case, by=by, at=by.at, step=step)
    return case


def _undecided(case: DiversionCase) -> None:
    if case.decided_on is not None:
        raise Refusal(_("It is decided. A decision keeps what it stood on."))


def _offered(case_id: int, by: Viewer) -> DiversionCase:
    case = own(DiversionCase, case_id, by=by, permission=KEEP)
    if not case.was_offered or case.declined_on is not None:
        raise Refusal(_("There is no offer that was not declined."))
    return case
