"""Who is told by e-mail when a case escalates, and what such a letter holds: a real SMTP server takes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTP

import pytest
from django.conf import LazySettings
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from environ import Env
from tests.domain.alarms.smtp_server import SmtpServer, smtp_server

from schoolward.domains.alarms import actions, queries
from schoolward.domains.alarms.models import CallContact, Case
from schoolward.domains.places.models import Campus
from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs.worker import Worker

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def server(settings: LazySettings) -> Iterator[SmtpServer]:
    """A mail server, and settings as SCHOOLWARD_EMAIL_URL makes them."""
    with smtp_server() as made:
        configured = Env.email_url_config(f"smtp://127.0.0.1:{made.port}")
        for name, value in configured.items():
            setattr(settings, name, value)
        # Django's tests keep letters in memory; these leave.
        settings.EMAIL_BACKEND = configured["EMAIL_BACKEND"]
        settings.MAIL_IS_SENT = True
        settings.SITE_URL = "https://safety.district.example"
        settings.DEFAULT_FROM_EMAIL = "schoolward@district.example"
        yield made


def member(name: str, role: str, *, sites: list[Campus] | None = None, ended: date | None = None) -> Account:
    """An account of a true person's kind: no account of the demonstration."""
    then = datetime(2010, 9, 1, tzinfo=UTC)
    agency, _made = Agency.objects.get_or_create(
        key="district", defaults={"name": "District", "kind": "district", "created_at": then}
    )
    account = Account.objects.create(email=f"{name}@district.example", name=name, created_at=then)
    made = Membership.objects.create(
        account=account,
        agency=agency,
        role=role,
        all_sites=sites is None,
        valid_from=then.date(),
        valid_to=ended,
    )
    made.campuses.set(sites or [])
    return account


def listed(site: Campus, order: int, account: Account | None) -> CallContact:
    """A place of the site's call list."""
    return CallContact.objects.create(
        campus=site, order=order, title=f"Office {order}", phone=f"916-555-010{order}", member=account
    )


def work(at: datetime) -> list[str]:
    """Do what is queued, and return what each letter's job came to."""
    Worker(clock=lambda: at).run_pending()
    return [
        str(value)
        for value in DBTaskResult.objects.order_by("enqueued_at").values_list("return_value", flat=True)
    ]


def test_the_test_server_speaks_smtp() -> None:
    with smtp_server() as made, SMTP("127.0.0.1", made.port, timeout=5) as client:
        client.sendmail("a@x.example", ["b@x.example", "c@x.example"], "Subject: s\r\n\r\n.dot\r\nend")
        client.sendmail("a@x.example", ["d@x.example"], "Subject: t\r\n\r\nmore")
    assert [letter.recipients for letter in made.letters] == [["b@x.example", "c@x.example"], ["d@x.example"]]
    assert made.letters[0].message.get_payload().split() == [".dot", "end"]


def test_the_member_whose_turn_it_is_gets_a_letter_without_a_word_too_many(
    case: Case, site: Campus, by: Viewer, server: SmtpServer
) -> None:
    custodian, office = member("custodian", "facilities"), member("office", "site_lead", sites=[site])
    listed(site, 1, custodian)
    listed(site, 2, None)
    listed(site, 3, office)
    for seconds, told in (
        (90, ["custodian"]),
        (180, ["custodian", "office"]),
        (900, ["custodian", "office", "office"]),
    ):
        at = case.opened_at + seconds * SECOND
        actions.escalate(by=by, at=at)
        assert set(work(at)) == {"sent"}
        assert [letter.recipients for letter in server.letters] == [
            [f"{name}@district.example"] for name in told
        ]
    case.refresh_from_db()
    last = server.letters[-1]
    assert last.sender == "schoolward@district.example"
    urgency = queries.standing_of(case, at=case.opened_at + 900 * SECOND).urgency
    assert urgency == case.urgency + 15, "what it has waited counts"
    assert last.message["Subject"] == f"Alarm case {case.number} waits: urgency {urgency} of 100"
    assert last.message.get_payload().replace("\r\n", "\n").strip() == (
        f"Alarm case {case.number} was escalated. Urgency: {urgency} of 100.\n\n"
        f"https://safety.district.example/alarms/cases/{case.number}/"
    )
    whole = last.message.as_string()
    for word in (site.name, site.address, case.title, "East door", "Burglary", "0012", "Office"):
        assert word not in whole, word


