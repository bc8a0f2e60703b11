"""Small counts in tables: what is hidden, what stays, and what an attacker gets."""

from __future__ import annotations

import pytest

from schoolward.analysis.disclosure import (
    ALL,
    CannotProtectError,
    CountTable,
    Edition,
    InconsistentTableError,
    Interval,
    Status,
    Sum,
    SuppressionPolicy,
    attack,
    attack_editions,
    cumulative,
    exposures,
    protect,
    protect_next,
    tabulate,
)

POLICY = SuppressionPolicy()


def row(**counts: int) -> CountTable:
    return tabulate({(label,): count for label, count in counts.items()})


def hidden(protected: object) -> set[str]:
    return {"/".join(cell) for cell, value in protected.public().items() if value is None}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param({"a": 20, "b": 30}, set(), id="nothing small, nothing hidden"),
        pytest.param({"a": 0, "b": 30}, set(), id="zero is shown as zero"),
        pytest.param({"a": 11, "b": 30}, set(), id="the threshold itself is shown"),
        pytest.param(
            {"a": 10, "b": 30, "c": 40}, {"a", "b"}, id="one small cell needs one partner, the smaller"
        ),
        pytest.param({"a": 4, "b": 9, "c": 30}, {"a", "b"}, id="two small cells protect each other"),
        pytest.param({"a": 1, "b": 1, "c": 30}, {"a", "b", "c"}, id="two ones do not: together they are two"),
        pytest.param({"a": 5, "b": 0}, {"a", "All"}, id="a small total is hidden, the zero beside it is not"),
    ],
)
def test_one_row_with_a_total(counts: dict[str, int], expected: set[str]) -> None:
    protected = protect(row(**counts), POLICY)

    assert hidden(protected) == expected
    assert exposures(protected.table, protected.public(), POLICY) == []


def test_hiding_only_the_small_cell_is_undone_by_subtraction() -> None:
    table = row(a=10, b=30, c=40)
    naive = {cell: None if POLICY.is_small(value) else value for cell, value in table.values.items()}

    (found,) = exposures(table, naive, POLICY)

    assert str(found) == "a is exactly 10"


def test_a_narrow_band_counts_as_exposure() -> None:
    table = row(a=2, b=3, c=40)
    naive = {cell: None if POLICY.is_small(value) else value for cell, value in table.values.items()}

    assert [str(found) for found in exposures(table, naive, POLICY)] == [
        "a lies between 0 and 5",
        "b lies between 0 and 5",
    ]


def test_a_small_count_that_is_shown_is_an_exposure() -> None:
    table = row(a=3, b=40)

    assert [str(found) for found in exposures(table, dict(table.values), POLICY)] == ["a is exactly 3"]


def test_two_way_table_hides_a_rectangle() -> None:
    table = tabulate(
        {
            ("Boys", "Referred"): 4, ("Boys", "Started"): 40, ("Boys", "Finished"): 35,
            ("Girls", "Referred"): 30, ("Girls", "Started"): 25, ("Girls", "Finished"): 50,
        }
    )  # fmt: skip

    protected = protect(table, POLICY)

    assert protected.cells(Status.PRIMARY) == (("Boys", "Referred"),)
    assert len(protected.cells(Status.COMPLEMENTARY)) == 3
    assert all(ALL not in cell for cell in protected.cells(Status.COMPLEMENTARY))
    assert exposures(table, protected.public(), POLICY) == []


def test_a_small_margin_is_hidden_with_what_would_give_it_away() -> None:
    table = tabulate(
        {
            ("North", "x"): 2,
            ("North", "y"): 3,
            ("South", "x"): 50,
            ("South", "y"): 60,
            ("East", "x"): 40,
            ("East", "y"): 70,
        }
    )

    protected = protect(table, POLICY)

    assert protected.status[("North", ALL)] is Status.PRIMARY
    assert exposures(table, protected.public(), POLICY) == []


def test_sub_totals_are_relations_too() -> None:
    table = tabulate(
        {("North High",): 6, ("South High",): 80, ("East Middle",): 50, ("West Middle",): 45},
        [
            {
                "High": ["North High", "South High"],
                "Middle": ["East Middle", "West Middle"],
                ALL: ["High", "Middle"],
            }
        ],
    )
    assert table.values[("High",)] == 86

    protected = protect(table, POLICY)

    # The partner must come from the same sub-total: hiding a middle school would protect nothing.
    assert hidden(protected) == {"North High", "South High"}
    assert exposures(table, protected.public(), POLICY) == []


def test_the_cheaper_set_is_found_where_one_cell_at_a_time_hides_too_much() -> None:
    """Three small cells on a diagonal can share a six-cell cycle; separate rectangles would take more."""
    table = tabulate({(r, c): 5 if i == j else 20 for i, r in enumerate("abc") for j, c in enumerate("xyz")})

    protected = protect(table, POLICY)

    assert len(protected.cells(Status.COMPLEMENTARY)) == 3


def test_an_all_zero_table_is_published_as_it_is() -> None:
    assert hidden(protect(row(a=0, b=0), POLICY)) == set()


def test_a_lower_threshold_hides_less() -> None:
    assert hidden(protect(row(a=6, b=30, c=40), SuppressionPolicy(threshold=6))) == set()
    with pytest.raises(ValueError, match="give 2 or more"):
        SuppressionPolicy(threshold=1)


