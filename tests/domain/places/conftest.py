"""A small invented directory with every trap that the real one holds."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from schoolward.domains.places import hooks
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run

HEADER = "cds_code,name,kind,charter,charter_funding,address,lat,lon,opened,closed,former_name_note"
DIRECTORY = {
    "twin_old": "34000000000001,Old Oak,Elementary,N,,100 Ninth Street,38.50,-121.50,1980-07-01,2012-06-30,",
    "twin_new": "34000000000002,New Oak,Elementary,Y,Directly funded,100 9TH ST,38.51,-121.51,2011-08-22,,",
    "office": "34000000000003,Head Office,ADMIN,N,,200 First Street,38.52,-121.52,,,",
    "adult": "34000000000004,Evening School,Adult,N,,300 First Street,38.53,-121.53,1980-07-01,,",
    "renamed": "34000000000005,Elm,High,N,,400 First Street,38.54,-121.54,2012-09-13,,Elm Tree High",
    "pair_a": "34000000000006,Ash,Middle,N,,500 First Street,38.55,-121.55,1980-07-01,2013-06-14,",
    "pair_b": "34000000000007,Birch,Middle,N,,500 1st St.,38.56,-121.56,1980-07-01,,",
}


def table(*rows: str, header: str = HEADER) -> io.BytesIO:
    """A CSV file of the rows."""
    return io.BytesIO("\n".join([header, *rows, ""]).encode())


@pytest.fixture
def bring(by: Viewer, at: datetime) -> Callable[..., Report]:
    """Import rows of the directory (all of them without any); ``header`` and ``key`` for other tables."""

    def bring(*rows: str, key: str = "schools", header: str = HEADER, **options: Any) -> Report:
        stream = table(*(rows or DIRECTORY.values()), header=header)
        return run(key, stream, **{"by": by, "at": at, **options})

    return bring


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The calls that a listener to changes of campuses has had."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(hooks, "_listeners", [])
    hooks.on_campuses_changed(lambda **facts: calls.append(facts))
    return calls
