"""``schoolward privacy retention``: schedules, holds and disposals from the machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.platform.access.models import Account, Agency, Consent, Membership
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

pytestmark = pytest.mark.django_db
Run = Callable[..., Ended]
SET = ("set", "access.Consent", "protected", "--years", "1", "--after", "closed", "--rule", "Policy 12.3")


@pytest.fixture
def district(at: datetime) -> Agency:
    """With two people and a consent that ended long ago."""
    agency = Agency.objects.create(key="district", name="District", kind="district", created_at=at)
    for name, role in (("ana", "privacy_officer"), ("lee", "lead")):
        Membership.objects.create(
            account=Account.objects.create_user(f"{name}@example.org", name=name.title()),
            agency=agency,
            role=role,
            valid_from=date(2010, 1, 1),
            all_sites=True,
        )
    with within(Viewer.system(at=at)):
        Consent.objects.create(
            agency=agency,
            subject="access.Consent:7000",
            record_class="protected",
            recipient=agency,
            category="health",
            purpose="records",
            given_by="parent",
            valid_from=date(2012, 9, 1),
            valid_to=date(2012, 9, 30),
            recorded_at=at,
        )
    return agency


def test_from_a_schedule_to_a_certificate(district: Agency, schoolward: Run) -> None:
    def run(*words: str) -> Ended:
        return schoolward("privacy", "retention", *words)

    def read(*words: str) -> list[dict[str, object]]:
        answer: list[dict[str, object]] = json.loads(run(*words, "--json").out)
        return answer

    assert run("due").out.strip() == "None."
    assert run("set", "access.Agency", "protected", *SET[3:]).code == ExitCode.REFUSED
    assert read(*SET)[0]["counsel"] == "to be confirmed by counsel"
    number = str(read("schedules")[0]["id"])
    assert [(one["due"], one["held"]) for one in read("due")] == [(1, 0)]
    hold = read("hold", "person", "access.Consent:7000", "--matter", "12-7", "--reason", "A claim")[0]
    assert [(one["due"], one["held"]) for one in read("due")] == [(0, 1)]
    assert "access.Consent:7000" not in run("holds").out
    assert run("lift", "99999", "--reason", "x").code == ExitCode.NOT_FOUND
    read("lift", str(hold["id"]), "--reason", "Settled")
    assert run("propose", number, "--as", "nobody@example.org").code == ExitCode.NOT_FOUND
    assert run("propose", number, "--as", "lee@example.org").code == ExitCode.REFUSED
    batch = str(read("propose", number, "--as", "ana@example.org")[0]["id"])
    assert run("carry-out", batch).code == ExitCode.REFUSED
    reviewed = ("review", batch, "--approve", "--note", "Looked", "--as")
    assert run(*reviewed, "ana@example.org").code == ExitCode.REFUSED
    assert read(*reviewed, "lee@example.org")[0]["state"] == "approved"
    assert run("take-out", "99999", "--reason", "x").code == ExitCode.NOT_FOUND
    assert read("carry-out", batch)[0]["records"] == 1
    assert read("carry-out", batch) == read("certificates")
    assert [one["state"] for one in read("disposals")] == ["done"]
    assert "done" in run("disposals").out
