"""Finding what an expenditure can be for: work, a finding, an initiative or program, or a position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.assessments.queries import findings
from schoolward.domains.grants.actions import GrantRefused
from schoolward.domains.grants.models import Purpose, PurposeKind
from schoolward.domains.grants.queries import positions
from schoolward.domains.initiatives.queries import initiatives
from schoolward.domains.work.queries import work_items
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Target:
    """Something that money can be spent for."""

    kind: str
    target: str
    title: str


def found(viewer: Viewer, kind: str, name: str) -> Target:
    """What is named: work by its reference, a finding by its number, the others by their short name.

    Raises ``GrantRefused`` where the viewer sees no such thing; ``field`` is the kind.
    """
    name = name.strip()
    row: Any = None
    title = ""
    if kind == PurposeKind.WORK and may(viewer, "work.view"):
        row = work_items(viewer).filter(reference__iexact=name).first()
        title = f"{row.reference} {row.title}" if row else ""
    elif kind == PurposeKind.FINDING and may(viewer, "assessments.view"):
        number = int(name) if name.isdecimal() and len(name) < 19 else 0
        row = findings(viewer).filter(pk=number).first()
        title = row.title if row else ""
    elif kind == PurposeKind.INITIATIVE and may(viewer, "initiatives.view"):
        row = initiatives(viewer).filter(key=name).first()
        title = row.title if row else ""
    elif kind == PurposeKind.POSITION:
        row = positions(viewer).filter(key=name).first()
        title = row.title if row else ""
    if row is None:
        raise GrantRefused(_("There is no “%(name)s”. Check how it is written.") % {"name": name}, field=kind)
    return Target(kind, f"{row._meta.label}:{row.pk}", title[:200])


def initiative_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """The initiatives and programs that can be chosen."""
    return [(one.key, one.title) for one in initiatives(viewer).exclude(kind="body").order_by("title")]


def position_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """The positions that can be chosen."""
    return [(one.key, one.title) for one in positions(viewer)]


def address(viewer: Viewer, purpose: Purpose, initiative_keys: dict[int, str]) -> str:
    """Where the record of a purpose opens, or an empty text where the viewer may not see it."""
    number = purpose.target.rpartition(":")[2]
    if purpose.kind == PurposeKind.WORK and may(viewer, "work.view"):
        return reverse("work:detail", args=[number])
    if purpose.kind == PurposeKind.FINDING and may(viewer, "assessments.view"):
        return reverse("assessments:finding", args=[number])
    if purpose.kind == PurposeKind.POSITION:
        return reverse("grants:positions")
    key = initiative_keys.get(int(number))
    return reverse("initiatives:detail", args=[key]) if key else ""


def initiative_keys(viewer: Viewer) -> dict[int, str]:
    """The short names of initiatives by their numbers, for :func:`address`."""
    return dict(initiatives(viewer).values_list("pk", "key"))
