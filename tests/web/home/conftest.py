"""A small district to look at, and a browser of any role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from schoolward.domains.incidents import examples
from schoolward.platform.measures import registry
from schoolward.platform.measures.examples import parse
from schoolward.platform.measures.registry import Measure

ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _the_day(settings: LazySettings) -> None:
    """Pages reckon from the demonstration's day, half past seven."""
    settings.DEMO = True


@pytest.fixture
def records(db: None) -> dict[str, Any]:
    """Two schools and seven incidents, by the labels of the incidents' worked example."""
    return examples.build(parse(examples.ROWS))


@pytest.fixture
def measured() -> Iterator[Callable[[Measure], Measure]]:
    """Register a measure for one test."""
    added: list[str] = []

    def add(measure: Measure) -> Measure:
        registry._measures[measure.key] = measure
        added.append(measure.key)
        return measure

    yield add
    for key in added:
        del registry._measures[key]
