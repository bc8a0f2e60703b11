"""Who reads which field of a protected row. The rules in words: docs/reference/protected-records.md.

Every way to a row is a branch: a rule within the own agency, a rule under one agreement, an emergency. The
first branch that holds for a row decides, and the database writes its name and its fields beside the row; so
a row carries its own mask, and a row from elsewhere has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from schoolward.platform.access.models.agreements import Agreement
from schoolward.platform.access.models.consents import Consent
from schoolward.platform.access.models.emergencies import Emergency
from schoolward.platform.access.models.protected import ProtectedRecord
from schoolward.platform.access.rules import ALL_FIELDS, Across, ModelPolicy, Protection, Rule
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import context

BASIS, CONSENT = "access_basis", "access_consent_"
RowModel = TypeVar("RowModel", bound=ProtectedRecord)


class Unprotected(TypeError):
    """A protected table whose policy does not say how it is protected: nobody reads it."""


@dataclass(frozen=True)
class Branch:
    """One way to a row: why, for which rows, to which fields."""

    basis: str
    where: Q
    fields: frozenset[str]

    @property
    def mark(self) -> str:
        """What the database writes beside the rows of this branch."""
        return f"{self.basis}|{','.join(sorted(self.fields))}"


def visible(queryset: QuerySet[Any], policy: ModelPolicy | None, viewer: Viewer) -> QuerySet[Any]:
    """The rows that the viewer may see, each marked with its branch and the consents that hold for it."""
    context.check(viewer)
    if policy is None:
        return queryset.none()
    if policy.protection is None:
        raise Unprotected(f"{policy.model} needs a protection")
    unsealed = queryset.filter(sealed_at__isnull=True)
    ways = list(branches(queryset.model, policy, viewer))
    if not ways:
        return queryset.none()
    seen = Q()
    for way in ways:
        seen |= way.where
    mark = Case(
        *(When(way.where, then=Value(way.mark)) for way in ways),
        default=Value("|"),
        output_field=CharField(),
    )
    opened = frozenset[str]().union(*(way.fields for way in ways))
    return unsealed.filter(seen).annotate(**{BASIS: mark, **_consents(policy.protection, opened, viewer)})


def mask(row: ProtectedRecord, policy: ModelPolicy | None, viewer: Viewer) -> frozenset[str]:
    """The fields of a row from :func:`visible` that the viewer may read; empty for any other row."""
    if policy is None or policy.protection is None:
        return frozenset()
    _basis, _bar, names = str(getattr(row, BASIS, "|")).partition("|")
    special = policy.protection.special
    return frozenset(
        name
        for name in names.split(",")
        if name and (name not in special or getattr(row, CONSENT + special[name], False))
    )


def basis(row: ProtectedRecord) -> str:
    """Why the row was shown: the relation, an agreement or an emergency, for the disclosure log."""
    return str(getattr(row, BASIS, "|")).partition("|")[0]


def branches(model: type[ProtectedRecord], policy: ModelPolicy, viewer: Viewer) -> Iterator[Branch]:
    """Every way that the viewer has to rows of the model, strongest first."""
    everything = frozenset(field.name for field in model._meta.concrete_fields)
    protection = cast("Protection", policy.protection)
    if viewer.is_system:
        yield Branch("system", Q(pk__isnull=False), everything)
        return
    if viewer.agency_id is None:
        return
    agreements = _agreements(viewer)
    for rule in policy.rules:
        where = rule.holds_for(viewer)
        if where is None:
            continue
        fields = everything if rule.fields == ALL_FIELDS else rule.fields
        yield Branch(rule.relation, where & Q(agency=viewer.agency_id), fields)
        yield from _under_agreements(rule, where, fields, agreements, model._meta.label)
    yield from _emergencies(protection, viewer)


def _agreements(viewer: Viewer) -> list[Agreement]:
    """The live agreements that give something to the viewer's agency for its purpose, the newest first.

    Asked of the database each time: a revocation works on the next question.
    """
    held = Agreement.objects.live(viewer.at).filter(recipient=viewer.agency_id).order_by("-pk")
    return [agreement for agreement in held if viewer.purpose in agreement.purposes]


def _under_agreements(
    rule: Rule, where: Q, fields: frozenset[str], agreements: list[Agreement], label: str
) -> Iterator[Branch]:
    """The rule for rows of others, a branch an agreement: where two reach a row, the newer decides."""
    if rule.across is not Across.AGREEMENT:
        return
    for agreement in agreements:
        of_owner = Q(agency=agreement.owner_id, record_class__in=agreement.record_classes)
        named = frozenset(name for name in fields if f"{label}.{name}" in agreement.fields)
        if named:
            yield Branch(f"agreement {agreement.pk}", where & of_owner, named)


def _emergencies(protection: Protection, viewer: Viewer) -> Iterator[Branch]:
    """The last way: rows of a subject for whom this membership broke the glass."""
    if viewer.role not in protection.emergency_roles or viewer.membership_id is None:
        return
    held = Emergency.objects.live(viewer.at).filter(
        membership=viewer.membership_id, account=viewer.account_id
    )
    for emergency in held.order_by("pk"):
        fields = protection.emergency_fields - set(protection.special)
        yield Branch(f"emergency {emergency.pk}", Q(subject=emergency.subject), fields)


def _consents(protection: Protection, opened: frozenset[str], viewer: Viewer) -> dict[str, Exists]:
    """For each category among the opened fields, whether a live consent about the row's subject names us."""
    if viewer.agency_id is None:
        return {}  # the system is no recipient that a person could have consented to
    categories = {category for name, category in protection.special.items() if name in opened}
    held = Consent.objects.live(viewer.at).filter(
        subject=OuterRef("subject"), recipient=viewer.agency_id, purpose=viewer.purpose
    )
    return {CONSENT + category: Exists(held.filter(category=category)) for category in sorted(categories)}
