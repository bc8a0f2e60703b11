"""Numbers that never stand in free text, and words that never name a field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from schoolward.platform.access.identifiers import explain, no_identifiers
from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.schema_checks import NEVER, OF_A_PERSON, no_refused_fields, refused_words

REFUSED = {
    "a CII number": [
        "CII A12345678",
        "see A 12345678.",
        "a12345678",
        "CII no. 1234567",
        "C.I.I. number: A9876543",
        "A 1234 5678",
        "A-1234-5678",
        "CA12345678",
        "CA 12345678",
        "ca 1234 5678",
        "CII: 1234 5678",
    ],
    "a driver's license number": [
        "license B1234567",
        "n1234567",
        "(D 7654321)",
        "driver license 12345678",
        "driver's license no. 123456789",
        "drivers license number is 987654321",
        "Driver\u2019s licence: 123 456 789",
        "DL# 12345678",
        "D.L. TX12345678",
    ],
    "an FBI number": [
        "FBI 123456AB7",
        "FBI no. 12345678",
        "FBI# 1234567",
        "his number is 654321W10",
        "12345A6",
        "1234A2",
        "room 654321W10",
        "room 12, 123456AB7",
    ],
    "a social security number": ["123-45-6789"],
}
PLAIN = [
    "Met at 3:15 pm on 09/06/2012, room B12.",
    "Call (916) 555-0100, extension 4321.",
    "Case 2012-000123, award 2010-JL-FX-0022.",
    "Bus 54, gate A-12, locker 1234567.",
    "Section 48260, WIC 786.5, 42 CFR 2.31",
    "The FBI came to the career day.",
    "CDS 34674393431012",
    "B737 and 911",
    "room 1234A2",
    "Rooms 204B1 and room #1234A2, bldg. 100C1",
    "apt. 123B2, gate 110A2",
    "bus 123X2, route 100A1, stop no. 4321B1",
    "9165550100, 916-555-0100, +1 916 555 0100",
    "Sacramento, CA 95814-1234",
    "CA 95814 and CA 958141234",
    "2012-09-06, 09/06/2012, 20120906, 2012Q3",
    "Plan A 2012-2013, plan A-2012-2013, grade A 2012",
    "no-412345678901, WD-2012-0042, SPD 12-123456",
    "student number 9900017, student 990001712",
    "Has no driver license yet; the driver license office is at 4700 Broadway",
    "driver license 2012-09-06",
    "",
]


@pytest.mark.parametrize(("name", "text"), [(n, text) for n, texts in REFUSED.items() for text in texts])
def test_what_looks_like_one_is_refused_without_repeating_it(name: str, text: str) -> None:
    said = explain(text)
    assert name in said
    assert not any(part in said for part in text.split() if any(c.isdigit() for c in part))
    with pytest.raises(ValidationError):
        no_identifiers(text)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_goes_by(text: str) -> None:
    assert explain(text) == ""
    no_identifiers(text)


_BESIDE = st.lists(
    st.sampled_from(["met", "the family", "at 3:15", "on 09/06/2012,", "said:", "(again)", "sí", ".", "12"]),
    max_size=4,
).map(" ".join)


@given(
    case=st.sampled_from(
        [(t, True) for texts in REFUSED.values() for t in texts] + [(t, False) for t in PLAIN]
    ),
    before=_BESIDE,
    after=_BESIDE,
    turned=st.sampled_from([str, str.upper, str.lower]),
)
def test_what_stands_beside_a_case_does_not_move_it(
    case: tuple[str, bool], before: str, after: str, turned: Callable[[str], str]
) -> None:
    text, is_refused = case
    assert bool(explain(turned(f"{before} - {text} - {after}"))) is is_refused


def test_no_table_has_such_a_field() -> None:
    assert no_refused_fields(None) == []
    assert len(apps.get_models()) > 50


WORDS = sorted(word for words in NEVER.values() for word in words)


@pytest.mark.parametrize("word", WORDS)
def test_such_a_field_would_be_refused_anywhere(word: str) -> None:
    with isolate_apps("schoolward.domains.places"):
        field = models.CharField(max_length=1)
        model = type(
            "Ground",
            (models.Model,),
            {
                "__module__": "schoolward.domains.places.models",
                f"known_{word}": field,
                "Meta": type("Meta", (), {"app_label": "places"}),
            },
        )
    assert [name for name, _what in refused_words(model)] == [f"known_{word}"]


@pytest.mark.parametrize("word", sorted(OF_A_PERSON))
def test_a_person_is_not_judged_and_a_site_may_be(word: str) -> None:
    with isolate_apps("schoolward.platform.access", "schoolward.domains.places"):
        made = [
            type(
                f"Judged{number}",
                (base,),
                {
                    "__module__": "schoolward.domains.places.models",
                    f"{word}_today": models.IntegerField(),
                    "Meta": type("Meta", (), {"app_label": label, "abstract": False}),
                },
            )
            for number, (base, label) in enumerate(
                ((ProtectedRecord, "places"), (models.Model, "access"), (models.Model, "places"))
            )
        ]
    assert [len(refused_words(model)) for model in made] == [1, 1, 0]
