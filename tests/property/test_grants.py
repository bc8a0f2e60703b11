"""What holds of every ledger, forecast and braid."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.grants.balances import Balances, Kind, Posting, balances, of_posting
from schoolward.analysis.grants.burn import LEVEL, elapsed_share, forecast
from schoolward.analysis.grants.checking import Category, Draft, Terms, faults
from schoolward.analysis.grants.cliff import Strand, cliff, overfull, spans
from schoolward.analysis.grants.match import MatchTerms
from schoolward.analysis.grants.parts import WHOLE
from schoolward.analysis.grants.standard_form import lines

CENTS = st.integers(-(10**12), 10**12)
POSTINGS = st.builds(Posting, st.sampled_from(Kind), CENTS, st.booleans())
LEDGERS = st.lists(st.tuples(st.integers(0, 5), POSTINGS), max_size=60)


@given(LEDGERS)
def test_lines_add_up_to_their_award_to_the_cent(ledger: list[tuple[int, Posting]]) -> None:
    whole = balances(posting for _line, posting in ledger)
    parts = Balances()
    for line in range(6):
        parts += balances(posting for where, posting in ledger if where == line)
    assert parts == whole
    by_hand = {kind: sum(p.cents for _line, p in ledger if p.kind is kind) for kind in Kind}
    assert whole.budgeted == by_hand[Kind.BUDGET]
    assert whole.obligated == by_hand[Kind.OBLIGATION]
    assert whole.expended == by_hand[Kind.EXPENDITURE]
    assert whole.drawn == by_hand[Kind.DRAW]
    assert whole.matched == by_hand[Kind.MATCH]
    assert whole.available + whole.committed == whole.budgeted
    assert whole.unspent == whole.available + whole.unliquidated


@given(LEDGERS, st.randoms(use_true_random=False))
def test_counter_entries_take_everything_back_in_any_order(
    ledger: list[tuple[int, Posting]], shuffle: random.Random
) -> None:
    postings = [posting for _line, posting in ledger]
    backwards = [Posting(p.kind, -p.cents, p.against_obligation) for p in postings]
    mixed = postings + backwards
    shuffle.shuffle(mixed)
    assert balances(mixed) == Balances()


TERMS = Terms(date(2009, 9, 1), date(2009, 10, 1), date(2012, 9, 30), 1_000_000)
DRAFTS = st.lists(
    st.tuples(
        st.sampled_from([Kind.BUDGET, Kind.OBLIGATION, Kind.EXPENDITURE, Kind.DRAW]), st.integers(1, 400_000)
    ),
    max_size=40,
)


@given(DRAFTS)
def test_what_no_rule_speaks_against_never_breaks_a_balance(
    drafts: list[tuple[Kind, int]],
) -> None:
    """Entries are tried one by one, those with a fault left out: the ledger then always makes sense."""
    state = Balances()
    for kind, cents in drafts:
        draft = Draft(kind, cents, date(2012, 1, 1), category=Category.OTHER)
        if faults(TERMS, draft, line=state, award=state):
            continue
        state += of_posting(Posting(kind, cents))
        assert 0 <= state.drawn <= state.expended <= state.committed <= state.budgeted <= TERMS.amount


@given(LEDGERS, st.integers(0, 10**12), st.integers(0, 10**12))
def test_the_form_adds_up(ledger: list[tuple[int, Posting]], authorized: int, required: int) -> None:
    form = {
        line.code: line.cents
        for line in lines(
            balances(posting for _line, posting in ledger), authorized=authorized, required_match=required
        )
    }
    assert form["10c"] == form["10a"] - form["10b"]
    assert form["10g"] == form["10e"] + form["10f"]
    assert form["10h"] == form["10d"] - form["10g"]
    assert form["10k"] == max(0, form["10i"] - form["10j"])


@given(st.integers(0, 10**12), st.integers(0, 9_999))
def test_a_match_is_its_share_of_the_whole(given_cents: int, hundredths: int) -> None:
    from decimal import Decimal

    required = MatchTerms(Decimal(hundredths) / 100).required_cents(given_cents)
    assert abs(required * (10_000 - hundredths) - given_cents * hundredths) <= (10_000 - hundredths) / 2


@given(
    st.lists(st.integers(-50_000, 500_000), max_size=48),
    st.integers(0, 10**8),
    st.integers(0, 10**8),
    st.integers(0, 10**8),
    st.integers(-60, 900),
)
def test_a_forecast_stays_within_what_is_there(
    months: list[int], budgeted: int, expended: int, unliquidated: int, days: int
) -> None:
    on = date(2012, 9, 6)
    told = forecast(
        months,
        budgeted=budgeted,
        expended=expended,
        unliquidated=unliquidated,
        end=on + timedelta(days=days),
        on=on,
    )
    if told is None:
        assert len(months) < 3
        return
    unspent = max(0, budgeted - expended)
    assert 0 <= told.low <= told.expected <= told.high <= max(0, unspent - min(unspent, unliquidated))


def test_the_interval_holds_about_as_often_as_it_says() -> None:
    """On awards whose months scatter evenly about a mean, drawn by a fixed seed."""
    drawn = random.Random(20120906)
    on, held, tried = date(2012, 9, 6), 0, 600
    for _award in range(tried):
        months = [round(drawn.gauss(10_000, 3_000)) for _month in range(18)]
        future = [round(drawn.gauss(10_000, 3_000)) for _month in range(12)]
        end = on + timedelta(days=round(12 * 30.4375))
        told = forecast(months, budgeted=10**9, expended=0, unliquidated=0, end=end, on=on)
        assert told is not None
        held += told.low <= 10**9 - sum(future) <= told.high
    assert abs(held / tried - LEVEL) < 0.05


@given(st.integers(0, 2000), st.integers(-100, 2100))
def test_time_passes_from_nothing_to_all(length: int, day: int) -> None:
    start = date(2010, 1, 1)
    end = start + timedelta(days=length)
    share = elapsed_share(start, end, start + timedelta(days=day))
    assert 0 <= share <= 1
    assert (share == 1) is (day >= length)


DAYS = st.integers(0, 60)
STRANDS = st.lists(
    st.builds(
        lambda name, first, length, share: Strand(
            name,
            date(2012, 1, 1) + timedelta(days=first),
            date(2012, 1, 1) + timedelta(days=first + length),
            share,
        ),
        st.sampled_from("abc"),
        DAYS,
        DAYS,
        st.sampled_from([2_500, 5_000, 10_000, Fraction(10_000, 3), Fraction(10_000, 7)]),
    ),
    max_size=5,
)


@given(STRANDS)
def test_spans_say_of_every_day_what_the_strands_say(strands: list[Strand]) -> None:
    start, end = date(2012, 1, 1), date(2012, 5, 31)
    made = spans(strands, start=start, end=end)
    assert made[0].start == start
    assert made[-1].end == end
    day, covered = start, 0
    for span in made:
        assert span.start == day
        while day <= span.end:
            assert span.share == sum(s.share for s in strands if s.start <= day <= s.end)
            day += timedelta(days=1)
            covered += 1
    assert covered == (end - start).days + 1
    heaviest = max((span.share for span in made), default=0)
    assert (overfull(strands) is not None) is (heaviest > WHOLE)


@given(STRANDS, DAYS)
def test_a_cliff_is_the_last_day_of_full_pay(strands: list[Strand], offset: int) -> None:
    today, until = date(2012, 1, 1) + timedelta(days=offset), date(2012, 12, 31)
    told = cliff(strands, today=today, until=until)
    day = today
    while day <= until and sum(s.share for s in strands if s.start <= day <= s.end) >= WHOLE:
        day += timedelta(days=1)
    assert told.secured_to == (None if day == today else day - timedelta(days=1))
    assert told.is_beyond is (day > until)
