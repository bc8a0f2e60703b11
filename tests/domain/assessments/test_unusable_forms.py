"""A form that cannot be filled does not come in; one that came in before is explained, and breaks nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions
from schoolward.domains.assessments.actions import instruments
from schoolward.domains.assessments.models import Assessment, Instrument, InstrumentVersion, Walk
from schoolward.domains.places.models import Campus
from schoolward.platform.access.viewer import Viewer

from .test_instruments import CHOICES, SETTINGS, sheets

pytestmark = pytest.mark.django_db

HEAD = ("type", "name", "label", "relevant")


def survey_with(*rows: tuple[str, ...]) -> bytes:
    return sheets(survey=(HEAD, *rows), choices=CHOICES, settings=SETTINGS)


BROKEN = survey_with(("text", "a", "A", ""), ("text", "b", "B", "${a} = = 3"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (BROKEN, r"walk\.xlsx: survey, row 3, column relevant: A value is missing before =.*\$\{a\} = "),
        (
            survey_with(("text", "a", "A", ""), ("text", "b", "B", "frobnicate()")),
            r"survey, row 3, column relevant: There is no function frobnicate\(\)\. Look at",
        ),
        (
            survey_with(("text", "a", "A", ""), ("select_one_from_file rooms.csv", "room", "Room", "")),
            r"reads rooms\.csv.*one ZIP file of the form and its files",
        ),
        (survey_with(("begin_group", "g", "Nothing", ""), ("end_group", "", "", "")), "asks nothing"),
    ],
)
def test_it_is_refused_by_row_and_nothing_is_kept(
    by: Viewer, at: datetime, content: bytes, told: str
) -> None:
    with pytest.raises(actions.AssessmentRefused, match=told):
        actions.add_instrument(content=content, name="walk.xlsx", by=by, at=at)
    assert not Instrument.objects.exists()


@pytest.fixture
def old(by: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch) -> InstrumentVersion:
    """A form that came in when nobody looked whether it can be filled."""
    monkeypatch.setattr(instruments, "check_usable", lambda *_args, **_named: None)
    return actions.add_instrument(content=BROKEN, name="walk.xlsx", by=by, at=at).version


def test_the_pages_of_an_old_one_say_why(
    old: InstrumentVersion, site: Campus, by: Viewer, at: datetime, client_of: Callable[..., Client]
) -> None:
    client = client_of("lead")
    planned = actions.plan_assessment(
        campus_id=site.pk, version_id=old.pk, planned_on=date(2012, 9, 6), by=by, at=at
    )
    client.post(reverse("assessments:start", args=[planned.pk]))
    walk = Walk.objects.get()
    told = "survey, row 3, column relevant"
    for name, pk, status in (
        ("instrument", old.pk, 200),
        ("detail", planned.pk, 200),
        ("offline", walk.pk, 409),
        ("walk", walk.pk, 409),
    ):
        answer = client.get(reverse(f"assessments:{name}", args=[pk]))
        assert (answer.status_code, told in answer.content.decode()) == (status, True), name
    for address in (
        f"{reverse('api:instrument_file', args=[old.pk])}?as=json",
        reverse("api:walk_journal", args=[walk.pk]),
    ):
        answer = client.get(address)
        assert (answer.status_code, told in answer.json()["detail"]) == (409, True)


def test_an_xlsform_with_entities_comes_in(by: Viewer, at: datetime) -> None:
    content = sheets(
        survey=(("type", "name", "label", "save_to"), ("text", "a", "Which tree?", "kind")),
        entities=(("list_name", "label"), ("trees", "concat('Tree ', ${a})")),
        settings=SETTINGS,
    )
    added = actions.add_instrument(content=content, name="entities.xlsx", by=by, at=at)
    assert added.is_new


def test_planned_with_a_usable_form_nothing_is_said(
    planned: Assessment, client_of: Callable[..., Client]
) -> None:
    page = client_of("lead").get(reverse("assessments:detail", args=[planned.pk])).content.decode()
    assert "cannot be walked" not in page


@pytest.mark.parametrize(
    "content",
    [
        b"| survey | | | |\n| | type | name | label |\n| | text | a | What was seen? |\n",
        b"survey,,,\n,type,name,label\n,text,a,What was seen?\n",
    ],
    ids=["Markdown", "CSV"],
)
def test_a_form_as_text_comes_in(by: Viewer, at: datetime, content: bytes) -> None:
    version = actions.add_instrument(content=content, name="seen.txt", by=by, at=at).version
    assert (version.format, version.instrument.key) == ("xlsform", "seen")
