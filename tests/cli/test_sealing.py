"""``schoolward privacy seals``: an order, the seal, and who may lift it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.platform.access.models import Account, Agency, Consent, Membership, Sealing
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
Run = Callable[..., Ended]
ANA, LEE, MO = ("--as", "ana@example.org"), ("--as", "lee@example.org"), ("--as", "mo@example.org")
WHY = ("--ground", "court_order", "--due", "2012-10-01", "--reason", "An order of the court")


@pytest.fixture
def consent(at: datetime) -> Consent:
    """A record of a district with two who keep the records, and one who does not."""
    agency = Agency.objects.create(key="district", name="District", kind="district", created_at=at)
    for name, role in (("ana", "privacy_officer"), ("lee", "privacy_officer"), ("mo", "facilities")):
        Membership.objects.create(
            account=Account.objects.create_user(f"{name}@example.org", name=name.title()),
            agency=agency,
            role=role,
            valid_from=date(2010, 1, 1),
            all_sites=True,
        )
    with within(Viewer.system(at=at)):
        return Consent.objects.create(
            agency=agency,
            subject="access.Consent:7000",
            record_class="protected",
            recipient=agency,
            category="program",
            purpose="records",
            given_by="parent",
            valid_from=date(2012, 9, 1),
            valid_to=date(2999, 9, 30),
            recorded_at=at,
        )


def there(consent: Consent, at: datetime) -> bool:
    with within(Viewer.system(at=at)):
        return Consent.objects.filter(pk=consent.pk).exists()


def test_a_seal_is_set_by_one_and_lifted_by_another(consent: Consent, schoolward: Run, at: datetime) -> None:
    def run(*words: str) -> Ended:
        return schoolward("privacy", "seals", *words)

    name = f"access.Consent:{consent.pk}"
    assert run("list").out.strip() == "No record is or was to be sealed."
    ordered = run("order", name, *WHY, *ANA, "--json")
    assert ordered.code == ExitCode.DONE, ordered.err
    number = str(json.loads(ordered.out)["id"])
    assert there(consent, at)
    assert run("order", name, *WHY, *ANA).code == ExitCode.REFUSED  # one is under way
    assert name in run("list").out

    covered = json.loads(run("covers", number, *ANA, "--json").out)
    assert covered == {"record": name, "with_it": {}, "elsewhere": 0, "alike": []}
    assert name in run("covers", number, *ANA).out
    assert run("covers", "99999", *ANA).code == ExitCode.NOT_FOUND
    assert run("covers", number, *MO).code == ExitCode.REFUSED
    assert run("seal", number, *MO).code == ExitCode.REFUSED
    assert run("seal", number, *ANA).code == ExitCode.DONE
    assert not there(consent, at)
    assert run("seal", number, *ANA).code == ExitCode.REFUSED
    assert "sealed already" in run("covers", number, *ANA).err
    shown = run("list", "--in-force").out
    assert number in shown
    assert name not in shown
    assert "record" not in json.loads(run("list", "--json").out)[0]

    assert "somebody else" in run("lift", number, "--reason", "The wrong one", *ANA).err
    assert run("lift", number, "--reason", " ", *LEE).code == ExitCode.REFUSED
    assert not there(consent, at)
    lifted = run("lift", number, "--reason", "The wrong one", *LEE, "--json")
    assert json.loads(lifted.out)["lifted_at"] is not None
    assert there(consent, at)
    done = list(Event.objects.filter(subject=f"access.Sealing:{number}").order_by("sequence"))
    assert [one.action for one in done] == ["access.sealing_ordered", "access.sealed", "access.seal_lifted"]
    assert all("(by a command)" in one.account_name for one in done)


def test_what_is_wrong_is_said(consent: Consent, schoolward: Run) -> None:
    def run(*words: str) -> Ended:
        return schoolward("privacy", "seals", *words)

    wrong = run("order", "access.Consent:999999", *WHY, *ANA)
    assert (wrong.code, "no such record" in wrong.err) == (ExitCode.REFUSED, True)
    assert run("order", "Jane", *WHY, *ANA).code == ExitCode.REFUSED
    unknown = run("order", f"access.Consent:{consent.pk}", "--ground", "mercy", *WHY[2:], *ANA)
    assert unknown.code == ExitCode.USAGE
    assert "court_order" in unknown.err
    for what in (("seal", "99", *ANA), ("lift", "99", "--reason", "x", *ANA)):
        assert run(*what).code == ExitCode.NOT_FOUND
    assert run("seal", "99", "--as", "nobody@example.org").code == ExitCode.NOT_FOUND
    assert run("seal", "99").code == ExitCode.USAGE
    assert not Sealing.objects.exists()
