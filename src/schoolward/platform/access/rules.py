"""What a policy is made of: relations between a viewer and a row, and how a protected table is protected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import Q

from schoolward.platform.access.viewer import Viewer

ALL_FIELDS: frozenset[str] = frozenset({"*"})


def everywhere(viewer: Viewer) -> Q | None:
    """The relation that holds for every row."""
    return Q(pk__isnull=False)


def at_own_sites(field: str = "campus") -> Callable[[Viewer], Q | None]:
    """The relation "at a site of mine": the row's campus is in the membership's scope."""

    def where(viewer: Viewer) -> Q | None:
        if viewer.campus_ids is None:
            return Q(pk__isnull=False)
        if not viewer.campus_ids:
            return None
        return Q(**{f"{field}__in": viewer.campus_ids})

    return where


class Across(Enum):
    """Whose rows a rule reaches. A protected table's rule is never :attr:`ANY`."""

    ANY = "the partnership's rows, whosever they are"
    SAME = "rows of the viewer's own agency"
    AGREEMENT = "rows of the own agency, and of another under a live agreement"


@dataclass(frozen=True)
class Rule:
    """A relation between viewer and row, and the fields that it opens.

    Under an agreement, only those of ``fields`` that the agreement names are opened.
    """

    relation: str
    roles: frozenset[str]
    where: Callable[[Viewer], Q | None] = everywhere
    fields: frozenset[str] = ALL_FIELDS
    purposes: frozenset[str] | None = None
    across: Across = Across.ANY

    def holds_for(self, viewer: Viewer) -> Q | None:
        """The rows for which this rule holds, or ``None`` when it holds for none."""
        if viewer.role not in self.roles:
            return None
        if self.purposes is not None and viewer.purpose not in self.purposes:
            return None
        return self.where(viewer)


@dataclass(frozen=True)
class Protection:
    """How a table of :class:`~schoolward.platform.access.models.ProtectedRecord` is protected.

    ``special`` maps a field to the category whose consent alone opens it. ``emergency_roles`` may break the
    glass and then read ``emergency_fields``, none of which is special.
    """

    special: Mapping[str, str] = field(default_factory=dict)
    emergency_roles: frozenset[str] = frozenset()
    emergency_fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ModelPolicy:
    """All rules of one model, strongest first. Raises ``ValueError`` where a protected table's would leak."""

    model: str
    rules: tuple[Rule, ...]
    protection: Protection | None = None

    def __post_init__(self) -> None:
        if self.protection is None:
            if any(rule.across is not Across.ANY for rule in self.rules):
                raise ValueError(f"{self.model}: a rule about agencies needs a protection")
            return
        for rule in self.rules:
            if rule.across is Across.ANY:
                raise ValueError(f"{self.model}: say of the rule {rule.relation!r} whose rows it reaches")
        if self.protection.emergency_fields & (set(self.protection.special) | ALL_FIELDS):
            raise ValueError(f"{self.model}: an emergency opens named fields, none of a special category")
