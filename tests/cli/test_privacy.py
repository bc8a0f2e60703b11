"""``schoolward privacy``: what the machine's operator sees and does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import connection
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.platform.access.models import Agency, Agreement
from schoolward.platform.access.wall import standing

pytestmark = pytest.mark.django_db
Run = Callable[..., Ended]


@pytest.fixture
def agreement(at: datetime) -> Agreement:
    owner, recipient = (
        Agency.objects.create(key=kind, name=kind, kind=kind, created_at=at)
        for kind in ("district", "police")
    )
    return Agreement.objects.create(
        title="Officers",
        owner=owner,
        recipient=recipient,
        valid_from=date(2012, 1, 1),
        valid_to=date(2999, 1, 1),
    )


def test_agreements_are_listed_and_revoked(agreement: Agreement, schoolward: Run) -> None:
    listed = json.loads(schoolward("privacy", "agreements", "--json").out)
    assert [(row["title"], row["state"]) for row in listed] == [("Officers", "waits")]
    assert "Officers" in schoolward("privacy", "agreements").out
    number = str(agreement.pk)
    assert schoolward("privacy", "revoke", "99999", "--reason", "Over").code == ExitCode.NOT_FOUND
    assert schoolward("privacy", "revoke", number, "--reason", " ").code == ExitCode.REFUSED
    assert "Revoked: Officers" in schoolward("privacy", "revoke", number, "--reason", "Over").out
    assert schoolward("privacy", "revoke", number, "--reason", "Over").code == ExitCode.REFUSED


def test_what_waits_is_counted(schoolward: Run) -> None:
    counts = json.loads(schoolward("privacy", "waiting", "--json").out)
    assert counts == {"emergencies_to_judge": 0, "records_to_seal": 0, "past_their_day": 0}
    assert "records to seal: 0" in schoolward("privacy", "waiting").out


def test_the_log_of_a_person(schoolward: Run) -> None:
    assert schoolward("privacy", "disclosures", "Jane").code == ExitCode.USAGE
    unknown = schoolward("privacy", "disclosures", "access.Consent:1", "--json")
    assert (unknown.code, unknown.out) == (ExitCode.NOT_FOUND, "")


def test_a_wall_that_was_taken_down_is_put_up(schoolward: Run) -> None:
    assert "stands" in schoolward("privacy", "wall").out
    on_table = " ON access_signature" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER access_signature_fixed{on_table}")
    told = schoolward("privacy", "wall", "--json")
    assert json.loads(told.out) == {"put_up": ["trigger access_signature_fixed"]}
    assert standing.missing(connection) == []
