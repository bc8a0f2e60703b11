"""A form of one's own asks an item for other grades neither on our page nor in ODK Collect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.models import Walk
from schoolward.domains.assessments.queries import answers_by_code
from schoolward.domains.assessments.walk_forms import form_name, walk_form
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer
from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.renaming import renamed
from schoolward.protocols.xforms.session import Program, Session, Sources

from .collect import filled
from .test_instruments import SURVEY, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk(site: Campus, person: Callable[..., Viewer], by: Viewer, at: datetime) -> Walk:
    """A walk at an elementary school, of a form whose second item is for high schools."""
    whole = [(*row, *[""] * (len(SURVEY[0]) - len(row))) for row in SURVEY]
    bands = {"name": "instance::bands", "G2": "high"}
    survey = tuple((*row, bands.get(row[1], "")) for row in whole)
    version = actions.add_instrument(content=workbook(survey), name="walk.xlsx", by=by, at=at).version
    planned = actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=date(2012, 9, 6), by=by, at=at
    )
    return actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=person(), at=at)


def test_our_page_does_not_ask_it(walk: Walk, at: datetime) -> None:
    form = walk_form(walk)
    assert [place.code for place in form.places.values()] == ["G1"]
    session = Session(form.program, Sources(at))
    assert session.find("/data/gate/G1").live
    assert not session.find("/data/gate/G2").live


def test_collect_does_not_ask_it_and_the_walk_comes_in(
    walk: Walk, person: Callable[..., Viewer], at: datetime
) -> None:
    given_out = renamed(walk_form(walk, with_pins=False).xml, form_id=form_name(walk), title="Oak")
    session = Session(Program(compile_form(read_form(given_out))), Sources(at))
    assert not session.find("/data/gate/G2").live
    xml = filled(session, {"/data/gate/G1": "0", "/data/gate/G2": "1"})
    received = actions.receive_form(walk_id=walk.pk, xml=xml, files={}, more_follow=False, by=person(), at=at)
    assert received.is_submitted
    assert answers_by_code(walk.pk) == {"G1": 0}
