"""What the city asks for false alarms, by its ordinance: reckoned anew from cases, permits and appeals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import BigIntegerField, BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms.examples import charged
from schoolward.domains.alarms.measures.counting import NO_SIGNALS, counted, is_collected, last_day, note
from schoolward.domains.alarms.models import Case
from schoolward.domains.alarms.queries.fees import Statement, statement
from schoolward.domains.alarms.queries.rates import midnight
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Rows, measure
from schoolward.platform.measures.together import shared

_NO_ORDINANCE = _("No alarm system has a permit, or a jurisdiction whose ordinance is known here.")
_NO_AMOUNTS = _("The amounts of the ordinance that holds here are not known, so that no fee is claimed.")
_UNKNOWN = _("{count} alarms that count are left out, because the amount for them is not known.")
_WITHOUT = _("{count} alarm systems are under no ordinance that is known here.")


@shared
def _statement(period: Period, scope: Scope) -> Statement:
    """The statement as it stood at the end of the period. Of all sites: what is kept of fees is no secret."""
    day = last_day(period)
    return statement(Viewer.system(at=midnight(day), name="fees"), as_of=day, campus_id=scope.campus_id)


@measure(
    key="alarms.fees",
    title=_("Fees for false alarms"),
    definition=_(
        "What the ordinance of each system asks for the alarms of the period, as it stood at the period's "
        "end: fees and surcharges, less what was waived or struck out on appeal. What an undecided appeal "
        "speaks of is still asked for. Permits themselves, and whether anything was paid, are not in it."
    ),
    unit="US cents",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Alarms of the period that cost something, with what they cost summed"),
    denominator="",
    direction="down",
    example=charged(20_000, "C", "F", "H"),
)
def fees(period: Period, scope: Scope) -> Rows:
    """The sum of what is claimed for the period's alarms."""
    if not is_collected(period):
        return _none(NO_SIGNALS)
    found = _statement(period, scope)
    if not found.parts:
        return _none(_NO_ORDINANCE)
    if not any(edition.schedules is not None for part in found.parts for edition in part.ordinance.editions):
        return _none(_NO_AMOUNTS)
    by_amount: dict[int, list[int]] = defaultdict(list)
    unknown, last = 0, last_day(period)
    for line in (line for part in found.parts for line in part.lines):
        day = line.case.opened_on
        if day > last or (period.start is not None and day < period.start):
            continue
        if line.assessed.claimed_cents is None:
            unknown += 1
        elif line.assessed.claimed_cents:
            by_amount[line.assessed.claimed_cents].append(line.case.pk)
    return counted(
        period,
        _with_amounts(by_amount),
        amount="fee_cents",
        note=_notes(unknown, len(found.without), note(period)),
    )


def _none(why: Promise) -> Rows:
    return Rows(numerator=Case.objects.none(), amount="fee_cents", collected=False, missing=why)


def _with_amounts(by_amount: dict[int, list[int]]) -> QuerySet[Case]:
    """The cases, each with its amount as ``fee_cents``.

    Amounts are not stored, so they go into the question: as plain numbers, because a database takes only so
    many parameters and a long history has more alarms.
    """
    column = f'"{Case._meta.db_table}"."{Case._meta.pk.column}"'
    choices = "".join(
        f" WHEN {column} IN ({_listed(pks)}) THEN {cents:d}" for cents, pks in sorted(by_amount.items())
    )
    charged_pks = [pk for pks in by_amount.values() for pk in pks]
    # Nothing but our own whole numbers stands in these two.
    amount = RawSQL(f"CASE{choices or ' WHEN 1 = 0 THEN 0'} ELSE 0 END", (), BigIntegerField())  # noqa: S611
    is_charged = RawSQL(  # noqa: S611
        f"{column} IN ({_listed(charged_pks)})" if charged_pks else "1 = 0", (), BooleanField()
    )
    return Case.objects.annotate(fee_cents=amount).filter(is_charged)


def _listed(pks: Iterable[int]) -> str:
    return ", ".join(f"{pk:d}" for pk in sorted(pks))


def _notes(unknown: int, without: int, generated: Promise | str) -> Promise | str:
    said = [
        *([format_lazy(_UNKNOWN, count=unknown)] if unknown else []),
        *([format_lazy(_WITHOUT, count=without)] if without else []),
        *([generated] if generated else []),
    ]
    return format_lazy(" ".join(["{}"] * len(said)), *said) if said else ""
