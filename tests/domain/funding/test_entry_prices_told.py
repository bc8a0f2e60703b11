"""A scenario keeps from how many points on a work would be paid, and its page says how far that is proved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schoolward.analysis.portfolio import LeftOut, Why
from schoolward.domains.funding.models import Scenario
from schoolward.domains.funding.queries import result_of
from schoolward.domains.funding.wording import entering_in_words
from schoolward.platform.access.viewer import Viewer


@pytest.mark.django_db
def test_a_computed_scenario_has_prices(computed: Callable[..., Scenario], analyst: Viewer) -> None:
    """What the cameras would have to bring is what the best plan loses when they are locked in."""
    plain, forced = computed(), computed("With them", locked_in=("W-CAMERAS",))
    result = result_of(analyst, plain)
    assert result is not None
    (out,) = result.left_out
    own = result.instance.candidate_of["W-CAMERAS"].benefit
    lost = plain.answer["objective"] - (forced.answer["objective"] - own)
    assert (out.left_out.price_low, out.left_out.price_high) == (lost, lost)
    assert entering_in_words(out.left_out) == f"It would be paid from {lost:,.6g} points on."


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ((206.0, 206.0), "It would be paid from 206 points on."),
        ((200.0, 206.0), "With more than 206 points it would be paid; with fewer than 200 it would not."),
        ((None, None), "With more than 588 points this exchange pays"),
    ],
)
def test_a_price_says_how_far_it_is_proved(ends: tuple[float | None, float | None], told: str) -> None:
    one = LeftOut(candidate="a", reason="r", why=Why.DISPLACED, enters_at_benefit=588.0)
    priced = one.model_copy(update={"price_low": ends[0], "price_high": ends[1]})
    assert entering_in_words(priced).startswith(told)
