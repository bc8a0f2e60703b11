"""What was written in an emergency goes with the record; who looked, when, and that it had a reason stays."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from domain.access.protected.comparing import Stage
from domain.access.protected.retaining import NAME, another, approved, closed, set_rule
from domain.access.protected.test_disposal import OLD, YOUNG
from domain.access.protected.test_emergencies import officer
from domain.access.protected.test_sealing import officer_of_privacy
from domain.access.protected.ward import Ward
from schoolward.platform.access import breaking_glass
from schoolward.platform.access.models import Emergency
from schoolward.platform.access.retention.carrying_out import carry_out
from schoolward.platform.access.wall import erasing, standing
from schoolward.platform.audit.models import Event


def _look(stage: Stage, ward: Ward, at: datetime) -> Emergency:
    return breaking_glass.break_glass(
        subject=f"access.Ward:{ward.pk}",
        reason=f"{NAME} has run from school.",
        by=officer(stage),
        at=at,
    )


def _judge(stage: Stage, look: Emergency, at: datetime) -> None:
    breaking_glass.review(
        emergency_id=look.pk,
        judgement="justified",
        note=f"{NAME} was found.",
        by=officer_of_privacy(stage),
        at=at,
    )


def test_a_disposal_takes_the_words_and_leaves_the_look(stage: Stage, at: datetime) -> None:
    gone, stays = closed(stage, OLD), closed(stage, YOUNG)
    looks = [_look(stage, ward, at) for ward in (gone, stays)]
    _judge(stage, looks[0], at)
    certificate = carry_out(disposal_id=approved(stage, set_rule(stage, at), at).pk, by=another(stage), at=at)
    assert certificate.rows == 1
    erased, kept = (Emergency.objects.get(pk=look.pk) for look in looks)
    assert (erased.reason, erased.note, erased.erased_at) == ("", "", at)
    assert (erased.subject, erased.opened_at, erased.account_id) == (
        looks[0].subject,
        at,
        looks[0].account_id,
    )
    assert (erased.judgement, erased.reviewed_at) == ("justified", at)
    assert NAME in kept.reason
    assert kept.erased_at is None
    shown = breaking_glass.told_of([erased, kept])
    assert shown[0].shown_reason == "there was one; it went with the record that was disposed of"
    assert NAME in shown[1].shown_reason
    assert Event.objects.get(action="access.disposed").detail["words"] == 1
    assert NAME not in str(list(Event.objects.values_list("detail", flat=True)))


def test_a_look_that_nobody_judged_can_still_be_judged(stage: Stage, at: datetime) -> None:
    look = _look(stage, closed(stage, OLD), at)
    carry_out(disposal_id=approved(stage, set_rule(stage, at), at).pk, by=another(stage), at=at)
    (waiting,) = breaking_glass.told_of(breaking_glass.to_review(officer_of_privacy(stage)))
    assert "disposed of" in waiting.shown_reason
    _judge(stage, look, at)


@pytest.mark.parametrize("is_judged", [False, True])
@pytest.mark.parametrize(
    "change",
    [
        {"reason": ""},
        {"reason": "Another reason, and a long one."},
        {"reason": "", "note": "", "erased_at": True},
        {"erased_at": True},
    ],
)
def test_the_database_lets_no_word_change_without_a_disposal(
    stage: Stage, at: datetime, is_judged: bool, change: dict[str, object]
) -> None:
    look = _look(stage, closed(stage, OLD), at)
    if is_judged:
        _judge(stage, look, at)
    told = {name: at if value is True else value for name, value in change.items()}
    with pytest.raises(DatabaseError), transaction.atomic():
        Emergency.objects.filter(pk=look.pk).update(**told)


def test_not_even_a_listed_row_lets_the_judgement_change(stage: Stage, at: datetime) -> None:
    look = _look(stage, closed(stage, OLD), at)
    _judge(stage, look, at)
    approved(stage, set_rule(stage, at), at)
    told = {"reason": "", "note": "", "erased_at": at}
    for besides in ({"judgement": "not_justified"}, {"subject": "access.Ward:1"}, {"note": "Other words"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Emergency.objects.filter(pk=look.pk).update(**{**told, **besides})
    assert Emergency.objects.filter(pk=look.pk).update(**told) == 1


def test_the_wall_is_missed(stage: Stage) -> None:
    erasing.tear_down(connection)
    assert standing.missing(connection) == [f"trigger {erasing.NAME}"]
    standing.rebuild(connection)
    assert standing.missing(connection) == []