def test_a_call_that_reached_nobody_tells_the_next_one(
    case: Case, site: Campus, person: object, by: Viewer, at: datetime, server: SmtpServer
) -> None:
    lead = member("lead", "lead")
    first, second = listed(site, 1, None), listed(site, 2, member("office", "site_lead", sites=[site]))
    operator = person()  # type: ignore[operator]
    actions.log_call(case_id=case.pk, contact_id=first.pk, outcome="no_answer", by=operator, at=at)
    actions.escalate(by=by, at=at + 60 * SECOND)
    work(at)
    assert [letter.recipients for letter in server.letters] == [["office@district.example"]]
    later = at + 100 * SECOND
    actions.log_call(case_id=case.pk, contact_id=second.pk, outcome="busy", by=operator, at=later)
    actions.escalate(by=by, at=later + 60 * SECOND)
    work(at)
    # Nobody is left on the list.
    assert server.letters[-1].recipients == [lead.email]


def test_without_members_on_the_list_the_leads_are_told_from_the_second_time_on(
    case: Case, site: Campus, by: Viewer, server: SmtpServer
) -> None:
    member("lead", "lead")
    member("former", "lead", ended=date(2012, 1, 1))
    member("elsewhere", "lead", sites=[])
    listed(site, 1, None)
    for seconds, count in ((90, 0), (180, 1), (900, 2)):
        at = case.opened_at + seconds * SECOND
        actions.escalate(by=by, at=at)
        work(at)
        assert [letter.recipients for letter in server.letters] == [["lead@district.example"]] * count


def test_whoever_left_or_a_case_that_was_closed_is_not_written_to(
    case: Case, site: Campus, by: Viewer, server: SmtpServer
) -> None:
    listed(site, 1, member("custodian", "facilities"))
    at = case.opened_at + 90 * SECOND
    actions.escalate(by=by, at=at)
    Membership.objects.update(revoked_at=at)
    assert work(at) == ["no member who sees the case"]
    Membership.objects.update(revoked_at=None)
    actions.escalate(by=by, at=at + 90 * SECOND)
    Case.objects.update(state="closed", disposition="false", cause="hvac", closed_at=at + 91 * SECOND)
    assert work(at + 92 * SECOND)[-1] == "closed meanwhile"
    assert server.letters == []


def test_a_letter_exists_only_if_the_escalation_does(
    case: Case, site: Campus, by: Viewer, server: SmtpServer
) -> None:
    listed(site, 1, member("custodian", "facilities"))
    with transaction.atomic():
        actions.escalate(by=by, at=case.opened_at + 90 * SECOND)
        transaction.set_rollback(True)
    assert work(case.opened_at + 100 * SECOND) == []
    assert server.letters == []


def test_a_server_that_refuses_is_tried_again(
    case: Case, site: Campus, by: Viewer, server: SmtpServer
) -> None:
    listed(site, 1, member("custodian", "facilities"))
    at = case.opened_at + 90 * SECOND
    actions.escalate(by=by, at=at)
    server.refuses = "451 try again"
    work(at)
    assert server.letters == []
    server.refuses = ""
    work(at + 4 * SECOND)
    assert server.letters == []
    work(at + 5 * SECOND)
    assert len(server.letters) == 1


def test_without_a_mail_server_nothing_is_queued(case: Case, site: Campus, by: Viewer) -> None:
    listed(site, 1, member("custodian", "facilities"))
    assert actions.escalate(by=by, at=case.opened_at + 90 * SECOND) == 1
    assert not DBTaskResult.objects.exists()


def test_only_who_sees_the_sites_alarms_can_be_put_on_its_list(
    site: Campus, other_site: Campus, by: Viewer, at: datetime
) -> None:
    member("custodian", "facilities")
    member("elsewhere", "site_lead", sites=[other_site])

    def keep(address: str | None) -> CallContact:
        return actions.keep_contact(
            campus_id=site.pk, order=1, title="Custodian", phone="916-555-0100", member=address, by=by, at=at
        ).row

    kept = keep(" Custodian@district.example ")
    assert kept.member is not None
    assert kept.member.email == "custodian@district.example"
    assert keep(None).member is not None, "it stays"
    for address in ("elsewhere@district.example", "nobody@district.example"):
        with pytest.raises(actions.MemberUnknown):
            keep(address)
    assert keep("").member is None
