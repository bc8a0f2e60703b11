"""Row policies: one declarative table per model, compiled to a queryset and a per-row field mask.

The rules of a model stand in order, strongest relation first. The first rule that holds for a row
decides what is seen of it; masks of different relations are never merged, because a union of two
narrow masks can show what neither relation may see. Protected tables have more to hold to: ``deciding``.
"""

from __future__ import annotations

from typing import Any, TypeVar, cast

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When

from schoolward.platform.access import deciding
from schoolward.platform.access.models.protected import ProtectedRecord
from schoolward.platform.access.rules import ALL_FIELDS as ALL_FIELDS
from schoolward.platform.access.rules import Across as Across
from schoolward.platform.access.rules import ModelPolicy as ModelPolicy
from schoolward.platform.access.rules import Protection as Protection
from schoolward.platform.access.rules import Rule as Rule
from schoolward.platform.access.rules import at_own_sites as at_own_sites
from schoolward.platform.access.rules import everywhere as everywhere
from schoolward.platform.access.viewer import Viewer

RowModel = TypeVar("RowModel", bound=Model)

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
    """The rows that the viewer may see, each annotated with what decides for it.

    Rows of a protected table are asked for :func:`~schoolward.platform.access.wall.within` the viewer's part
    of the wall, else ``OutsideTheWall`` is raised.
    """
    policy = policy_for(queryset.model)
    if issubclass(queryset.model, ProtectedRecord):
        return deciding.visible(queryset, policy, viewer)
    if viewer.is_system:
        return _marked(queryset, Value(-1, output_field=IntegerField()))
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
        decides: Any = Value(held[0][0], output_field=IntegerField())
        seen = held[0][1]
    else:
        decides = Case(
            *(When(condition, then=Value(index)) for index, condition in held),
            default=Value(-2),
            output_field=IntegerField(),
        )
    if seen == Q(pk__isnull=False):
        return _marked(queryset, decides)
    return _marked(queryset.filter(seen), decides)


def _marked(queryset: QuerySet[RowModel], decides: Any) -> QuerySet[RowModel]:
    return cast("QuerySet[RowModel]", queryset.annotate(access_rule=decides))


def mask(row: Model, viewer: Viewer) -> frozenset[str]:
    """The fields of this row that the viewer may read (``{"*"}`` for all), empty when none.

    ``row`` must come from :func:`visible`, which marks the rule that decides for it.
    """
    policy = policy_for(type(row))
    if isinstance(row, ProtectedRecord):
        return deciding.mask(row, policy, viewer)
    if viewer.is_system:
        return ALL_FIELDS
    index = getattr(row, "access_rule", -2)
    if policy is None or not 0 <= index < len(policy.rules):
        return frozenset()
    return policy.rules[index].fields


def readable(row: Model, field: str, viewer: Viewer) -> bool:
    """Whether the viewer may read one field of a row that came from :func:`visible`."""
    fields = mask(row, viewer)
    return fields == ALL_FIELDS or field in fields


def blank(row: ProtectedRecord, viewer: Viewer) -> None:
    """Empty every field of a row from :func:`visible` that the viewer may not read, whatever shows it next.

    Such a row is for showing: saved, it would lose what was emptied.
    """
    shown = mask(row, viewer)
    for field in row._meta.concrete_fields:
        if not field.primary_key and field.name not in shown:
            setattr(row, field.attname, None)
