"""Pairs of records that may be of one young person, for those who see both. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.linkage.levels import COMPARISONS
from schoolward.domains.cases.models import Decided, LookAlike, Youth
from schoolward.platform.access.disclosing import disclosed
from schoolward.platform.access.policy import mask, visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

#: Without these nobody can say whether two are one.
NEEDED = frozenset({"legal_name", "born_on"})
SHOWN = (
    ("legal_name", _("Name at school")),
    ("preferred_name", _("Name that they go by")),
    ("born_on", _("Born on")),
    ("local_number", _("Student number")),
    ("home_language", _("Language at home")),
    ("school", _("School")),
)
_TITLES = {comparison.field: comparison.title for comparison in COMPARISONS}


@dataclass(frozen=True)
class Side:
    """One fact of the two records, beside each other, and whether it agrees; ``None`` where one has none."""

    title: str | Promise
    left: str
    right: str
    agrees: bool | None


def pairs(viewer: Viewer) -> QuerySet[LookAlike]:
    """The pairs of which the viewer sees both records, the oldest first. Ask inside ``within(viewer)``."""
    seen = visible(Youth.objects.all(), viewer).order_by().values("pk")
    rows: QuerySet[LookAlike] = visible(LookAlike.objects.filter(youth__in=seen, other__in=seen), viewer)
    return rows.order_by("found_on", "pk")


def to_decide(viewer: Viewer, *, on: date) -> QuerySet[LookAlike]:
    """Those that wait for a decision on the day."""
    return pairs(viewer).filter(Q(decision=Decided.OPEN) | Q(decision=Decided.LATER, again_on__lte=on))


def put_together(viewer: Viewer) -> QuerySet[LookAlike]:
    """Pairs that were put together, of whose kept record the viewer sees: who may take them apart."""
    seen = visible(Youth.objects.all(), viewer).order_by().values("pk")
    kept = Q(youth__in=seen, other__merged_into__in=seen) | Q(other__in=seen, youth__merged_into__in=seen)
    rows: QuerySet[LookAlike] = visible(LookAlike.objects.filter(kept), viewer)
    return rows.filter(decision=Decided.SAME, merging__isnull=False, merging__undone_at__isnull=True)


def both(viewer: Viewer, pair: LookAlike) -> tuple[Youth, Youth] | None:
    """The two records with the disclosure of each, or ``None`` where the viewer does not see who they are."""
    with within(viewer):
        rows = visible(
            Youth.objects.select_related("school", "agency").filter(pk__in=[pair.youth_id, pair.other_id]),
            viewer,
        )
        found = {row.pk: row for row in rows if mask(row, viewer) >= NEEDED}
        if len(found) != 2:
            return None
        disclosed(list(found.values()), viewer, fields=frozenset(name for name, _title in SHOWN))
    return found[pair.youth_id], found[pair.other_id]


def side_by_side(viewer: Viewer, two: tuple[Youth, Youth]) -> list[Side]:
    """What the viewer may read of both, fact by fact. What is hidden of one is not compared."""
    left, right = two
    return [
        _side(title, _value(left, name, viewer), _value(right, name, viewer))
        for name, title in SHOWN
        if {name} <= mask(left, viewer) and {name} <= mask(right, viewer)
    ]


def in_words(facts: Iterable[dict[str, str]]) -> list[str]:
    """What the comparison found, as "birth date: equal"."""
    return [f"{_TITLES.get(fact['field'], fact['field'])}: {fact['level']}" for fact in facts]


def _side(title: str | Promise, left: str, right: str) -> Side:
    agrees = left.casefold() == right.casefold() if left and right else None
    return Side(title, left, right, agrees)


def _value(youth: Youth, name: str, viewer: Viewer) -> str:
    if name == "home_language":
        return str(youth.get_home_language_display())
    value = getattr(youth, name)
    return value.isoformat() if isinstance(value, date) else str(value or "")
