"""Random policy tables against an oracle by brute force: no row and no field leaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolward.platform.access import policy as policies
from schoolward.platform.access.models import Agency, AgencyKind
from schoolward.platform.access.policy import ModelPolicy, Rule, mask, readable, register, visible
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
ROLES = (Role.LEAD, Role.SITE_LEAD, Role.PROVIDER)
PURPOSES = ("school_safety", "accountability")
FIELDS = ("key", "name", "kind", "created_at")


@dataclass(frozen=True)
class Relation:
    """A relation that both a database and plain Python can judge."""

    kinds: frozenset[str] | None  # None: holds for nothing at all
    negated: bool = False

    def where(self, viewer: Viewer) -> Q | None:
        if self.kinds is None:
            return None
        condition = Q(kind__in=self.kinds)
        return ~condition if self.negated else condition

    def holds(self, agency: Agency) -> bool:
        return self.kinds is not None and ((agency.kind in self.kinds) != self.negated)


everywhere = st.just(None)
relations = st.builds(
    Relation,
    kinds=st.none() | st.frozensets(st.sampled_from(AgencyKind.values), max_size=4),
    negated=st.booleans(),
)


@st.composite
def rules(draw: st.DrawFn) -> tuple[Rule, Relation | None]:
    relation = draw(relations | everywhere)
    rule = Rule(
        relation="drawn",
        roles=draw(st.frozensets(st.sampled_from([str(role) for role in ROLES]))),
        where=relation.where if relation else policies.everywhere,
        fields=draw(st.just(policies.ALL_FIELDS) | st.frozensets(st.sampled_from(FIELDS))),
        purposes=draw(st.none() | st.frozensets(st.sampled_from(PURPOSES))),
    )
    return rule, relation


def expected_mask(
    table: list[tuple[Rule, Relation | None]], viewer: Viewer, row: Agency
) -> frozenset[str] | None:
    """The fields by the first rule that holds, or ``None`` when the row is not to be seen."""
    for rule, relation in table:
        if viewer.role not in rule.roles:
            continue
        if rule.purposes is not None and viewer.purpose not in rule.purposes:
            continue
        if relation is None or relation.holds(row):
            return rule.fields
    return None


@pytest.fixture
def agencies(at: datetime) -> list[Agency]:
    return [
        Agency.objects.create(key=f"{kind}-{number}", name=f"{kind} {number}", kind=kind, created_at=at)
        for kind in AgencyKind.values
        for number in (1, 2)
    ]


@pytest.fixture(autouse=True)
def _no_policies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "_policies", {})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.lists(rules(), max_size=5),
    role=st.sampled_from([str(role) for role in ROLES]),
    purpose=st.sampled_from(PURPOSES),
)
def test_rows_and_masks_are_those_of_the_first_rule_that_holds(
    agencies: list[Agency],
    viewer: Callable[..., Viewer],
    table: list[tuple[Rule, Relation | None]],
    role: str,
    purpose: str,
) -> None:
    policies._policies.clear()
    register(ModelPolicy("access.Agency", tuple(rule for rule, _relation in table)))
    looking = viewer(role, purpose=purpose)
    seen = {row.pk: row for row in visible(Agency.objects.all(), looking)}
    for agency in agencies:
        fields = expected_mask(table, looking, agency)
        assert (agency.pk in seen) == (fields is not None)
        if fields is None:
            continue
        row = seen[agency.pk]
        assert mask(row, looking) == fields
        assert {name for name in FIELDS if readable(row, name, looking)} == (
            set(FIELDS) if fields == policies.ALL_FIELDS else set(fields)
        )
    assert visible(Agency.objects.all(), looking).count() == len(seen)


def test_a_model_without_policy_shows_nothing(agencies: list[Agency], viewer: Callable[..., Viewer]) -> None:
    for role in Role.values:
        if role != Role.SYSTEM:
            assert not visible(Agency.objects.all(), viewer(role)).exists()


def test_nobody_and_unknown_roles_see_nothing(agencies: list[Agency], at: datetime) -> None:
    register(ModelPolicy("access.Agency", (Rule("any", frozenset(str(role) for role in Role)),)))
    assert not visible(Agency.objects.all(), Viewer.anonymous(at=at)).exists()
    assert visible(Agency.objects.all(), Viewer.system(at=at)).count() == len(agencies)


def test_a_row_from_elsewhere_has_an_empty_mask(
    agencies: list[Agency], viewer: Callable[..., Viewer]
) -> None:
    """A row that did not pass through ``visible`` carries no rule, so nothing of it may be read."""
    register(ModelPolicy("access.Agency", (Rule("any", frozenset({"lead"})),)))
    looking = viewer("lead")
    assert mask(agencies[0], looking) == frozenset()
    for forged in (-1, -2, 7):
        agencies[0].access_rule = forged  # type: ignore[attr-defined]
        assert mask(agencies[0], looking) == frozenset()
    assert mask(visible(Agency.objects.all(), looking)[0], looking) == policies.ALL_FIELDS


def test_a_union_of_masks_is_never_made(agencies: list[Agency], viewer: Callable[..., Viewer]) -> None:
    """Two relations hold for the same row: the first alone decides, though the second opens more."""
    lead = frozenset({"lead"})
    register(
        ModelPolicy(
            "access.Agency",
            (
                Rule("police", lead, lambda _viewer: Q(kind="police"), frozenset({"name"})),
                Rule("any", lead, fields=frozenset({"kind"})),
            ),
        )
    )
    masks = {row.kind: mask(row, viewer("lead")) for row in visible(Agency.objects.all(), viewer("lead"))}
    assert masks["police"] == {"name"}
    assert masks["district"] == {"kind"}


def test_two_policies_for_one_model_are_refused() -> None:
    register(ModelPolicy("access.Agency", ()))
    with pytest.raises(ValueError, match="has a policy already"):
        register(ModelPolicy("access.Agency", ()))
