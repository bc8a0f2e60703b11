"""Whatever the table, the attacker learns nothing about a small count."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolward.analysis.disclosure import (
    ALL,
    Cell,
    CountTable,
    Edition,
    Interval,
    Status,
    SuppressionPolicy,
    attack,
    attack_editions,
    cumulative,
    exposures,
    protect,
    protect_next,
    tabulate,
)
from schoolward.analysis.disclosure.suppress import CannotProtectError

POLICY = SuppressionPolicy()
MODEST = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Mostly small counts and zeros, where the trouble is; some large ones, so that hiding is a choice.
counts = st.one_of(st.integers(0, 12), st.integers(0, 60), st.just(0))


@st.composite
def flat_tables(draw: st.DrawFn) -> CountTable:
    shape = draw(st.sampled_from([(5,), (2, 3), (4, 3), (5, 4), (2, 2, 2), (3, 2, 2)]))
    labels: list[Cell] = [()]
    for axis, size in enumerate(shape):
        labels = [(*cell, f"{axis}{number}") for cell in labels for number in range(size)]
    return tabulate({cell: draw(counts) for cell in labels})


@st.composite
def nested_tables(draw: st.DrawFn) -> CountTable:
    """Sites under levels, by group: one axis has sub-totals."""
    sites = {"High": ["h1", "h2"], "Middle": ["m1", "m2", "m3"], ALL: ["High", "Middle"]}
    groups = ["x", "y", "z"]
    leaves = {(s, g): draw(counts) for level in ("High", "Middle") for s in sites[level] for g in groups}
    return tabulate(leaves, [sites, {ALL: groups}])


def brute_force(published: Mapping[Cell, int | None], table: CountTable, cell: Cell) -> Interval:
    """Every table that fits, by counting through them: the attacker's attacker."""
    hidden = [key for key, value in published.items() if value is None]
    inner = [key for key in hidden if ALL not in key]
    reach = sum(value for key, value in table.values.items() if ALL not in key)
    found: list[int] = []

    def extend(index: int, known: dict[Cell, int]) -> None:
        if index == len(inner):
            full = dict(known)
            for relation in table.sums:  # margins follow from the inside; tabulate lists inner sums first
                value = sum(full[part] for part in relation.parts)
                if full.setdefault(relation.total, value) != value:
                    return
            found.append(full[cell])
            return
        for value in range(reach + 1):
            extend(index + 1, known | {inner[index]: value})

    extend(0, {key: value for key, value in published.items() if value is not None})
    return Interval(min(found), max(found))


@MODEST
@given(flat_tables() | nested_tables())
def test_no_small_count_is_given_away(table: CountTable) -> None:
    protected = protect(table, POLICY)

    assert exposures(table, protected.public(), POLICY) == []


@MODEST
@given(flat_tables() | nested_tables())
def test_small_counts_are_primary_and_nothing_is_hidden_without_need(table: CountTable) -> None:
    protected = protect(table, POLICY)

    for cell, value in table.values.items():
        assert (protected.status[cell] is Status.PRIMARY) == POLICY.is_small(value)
    for cell in protected.cells(Status.COMPLEMENTARY):
        shown = protected.public() | {cell: table.values[cell]}
        assert exposures(table, shown, POLICY), f"{cell} is hidden but need not be"


@MODEST
@given(flat_tables())
def test_the_attack_always_covers_the_truth(table: CountTable) -> None:
    naive = {cell: None if POLICY.is_small(value) else value for cell, value in table.values.items()}

    for cell, interval in attack(naive, table.sums).items():
        assert interval.low <= table.values[cell]
        assert interval.high is None or table.values[cell] <= interval.high


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(0, 3), min_size=4, max_size=4), st.sets(st.integers(0, 3), min_size=1, max_size=3)
)
def test_the_attack_finds_what_counting_through_all_tables_finds(values: list[int], hide: set[int]) -> None:
    cells = [("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")]
    table = tabulate(dict(zip(cells, values, strict=True)))
    public = {
        cell: None if cell in {cells[i] for i in hide} else value for cell, value in table.values.items()
    }

    for cell, interval in attack(public, table.sums).items():
        assert interval == brute_force(public, table, cell)


@MODEST
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 15)), min_size=2, max_size=4))
def test_two_editions_together_give_nothing_away(pairs: list[tuple[int, int]]) -> None:
    earlier = tabulate({(str(i),): first for i, (first, _) in enumerate(pairs)})
    later = tabulate({(str(i),): first + growth for i, (first, growth) in enumerate(pairs)})
    linked = cumulative(earlier, later, names=("first", "growth", "last"))
    first_public = protect(earlier, POLICY).public()
    first = Edition("first", {("first", *cell): value for cell, value in first_public.items()}, ())
    try:
        second = Edition.of("second", protect_next(linked, POLICY, [first]))
    except CannotProtectError:  # only where the first edition already gives the small count away
        assert attack_editions([first], linked, POLICY)
        return

    assert attack_editions([first, second], linked, POLICY) == []
