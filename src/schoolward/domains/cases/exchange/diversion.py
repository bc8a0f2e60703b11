"""Diversion in and out: cases with facts, offer, contract and end; and what shows that terms were kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.actions import diversion as actions
from schoolward.domains.cases.exchange.students import (
    OURS,
    STUDENT_NUMBER,
    YOUTH,
    acting,
    each,
    receipt_of,
    who,
    youth_of,
    youths_of,
)
from schoolward.domains.cases.models import (
    ContractTerm,
    DiversionCase,
    Group,
    NoOffer,
    Outcome,
    Path,
    TermProof,
)
from schoolward.domains.cases.models.diversion import KINDS, Level
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.exchange.columns import Column, day, one_of, own_words, whole_number, yes_no
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

_EVENT = Column(
    "event_on",
    _("The day of the event; with the student and the path it is the case."),
    True,
    day,
    example="2012-08-20",
)
_PATH = Column("path", _("Who diverts."), True, one_of(Path.choices), example="827.95")


def _case(youth: int, values: Any, by: Viewer) -> DiversionCase | None:
    with within(by):
        rows = visible(DiversionCase.objects.all(), by)
        return rows.filter(youth=youth, event_on=values["event_on"], path=values["path"]).first()


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=timezone.get_default_timezone())


@register
class DiversionCases(Exchange):
    """Cases of diversion, each step taken where the file tells it and the rules allow it."""

    key = "diversion-cases"
    about_young_people = True
    title = _("Diversion cases")
    description = _(
        "The rules of the day of the event decide who is eligible, whatever the file says: it tells the day "
        "of the decision, and why an eligible young person was not offered diversion. Brought in again, a "
        "case only goes on; completed it is only where every term is proven."
    )
    columns = (
        YOUTH,
        STUDENT_NUMBER,
        _EVENT,
        _PATH,
        Column("referred_on", _("The day of the referral."), True, day, example="2012-09-04"),
        Column("kind", _("What it is about."), parse=one_of(KINDS), example="vandalism"),
        Column("level", _("How grave the law calls it."), parse=one_of(Level.choices)),
        Column("accepts_responsibility", _("Whether the young person does."), parse=yes_no),
        Column("guardian_agrees", _("Whether a parent does."), parse=yes_no),
        Column("victim_heard", _("Whether who was harmed was heard."), parse=yes_no),
        Column("group", _("As the family says it."), parse=one_of(Group.choices)),
        Column("decided_on", _("The day of the decision."), parse=day),
        Column("no_offer", _("Why an eligible one was not offered it."), parse=one_of(NoOffer.choices)),
        Column("declined_on", _("The day on which the family declined."), parse=day),
        Column("signed_on", _("The day of the contract."), parse=day),
        Column("outcome", _("How it ended."), parse=one_of(Outcome.choices)),
        Column("outcome_on", _("The day of the end."), parse=day),
    )
    permission = "diversion.keep"
    export_permission = "diversion.view"
    ignores = frozenset({"answer", "wasoffered", "endson"})

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Take each case as far as its row tells."""
        by = acting(context.by)
        each(rows, context, lambda row: self._take(row, by, context), {"": "event_on", "edition": "event_on"})

    def _take(self, row: Row, by: Viewer, context: ImportContext) -> None:
        values, youth = row.values, youth_of(row, context)
        if youth is None or not self._is_fit(row, context):
            return
        case, is_new = _case(youth, values, by), False
        if case is None:
            case, is_new = (
                actions.open_case(
                    youth_id=youth,
                    event_on=values["event_on"],
                    path=values["path"],
                    referred_on=values["referred_on"],
                    by=by,
                    at=context.at,
                ),
                True,
            )
        changed = self._go_on(case, values, by, context.at)
        if is_new:
            context.report.created += 1
        elif changed:
            context.report.updated += 1
        else:
            context.report.unchanged += 1

    def _is_fit(self, row: Row, context: ImportContext) -> bool:
        values, today = row.values, timezone.localdate(context.at)
        before = values["referred_on"]
        for name in ("decided_on", "declined_on", "signed_on", "outcome_on"):
            told = values.get(name)
            if told and not before <= told <= today:
                context.reject(
                    row,
                    name,
                    _t("lies ahead, or before the step that comes first"),
                    _t("Write the days in their order."),
                )
                return False
            before = told or before
        pairs = (
            ("outcome", "outcome_on"),
            ("outcome_on", "outcome"),
            ("outcome", "signed_on"),
            ("signed_on", "decided_on"),
            ("declined_on", "decided_on"),
            ("no_offer", "decided_on"),
        )
        for name, needs in pairs:
            if values.get(name) and not values.get(needs):
                context.reject(row, needs, _t("is blank"), _t("It goes with %(name)s.") % {"name": name})
                return False
        return True

    def _go_on(self, case: DiversionCase, values: Any, by: Viewer, at: datetime) -> bool:
        changed = False
        if case.decided_on is None:
            facts = {name: values[name] for name in actions.FACTS if values.get(name) not in (None, "")}
            facts = {name: told for name, told in facts.items() if getattr(case, name) != told}
            if facts:
                case, changed = actions.set_facts(case_id=case.pk, by=by, at=at, **facts), True
            if values.get("decided_on"):
                case = actions.decide(
                    case_id=case.pk,
                    no_offer=values.get("no_offer") or "",
                    by=by,
                    at=_noon(values["decided_on"]),
                )
                changed = True
        if values.get("declined_on") and case.declined_on is None:
            case = actions.decline(case_id=case.pk, by=by, at=_noon(values["declined_on"]))
            changed = True
        if values.get("signed_on") and case.signed_on is None:
            case = actions.sign(case_id=case.pk, signed_on=values["signed_on"], by=by, at=at)
            changed = True
        if values.get("outcome") and not case.outcome:
            actions.end(case_id=case.pk, outcome=values["outcome"], by=by, at=_noon(values["outcome_on"]))
            changed = True
        return changed

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The cases of the viewer's caseload; what is sealed is nowhere."""
        rows = read(DiversionCase.objects.order_by("pk"), viewer)
        known = youths_of(viewer, rows)
        for row in rows:
            yield (
                *who(known.get(row.youth_id)),
                row.event_on,
                row.path,
                row.referred_on,
                row.kind,
                row.level,
                *(
                    {True: "yes", False: "no", None: ""}[told]
                    for told in (row.accepts_responsibility, row.guardian_agrees, row.victim_heard)
                ),
                row.group,
                row.decided_on or "",
                row.no_offer,
                row.declined_on or "",
                row.signed_on or "",
                row.outcome,
                row.outcome_on or "",
            )


