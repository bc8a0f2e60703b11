"""Every table about a young person says how long it is kept, and loses no row but by a reviewed disposal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from schoolward.domains.cases.models import Referral, Youth
from schoolward.platform.access.models import Disposal, RetentionSchedule
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.retention import disposals, schedules
from schoolward.platform.access.retention.carrying_out import carry_out
from schoolward.platform.access.retention.registry import retained
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import standing, within

OURS = sorted(model._meta.label for model in standing.protected() if model._meta.app_label == "cases")


@pytest.mark.parametrize("label", OURS)
def test_each_table_says_from_which_day_it_is_kept(label: str) -> None:
    model = next(model for model in standing.protected() if model._meta.label == label)
    for path in retained()[label].events.values():
        field: models.Field | None = None
        for name in path.split("__"):
            field = ((field.related_model if field else None) or model)._meta.get_field(name)
        assert isinstance(field, models.DateField | models.DateTimeField), path


def test_nothing_else_is_declared() -> None:
    assert sorted(label for label in retained() if label.startswith("cases.")) == OURS


def rule_of(table: str, officer: Viewer, at: datetime) -> RetentionSchedule:
    """Five years after the end, of a table's records of this class."""
    wanted = schedules.Rule(
        table=table,
        record_class="education",
        after="closed",
        years=5,
        citation="Invented Code 1, to be confirmed",
        valid_from=timezone.localdate(at),
    )
    return schedules.set_schedule(rule=wanted, by=officer, at=at)


def test_a_referral_goes_after_what_hangs_on_it(
    brought_to: Callable[[str], Referral], person: Callable[..., Viewer], at: datetime
) -> None:
    referral = brought_to("completed")
    with pytest.raises(DatabaseError), transaction.atomic(), within(Viewer.system(at=at)):
        Referral.objects.filter(pk=referral.pk).delete()
    later = at.replace(year=2018)
    first = replace(person("privacy_officer", purpose="records"), at=later)
    second = replace(person("lead", purpose="records"), at=later)
    rules = {name: rule_of(f"cases.{name}", first, later) for name in ("Referral", "Contact", "Step")}

    def dispose(name: str) -> None:
        batch = disposals.propose(schedule_id=rules[name].pk, by=first, at=later)
        disposals.review(disposal_id=batch.pk, approve=True, note_text="Read", by=second, at=later)
        carry_out(disposal_id=batch.pk, by=second, at=later)

    with pytest.raises(Refusal, match="Dispose of that first"):
        dispose("Referral")
    dispose("Contact")
    dispose("Step")
    with within(Viewer.system(at=later)):
        assert Referral.objects.filter(pk=referral.pk).exists()
    batch = Disposal.objects.get(schedule=rules["Referral"])
    carry_out(disposal_id=batch.pk, by=second, at=later)
    with within(Viewer.system(at=later)):
        assert not Referral.objects.filter(pk=referral.pk).exists()
        assert Youth.objects.filter(pk=referral.youth_id).exists()


def test_a_consent_that_a_referral_rests_on_says_what_goes_first(
    brought_to: Callable[[str], Referral], person: Callable[..., Viewer], at: datetime
) -> None:
    brought_to("completed")
    later = at.replace(year=2019)
    first = replace(person("privacy_officer", purpose="records"), at=later)
    second = replace(person("lead", purpose="records"), at=later)
    wanted = schedules.Rule(
        table="access.Consent",
        record_class="protected",
        after="closed",
        years=5,
        citation="Invented Code 1, to be confirmed",
        valid_from=timezone.localdate(later),
    )
    rule = schedules.set_schedule(rule=wanted, by=first, at=later)
    batch = disposals.propose(schedule_id=rule.pk, by=first, at=later)
    disposals.review(disposal_id=batch.pk, approve=True, note_text="Read", by=second, at=later)
    with pytest.raises(Refusal, match=r"referrals \(1\)\. Dispose of those first"):
        carry_out(disposal_id=batch.pk, by=second, at=later)