def test_readers_cannot_tell_small_from_complementary() -> None:
    protected = protect(row(a=10, b=30, c=40), POLICY)

    assert protected.public()[("a",)] is None
    assert protected.public()[("b",)] is None


class TestInput:
    def test_wrong_total_is_named(self) -> None:
        with pytest.raises(InconsistentTableError, match="Total All says 9, but its parts add up to 7"):
            CountTable({("a",): 3, ("b",): 4, (ALL,): 9}, (Sum((ALL,), (("a",), ("b",))),))

    def test_negative_count_is_named(self) -> None:
        with pytest.raises(InconsistentTableError, match="Cell a holds -1"):
            CountTable({("a",): -1}, ())

    def test_label_outside_every_total_is_named(self) -> None:
        with pytest.raises(InconsistentTableError, match="'c' belongs to no total"):
            tabulate({("a",): 1, ("c",): 2}, [{ALL: ["a"]}])

    def test_empty_table(self) -> None:
        with pytest.raises(InconsistentTableError, match="no cells"):
            tabulate({})

    def test_uneven_cells(self) -> None:
        with pytest.raises(InconsistentTableError, match="same number of labels"):
            tabulate({("a",): 1, ("a", "b"): 2})

    def test_tree_for_each_axis(self) -> None:
        with pytest.raises(InconsistentTableError, match="2 axes but 1 trees"):
            tabulate({("a", "b"): 1}, [{ALL: ["a"]}])


class TestAttack:
    def test_contradiction_is_refused(self) -> None:
        sums = (Sum((ALL,), (("a",), ("b",))),)
        with pytest.raises(ValueError, match="contradict"):
            attack({("a",): 1, ("b",): 2, (ALL,): 9, ("c",): None}, sums)
        with pytest.raises(ValueError, match="agrees"):
            attack({("a",): 10, ("b",): None, (ALL,): 9}, sums)

    def test_without_a_total_nothing_bounds_a_cell(self) -> None:
        assert attack({("a",): None}, ()) == {("a",): Interval(0, None)}

    def test_whole_numbers_are_used(self) -> None:
        """Three pairwise sums of 3, 3 and 4 have halves as their only fractional solution's corner."""
        sums = (
            Sum(("p",), (("a",), ("b",))),
            Sum(("q",), (("b",), ("c",))),
            Sum(("r",), (("a",), ("c",), ("d",))),
        )
        public = {("p",): 3, ("q",): 3, ("r",): 3, ("a",): None, ("b",): None, ("c",): None, ("d",): None}

        # a = c, so a + c is even and d is odd: a fractional attacker would only say "0 to 3".
        assert attack(public, sums)[("d",)] == Interval(1, 3)


class TestEditions:
    def test_a_later_edition_that_shows_the_partner_is_caught(self) -> None:
        table = row(a=10, b=30, c=40)
        first = Edition.of("May", protect(table, POLICY))
        second = Edition("September", {("b",): 30, ("c",): 40}, ())

        assert attack_editions([first], table, POLICY) == []
        assert [str(found) for found in attack_editions([first, second], table, POLICY)] == [
            "a is exactly 10"
        ]

    def test_growth_between_two_safe_editions_is_caught_and_mended(self) -> None:
        may, september = row(started=40, finished=30), row(started=43, finished=50)
        linked = cumulative(may, september, names=("May", "growth", "September"))
        may_edition = Edition("May", {("May", *cell): value for cell, value in may.values.items()}, ())
        naive = Edition(
            "September", {("September", *cell): value for cell, value in september.values.items()}, ()
        )

        assert "growth / started is exactly 3" in [
            str(found) for found in attack_editions([may_edition, naive], linked, POLICY)
        ]

        mended = protect_next(linked, POLICY, [may_edition])

        assert mended.public()[("September", "started")] is None
        assert mended.public()[("May", "started")] == 40
        assert attack_editions([may_edition, Edition.of("September", mended)], linked, POLICY) == []

    def test_what_is_already_public_cannot_be_hidden(self) -> None:
        table = row(a=3, b=40)
        earlier = Edition("May", {("b",): 40, (ALL,): 43}, ())

        with pytest.raises(CannotProtectError, match="No choice of hidden cells protects: a"):
            protect_next(table, POLICY, [earlier])

    def test_a_small_cell_already_public_is_named(self) -> None:
        with pytest.raises(CannotProtectError, match=": a"):
            protect_next(row(a=3, b=40), POLICY, [Edition("May", {("a",): 3}, ())])

    def test_a_corrected_count_needs_its_own_name(self) -> None:
        table = row(a=20, b=40)
        with pytest.raises(InconsistentTableError, match="Cell a is 20 in one edition and 21 in June"):
            attack_editions(
                [Edition("May", {("a",): 20}, ()), Edition("June", {("a",): 21}, ())], table, POLICY
            )

    def test_counts_to_date_do_not_fall(self) -> None:
        with pytest.raises(InconsistentTableError, match="a fell"):
            cumulative(row(a=20, b=1), row(a=19, b=2), names=("May", "growth", "June"))
        with pytest.raises(InconsistentTableError, match="different cells"):
            cumulative(row(a=20), row(b=19), names=("May", "growth", "June"))