@register
class DiversionProofs(Exchange):
    """What shows that the terms of contracts were kept, in part or whole."""

    key = "diversion-proofs"
    about_young_people = True
    title = _("Proofs of the terms of diversion contracts")
    description = _("Each is made once by its reference. Bring in the cases with their contracts first.")
    columns = (
        Column("reference", _("Your own number of the proof."), True, own_words(60), example="2012-17-3"),
        YOUTH,
        STUDENT_NUMBER,
        _EVENT,
        _PATH,
        Column(
            "term",
            _("Which term."),
            True,
            one_of(ContractTerm._meta.get_field("kind").choices or ()),
            example="service_hours",
        ),
        Column("amount", _("How much of it."), True, whole_number(1, 100_000), example="8"),
        Column("on", _("When it was done."), True, day, example="2012-09-05"),
    )
    permission = "diversion.keep"
    export_permission = "diversion.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        """Keep each proof, once."""
        by = acting(context.by)
        each(rows, context, lambda row: self._take(row, by, context), {"": "term"})

    def _take(self, row: Row, by: Viewer, context: ImportContext) -> None:
        values, youth = row.values, youth_of(row, context)
        if youth is None:
            return
        case = _case(youth, values, by)
        receipt = receipt_of("proof", values["reference"], by)
        with within(by):
            term = visible(ContractTerm.objects.all(), by).filter(case=case, kind=values["term"]).first()
            known = visible(TermProof.objects.filter(receipt=receipt), by)
            if values["reference"].startswith(OURS):
                number = values["reference"][len(OURS) :][:18]
                known = visible(TermProof.objects.filter(pk=int(number) if number.isdigit() else 0), by)
            is_there = known.exists()
        if is_there:
            context.report.unchanged += 1
        elif case is None or term is None:
            context.reject(
                row,
                "term",
                _t("is no term of a contract here"),
                _t("Bring in the case with its contract first."),
            )
        else:
            actions.prove(
                term_id=term.pk,
                amount=values["amount"],
                on=values["on"],
                receipt=receipt,
                by=by,
                at=context.at,
            )
            context.report.created += 1

    def export_rows(self, viewer: Viewer) -> Iterable[Sequence[object]]:
        """The proofs of the viewer's caseload."""
        rows = read(TermProof.objects.select_related("term__case").order_by("pk"), viewer)
        known = youths_of(viewer, rows)
        for row in rows:
            case = row.term.case
            yield (
                f"{OURS}{row.pk}",
                *who(known.get(row.youth_id)),
                case.event_on,
                case.path,
                row.term.kind,
                row.amount,
                row.on,
            )
