"""Looking for records that may be of one young person: who is who, and nothing else (decision 62).

What a household shares (a telephone) brings a pair before a person and never decides it; no pair is put
together by a machine, however sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from schoolward.domains.cases.models import Decided, Guardian, LookAlike, Youth, of_youth
from schoolward.platform.access.models import Agency, Agreement, RecordClass
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.actions import record

#: What another agency has to let be read before its records are compared with one's own.
TO_COMPARE = ("cases.Youth.legal_name", "cases.Youth.born_on")
MOST = 100_000
"""Records that one agency's search compares: more is a mistake of the installation."""


def find_pairs(*, on: date, by: Viewer, at: datetime) -> dict[str, int]:
    """Compare each agency's records with each other and with those that agreements let it read.

    Only the system does this. A pair that a person has decided stays decided. Returns how many records were
    compared, how many pairs are new, and how many wait.
    """
    if not by.is_system:
        raise AccessDenied("identity.decide")
    compared = new = 0
    with within(by), transaction.atomic():
        for agency in Agency.objects.filter(revoked_at__isnull=True).order_by("pk"):
            rows = list(
                Youth.objects.filter(agency__in=[agency.pk, *_readable(agency, at)]).order_by("pk")[:MOST]
            )
            own = {row.pk: row for row in rows if row.agency_id == agency.pk}
            if not own or len(rows) < 2:
                continue
            compared += len(own)
            new += sum(_keep(one, own, {row.pk: row for row in rows}, on) for one in _alike(rows))
        waiting = LookAlike.objects.filter(decision=Decided.OPEN).count()
        told = {"compared": compared, "new": new, "waiting": waiting}
        if new:
            record("cases.pairs_found", by=by, at=at, subject="cases:who-is-who", detail=told)
    return told


def _readable(agency: Agency, at: datetime) -> list[int]:
    """The agencies whose young people this one may know by name and birthday, under agreements in force."""
    return [
        held.owner_id
        for held in Agreement.objects.live(at).filter(recipient=agency)
        if str(Purpose.YOUTH_PROGRAM) in held.purposes
        and str(RecordClass.EDUCATION) in held.record_classes
        and set(TO_COMPARE) <= set(held.fields)
    ]


def _alike(rows: list[Youth]) -> Iterable[tuple[int, int, str, list[dict[str, str]]]]:
    """The pairs that a person should look at, or that look the same: numbers, why, and the facts by level."""
    from schoolward.analysis.linkage import Decision, Table, link

    telephones: dict[int, str] = {}
    for youth, reach_at in Guardian.objects.filter(youth__in=rows).values_list("youth", "reach_at"):
        telephones.setdefault(youth, reach_at)
    columns: dict[str, list[str]] = {
        name: [] for name in ("given", "middle", "surname", "birth_date", "student_id", "phone")
    }
    for row in rows:
        given, middle, surname = name_parts(row.legal_name)
        told = {
            "given": given,
            "middle": middle,
            "surname": surname,
            "birth_date": row.born_on.isoformat(),
            "student_id": row.local_number,
            "phone": telephones.get(row.pk, ""),
        }
        for name, value in told.items():
            columns[name].append(value)
    linked = link(Table([str(row.pk) for row in rows], columns, rows=len(rows)))
    for one in linked.links(Decision.SAME, Decision.PERSON):
        facts = [{"field": fact.field, "level": fact.level} for fact in one.facts]
        yield int(one.left), int(one.right), one.why, facts


def name_parts(name: str) -> tuple[str, str, str]:
    """First name, what stands between, and surname of a name as it stands at school."""
    if "," in name:
        last, _comma, first = name.partition(",")
        words = [*first.split(), " ".join(last.split())]
    else:
        words = name.split()
    if len(words) < 2:
        return (words[0] if words else "", "", "")
    return words[0], " ".join(words[1:-1]), words[-1]


def _keep(
    pair: tuple[int, int, str, list[dict[str, str]]],
    own: dict[int, Youth],
    rows: dict[int, Youth],
    on: date,
) -> int:
    """Keep a pair of which at least one record is the agency's; how many are new."""
    left, right, why, facts = pair
    if left not in own:
        left, right = right, left
    if left not in own:
        return 0
    kept = LookAlike.objects.filter(youth=left, other=right).first()
    kept = kept or LookAlike.objects.filter(youth=right, other=left, agency=own[left].agency_id).first()
    if kept is not None:
        if kept.decision == Decided.OPEN and (kept.facts, kept.why) != (facts, why):
            kept.facts, kept.why = facts, why
            kept.save(update_fields=["facts", "why"])
        return 0
    base = of_youth(own[left])
    LookAlike.objects.create(
        **base,
        other=rows[right],
        facts=facts,
        why=why,
        found_on=on,
        invented=own[left].invented and rows[right].invented,
    )
    return 1
