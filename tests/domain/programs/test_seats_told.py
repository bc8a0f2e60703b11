"""How many seats are taken and waited for is a count of children: only who runs a program is told it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.directory import services
from schoolward.domains.programs.models import Offering
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.registry import get
from schoolward.protocols.open_referral import document

ON = date(2012, 9, 6)
TELLING = ("4 of 20", "4 registered", "3 wait", "3 waiting", "16 free", "6 taken", "14 free", "5 wait")


@pytest.fixture
def few(offering: Callable[..., Offering], by: Viewer, at: datetime) -> Offering:
    """An offering of 20 seats: four taken, three wait; its program reports six of 20 taken, five wait."""
    made = offering(registered=4)
    actions.change_offering(offering_id=made.pk, changes={"waiting": 3}, by=by, at=at)
    actions.report_capacity(
        program_id=made.program_id,
        unit="seat",
        maximum=20,
        taken=6,
        waiting=5,
        intake="waiting",
        on=ON,
        by=by,
        at=at,
    )
    return made


@pytest.mark.parametrize(
    ("seats", "taken", "told"),
    [(20, 4, True), (20, 20, False), (20, None, None), (None, 4, None), (10, 10, None), (11, 11, False)],
)
def test_full_is_told_only_where_it_is_no_small_count(
    seats: int | None, taken: int | None, told: bool | None
) -> None:
    assert queries.has_free(seats, taken) is told


def _pages(client: Client, few: Offering) -> str:
    key = few.program.key
    addresses = (
        "/programs/",
        f"/programs/{key}/",
        f"/programs/offerings/{few.pk}/",
        f"/programs/panels/{few.campus_id}/",
        "/api/v1/programs",
        f"/api/v1/programs/{key}",
        "/api/v1/programs/offerings",
        "/api/v1/programs/services",
    )
    found = []
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found.append(answer.content.decode())
    return " ".join(" ".join(found).split())


def _numbers(found: Any) -> list[Any]:
    return [found[name] for name in ("registered", "waiting")]


@pytest.mark.parametrize(
    ("role", "agency"), [("campus_monitor", "district"), ("regional_partner", "charter")]
)
def test_who_does_not_run_it_learns_whether_a_seat_is_free(
    few: Offering, client_of: Callable[..., Client], role: str, agency: str
) -> None:
    client = client_of(role, agency)
    told = _pages(client, few)
    assert [words for words in TELLING if words in told] == []
    assert "seats are free" in told
    assert "some are free" in told
    one = client.get("/api/v1/programs/offerings").json()["items"][0]
    assert (_numbers(one), one["has_free"], one["numbers_are_shown"]) == ([None, None], True, False)
    places = client.get(f"/api/v1/programs/{few.program.key}").json()["places"]
    assert (places["taken"], places["waiting"], places["vacant"]) == (None, None, None)
    assert (places["maximum"], places["has_free"]) == (20, True)


def test_who_runs_it_is_told_the_numbers(few: Offering, client_of: Callable[..., Client]) -> None:
    for role, agency in (("program_coordinator", "district"), ("provider", "community")):
        client = client_of(role, agency)
        told = _pages(client, few)
        assert "4 of 20 seats taken" in told
        assert "6 taken, 14 free" in told
        assert _numbers(client.get("/api/v1/programs/offerings").json()["items"][0]) == [4, 3]


def test_another_provider_is_not_told_them(few: Offering, person: Callable[..., Viewer]) -> None:
    other = person("provider", "county")
    shown = queries.shown_offerings(other, queries.offerings(other))
    assert [(one.registered, one.waiting, one.numbers_are_shown) for one in shown] == [(None, None, False)]
    report = queries.latest_capacity(other, on=ON)[few.program_id]
    assert (report.taken, report.waiting, report.vacant, report.maximum) == (None, None, None, 20)


@pytest.mark.parametrize(("key", "column"), [("program-offerings", 4), ("program-places", 6)])
def test_tables_go_out_without_them(
    few: Offering, person: Callable[..., Viewer], key: str, column: int
) -> None:
    exchange = get(key)
    for viewer, filled in ((person("campus_monitor"), False), (person("program_coordinator"), True)):
        for record in exchange.rows(viewer):  # type: ignore[attr-defined]
            row = dict(zip(exchange.column_names, exchange.row_of(record), strict=True))  # type: ignore[attr-defined]
            told = [row[name] for name in ("registered", "taken", "waiting") if row.get(name) is not None]
            assert column in told if filled else told == []


def test_the_directory_goes_on_to_others_and_tells_no_small_count(
    few: Offering, by: Viewer, at: datetime, person: Callable[..., Viewer]
) -> None:
    assert "capacities" not in document(services(by, on=ON))["contents"][0]
    actions.report_capacity(
        program_id=few.program_id, unit="seat", maximum=20, taken=12, intake="open", on=ON, by=by, at=at
    )
    assert document(services(by, on=ON))["contents"][0]["capacities"][0]["available"] == 8
    assert "capacities" not in json.dumps(document(services(person("campus_monitor"), on=ON)))
