"""Row policies: one declarative table per model, compiled to a queryset and a per-row field mask.

The rules of a model stand in order, strongest relation first. The first rule that holds for a row
decides what is seen of it; masks of different relations are never merged, because a union of two
narrow masks can show what neither relation may see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

from schoolward.platform.access.viewer import Viewer

ALL_FIELDS: frozenset[str] = frozenset({"*"})
RowModel = TypeVar("RowModel", bound=Model)


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


@dataclass(frozen=True)
class Rule:
    """A relation between viewer and row, and the fields that it opens."""

    relation: str
    roles: frozenset[str]
    where: Callable[[Viewer], Q | None] = everywhere
    fields: frozenset[str] = ALL_FIELDS
    purposes: frozenset[str] | None = None

    def holds_for(self, viewer: Viewer) -> Q | None:
        """The rows for which this rule holds, or ``None`` when it holds for none."""
        if viewer.role not in self.roles:
            return None
        if self.purposes is not None and viewer.purpose not in self.purposes:
            return None
        return self.where(viewer)


@dataclass(frozen=True)
class ModelPolicy:
    """All rules of one model, strongest first."""

    model: str
    rules: tuple[Rule, ...]


_policies: dict[str, ModelPolicy] = {}


def register(policy: ModelPolicy) -> ModelPolicy:
    """Add a model's policy. Raises ``ValueError`` when the model has one."""
    if policy.model in _policies:
        raise ValueError(f"{policy.model} has a policy already")
    _policies[policy.model] = policy
    return policy


def policy_for(model: type[Model]) -> ModelPolicy | None:
    """The model's policy, or ``None``: then nobody but the system sees a row."""
    return _policies.get(model._meta.label)


def visible(queryset: QuerySet[RowModel], viewer: Viewer) -> QuerySet[RowModel]:
    """The rows that the viewer may see, each annotated with ``access_rule`` (index of the deciding rule)."""
    if viewer.is_system:
        return _marked(queryset, Value(-1, output_field=IntegerField()))
    policy = policy_for(queryset.model)
    held = [
        (index, condition)
        for index, rule in enumerate(policy.rules if policy else ())
        if (condition := rule.holds_for(viewer)) is not None
    ]
    if not held:
        return queryset.none()
    seen = Q()
    for _index, condition in held:
        seen |= condition
    if len(held) == 1 or held[0][1] == Q(pk__isnull=False):
        # One rule decides for every row: no CASE, so that indexes and counts stay cheap.
        deciding: Any = Value(held[0][0], output_field=IntegerField())
        seen = held[0][1]
    else:
        deciding = Case(
            *(When(condition, then=Value(index)) for index, condition in held),
            default=Value(-2),
            output_field=IntegerField(),
        )
    if seen == Q(pk__isnull=False):
        return _marked(queryset, deciding)
    return _marked(queryset.filter(seen), deciding)


def _marked(queryset: QuerySet[RowModel], deciding: Any) -> QuerySet[RowModel]:
    return cast("QuerySet[RowModel]", queryset.annotate(access_rule=deciding))


def mask(row: Model, viewer: Viewer) -> frozenset[str]:
    """The fields of this row that the viewer may read (``{"*"}`` for all), empty when none.

    ``row`` must come from :func:`visible`, which marks the rule that decides for it.
    """
    if viewer.is_system:
        return ALL_FIELDS
    policy = policy_for(type(row))
    index = getattr(row, "access_rule", -2)
    if policy is None or not 0 <= index < len(policy.rules):
        return frozenset()
    return policy.rules[index].fields


def readable(row: Model, field: str, viewer: Viewer) -> bool:
    """Whether the viewer may read one field of a row that came from :func:`visible`."""
    fields = mask(row, viewer)
    return fields == ALL_FIELDS or field in fields
