"""Walks filled by ODK Collect: fetched and handed in over a socket, whole, once, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from defusedxml.ElementTree import fromstring
from django.core.cache import cache
from django.utils import timezone

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.actions import instruments
from schoolward.domains.assessments.filled_forms import filled_questions
from schoolward.domains.assessments.models import Answer, AnswerPhoto, Assessment, Filling, FillingFile, Walk
from schoolward.domains.places.models import Campus
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.models import Account, Agency, ApiToken, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.tokens import issue, revoke
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.protocols.xforms.loading import compile_loaded, load_form
from schoolward.protocols.xforms.session import Program, Session, Sources

from .collect import Collect, filled
from .conftest import PNG, small
from .test_instruments import CHOICES, SETTINGS, SURVEY, sheets, workbook

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_is_locked_out() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def moment() -> datetime:
    """The true time: a token does not outlive it."""
    return timezone.now()


def token_for(address: str, *, role: str = "lead", at: datetime, scopes: list[str] | None = None) -> str:
    account, _made = Account.objects.get_or_create(
        email=address, defaults={"name": address.partition("@")[0]}
    )
    agency, _made = Agency.objects.get_or_create(
        key="district", defaults={"name": "district", "kind": "district", "created_at": at}
    )
    membership, _made = Membership.objects.get_or_create(
        account=account,
        agency=agency,
        role=role,
        defaults={"valid_from": date(2010, 9, 1), "all_sites": True},
    )
    _token, secret = issue(
        membership=membership,
        name="Collect",
        scopes=scopes or ["assessments.walk", "work.propose"],
        expires_at=at + timedelta(days=30),
        by=viewer_for(membership, at=at),
        at=at,
    )
    return secret


def person_of(address: str, at: datetime) -> Viewer:
    return viewer_for(Membership.objects.get(account__email=address), at=at)


@pytest.fixture
def phone(live_server: Any, moment: datetime) -> Collect:
    """A device of ana, who may walk."""
    return Collect(live_server.url, "ana@example.org", token_for("ana@example.org", at=moment))


@pytest.fixture
def walk(site: Campus, phone: Collect, moment: datetime) -> Walk:
    """A walk of ana's, of the small instrument."""
    return begin(site, small(), "small.yaml", moment)


def begin(site: Campus, content: bytes, name: str, at: datetime, who: str = "ana@example.org") -> Walk:
    by = Viewer.system(at=at)
    version = actions.add_instrument(content=content, name=name, by=by, at=at).version
    planned = actions.plan_assessment(
        campus_id=site.pk, version_id=version.pk, planned_on=at.date(), by=by, at=at
    )
    return actions.start_walk(assessment_id=planned.pk, client_id=uuid4(), by=person_of(who, at), at=at)


def blank(phone: Collect, at: datetime) -> Session:
    (form,) = phone.forms()
    return phone.blank(form, at)


def nothing_kept() -> bool:
    return (
        not (Answer.objects.exists() or AnswerPhoto.objects.exists() or Filling.objects.exists())
        and not Walk.objects.filter(submitted_at__isnull=False).exists()
    )


G1 = "/data/gate/G1"
RATED = {f"{G1}/rating": "0", f"{G1}/note": "The closer is broken.", "/data/doors/D1/rating": "3"}


def test_the_list_shows_the_walks_in_hand(phone: Collect, walk: Walk) -> None:
    (form,) = phone.forms()
    assert (form["formID"], form["name"]) == (f"walk-{walk.pk}", "Oak: A small walk")
    assert form["hash"].startswith("md5:")
    assert "manifestUrl" not in form
    first, second = phone.asked
    assert (first[2], second[2]) == (401, 200)
    answered = phone.ask("GET", form["downloadUrl"])
    assert answered.headers["x-openrosa-version"] == "1.0"
    assert f'id="walk-{walk.pk}"'.encode() in answered.content
    assert b"<h:title>Oak: A small walk</h:title>" in answered.content


def test_a_form_that_cannot_be_filled_hides_no_other(
    phone: Collect, walk: Walk, site: Campus, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instruments, "check_usable", lambda *_args, **_named: None)
    survey = (("type", "name", "label", "relevant"), ("text", "a", "A", "1 = = 3"))
    broken = begin(site, workbook(survey), "old.xlsx", moment)
    assert [form["formID"] for form in phone.forms()] == [f"walk-{walk.pk}"]
    answered = phone.ask("GET", f"/openrosa/forms/{broken.pk}/form.xml")
    assert (answered.status, "survey, row 2, column relevant" in answered.content.decode()) == (409, True)


@pytest.mark.parametrize("number", [str(2**63), "9" * 23, "2147483647"])
def test_a_walk_that_is_not_there_is_not_found(phone: Collect, number: str) -> None:
    for part in ("form.xml", "manifest", "media/itemsets.csv"):
        assert phone.ask("GET", f"/openrosa/forms/{number}/{part}").status == 404


def test_a_form_with_its_photograph_is_handed_in(phone: Collect, walk: Walk, moment: datetime) -> None:
    xml = filled(blank(phone, moment), {**RATED, f"{G1}/photo1": "1.png"})
    answered = phone.send(xml, {"1.png": PNG})
    assert (answered.status, answered.message) == (201, "Received whole. The walk is handed in.")
    walk.refresh_from_db()
    assert walk.submitted_at is not None
    assert queries.answers_by_code(walk.pk) == {"G1": 0, "D1": 3}
    assert set(queries.notes_by_item([walk.pk]).values()) == {"The closer is broken."}
    photo = AnswerPhoto.objects.get()
    assert (photo.walk_id, photo.item.code) == (walk.pk, "G1")
    finding = walk.assessment.findings.get()  # type: ignore[union-attr]
    assert (finding.code, finding.note) == ("G1", "The closer is broken.")
    assert phone.forms() == []
    head = next(one for one in phone.asked if one[0] == "HEAD" and one[2] != 401)
    assert head == ("HEAD", "/openrosa/submission", 204)
    events = set(Event.objects.values_list("action", flat=True))
    assert {"assessments.form_kept", "assessments.answered", "assessments.submitted"} <= events
    assert "closer" not in "".join(str(one.detail) for one in Event.objects.all())


def test_files_may_come_later_and_the_walk_waits_for_them(
    phone: Collect, walk: Walk, moment: datetime
) -> None:
    photos = {f"{G1}/photo1": "1.png", f"{G1}/photo2": "2.png", "/data/doors/D1/photo1": "3.png"}
    xml = filled(blank(phone, moment), {**RATED, **photos})
    for sent, more, told in (
        ({"1.png": PNG}, True, "Received. 2 files are still to come."),
        ({"2.png": PNG + b"2"}, True, "Received. 1 files are still to come."),
        ({"2.png": PNG + b"2"}, False, "Received. 1 files are still to come."),
    ):
        answered = phone.send(xml, sent, more_follow=more)
        assert (answered.status, answered.message) == (201, told)
        walk.refresh_from_db()
        assert walk.submitted_at is None
    assert phone.send(xml, {"3.png": PNG + b"3"}).message == "Received whole. The walk is handed in."
    assert AnswerPhoto.objects.count() == 3
    assert Answer.objects.count() == 2


def test_handed_in_twice_it_is_kept_once(phone: Collect, walk: Walk, moment: datetime) -> None:
    xml = filled(blank(phone, moment), {**RATED, f"{G1}/photo1": "1.png"})
    first, second = phone.send(xml, {"1.png": PNG}), phone.send(xml, {"1.png": PNG})
    assert (first.status, second.status, second.message) == (201, 201, first.message)
    assert (Answer.objects.count(), AnswerPhoto.objects.count(), Filling.objects.count()) == (2, 1, 1)


def test_other_answers_under_the_same_number_are_refused(
    phone: Collect, walk: Walk, moment: datetime
) -> None:
    session = blank(phone, moment)
    assert phone.send(filled(session, {**RATED, f"{G1}/photo1": "1.png"})).status == 201
    other = filled(session, {f"{G1}/rating": "3"})
    answered = phone.send(other)
    assert answered.status == 409
    assert "another filled form" in answered.message
    assert queries.answers_by_code(walk.pk) == {"G1": 0, "D1": 3}


def test_after_the_hand_in_nothing_else_comes_in(phone: Collect, walk: Walk, moment: datetime) -> None:
    late = filled(blank(phone, moment), RATED)
    person = person_of("ana@example.org", moment)
    actions.give_answers(
        walk_id=walk.pk, answers=[actions.GivenAnswer(code="G1", answer=3)], by=person, at=moment
    )
    actions.submit_walk(walk_id=walk.pk, by=person, at=moment)
    answered = phone.send(late)
    assert answered.status == 409
    assert "submitted already" in answered.message
    assert not Filling.objects.exists()


def test_somebody_elses_walk_is_refused(phone: Collect, walk: Walk, moment: datetime) -> None:
    xml = filled(blank(phone, moment), RATED)
    other = Collect(phone.server, "bob@example.org", token_for("bob@example.org", at=moment))
    assert other.forms() == []
    assert other.ask("GET", f"/openrosa/forms/{walk.pk}/form.xml").status == 404
    answered = other.send(xml)
    assert answered.status == 403
    assert "Somebody else walks this one" in answered.message
    assert nothing_kept()


@pytest.mark.parametrize(
    ("spoil", "status", "told"),
    [
        (lambda xml: xml[:-20], 400, "is no XML"),
        (lambda xml: xml.replace(b' id="walk-', b' id="work-'), 404, "no walk"),
        (lambda xml: xml.replace(b' version="', b' version="x'), 400, "Fetch the form again"),
        (lambda xml: xml.replace(b"<rating>0<", b"<rating>7<"), 400, "its scale does not have"),
        (lambda xml: xml.replace(b"<note>", b"<more/><note>"), 400, "has no such element"),
        (lambda xml: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + xml.partition(b"?>")[2], 400, "entities"),
        (lambda xml: xml.replace(b"instanceID", b"instanceName"), 400, "instanceID"),
        (lambda _xml: b"", 400, "is missing"),
    ],
)
def test_what_is_damaged_is_refused_whole(
    phone: Collect, walk: Walk, moment: datetime, spoil: Callable[[bytes], bytes], status: int, told: str
) -> None:
    answered = phone.send(spoil(filled(blank(phone, moment), RATED)))
    assert (answered.status, told in answered.message) == (status, True), answered.message
    assert nothing_kept()


@pytest.mark.parametrize(
    ("files", "status", "told"),
    [
        ({"1.png": b"no picture"}, 400, "wanted here"),
        ({"1.png": PNG, "2.png": PNG}, 400, "names no file"),
    ],
)
def test_a_wrong_file_keeps_nothing_of_its_request(
    phone: Collect, walk: Walk, moment: datetime, files: dict[str, bytes], status: int, told: str
) -> None:
    xml = filled(blank(phone, moment), {**RATED, f"{G1}/photo1": "1.png"})
    answered = phone.send(xml, files)
    assert (answered.status, told in answered.message) == (status, True), answered.message
    assert nothing_kept()


def test_what_is_no_form_and_what_is_too_large(phone: Collect, walk: Walk) -> None:
    answered = phone.ask("POST", "/openrosa/submission", b"{}", {"Content-Type": "application/json"})
    assert (answered.status, "multipart" in answered.message) == (400, True)
    head = phone.ask("HEAD", "/openrosa/submission")
    most = int(head.headers["x-openrosa-accept-content-length"])
    assert most >= 10_000_000
    answered = phone.send(b"<a" + b" " * 5_000_000 + b"/>")
    assert (answered.status, "MB" in answered.message) == (400, True)


def test_a_form_with_nothing_answered_is_not_handed_in(phone: Collect, walk: Walk, moment: datetime) -> None:
    answered = phone.send(filled(blank(phone, moment), {}))
    assert (answered.status, "Nothing is answered yet" in answered.message) == (400, True)
    assert nothing_kept()


def test_a_note_alone_rates_nothing_and_keeps_a_rating_that_is_there(
    phone: Collect, walk: Walk, moment: datetime
) -> None:
    person = person_of("ana@example.org", moment)
    actions.give_answers(
        walk_id=walk.pk, answers=[actions.GivenAnswer(code="G1", answer=2)], by=person, at=moment
    )
    notes = {f"{G1}/note": "Loose.", "/data/gate/G2/note": "A hedge."}
    assert phone.send(filled(blank(phone, moment), notes)).status == 201
    assert queries.answers_by_code(walk.pk) == {"G1": 2}
    assert set(queries.notes_by_item([walk.pk]).values()) == {"Loose.", "A hedge."}


def test_who_may_not_walk_gets_no_forms(live_server: Any, moment: datetime) -> None:
    secret = token_for("eve@example.org", at=moment, scopes=["assessments.walk"])
    answered = Collect(live_server.url, "eve@example.org", secret).ask("GET", "/openrosa/formList")
    assert (answered.status, "“Propose work”" in answered.message) == (403, True)
    assert Event.objects.filter(action="access.denied").exists()


@pytest.mark.parametrize("wrong", ["another's address", "no token", "revoked", "password"])
def test_wrong_sign_in_is_challenged(phone: Collect, walk: Walk, moment: datetime, wrong: str) -> None:
    if wrong == "another's address":
        token_for("bob@example.org", at=moment)
        phone.address = "bob@example.org"
    elif wrong == "revoked":
        person = person_of("ana@example.org", moment)
        revoke(token=ApiToken.objects.get(), by=person, at=moment)
    else:
        phone.token = "" if wrong == "no token" else "correct horse battery staple"
    answered = phone.ask("GET", "/openrosa/formList")
    assert answered.status == 401
    assert answered.headers["www-authenticate"].startswith("Basic ")
    assert "token" in answered.message


def test_wrong_tokens_are_counted(phone: Collect, walk: Walk) -> None:
    right, phone.token = phone.token, "swt_wrong"
    for _ in range(6):
        answered = phone.ask("GET", "/openrosa/formList")
    assert answered.status == 429
    phone.token = right
    assert phone.ask("GET", "/openrosa/formList").status == 429


@pytest.mark.parametrize(
    "told", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {"HTTP_FORWARDED": "for=x"}]
)
def test_in_the_clear_no_token_is_read(client: Any, told: dict[str, str]) -> None:
    answered = client.get("/openrosa/formList", **told)
    assert answered.status_code == 403
    assert "https://" in answered.content.decode()
    assert "WWW-Authenticate" not in answered


MORE = (
    ("text", "seen", "What did you see?", "", "", ""),
    ("image", "front", "The front", "", "", ""),
    ("begin_repeat", "door", "Door", "", "", ""),
    ("text", "lock", "Its lock", "", "", ""),
    ("end_repeat", "", "", "", "", ""),
)


def test_whatever_else_a_form_asks_is_kept(site: Campus, phone: Collect, moment: datetime) -> None:
    walk = begin(site, workbook((*SURVEY, *MORE)), "walk.xlsx", moment)
    session = blank(phone, moment)
    session.add("/data/door")
    answers = {"/data/gate/G1": "1", "/data/seen": "A ladder.", "/data/front": "front.png"}
    locks = {"/data/door[1]/lock": "new", "/data/door[2]/lock": "old"}
    xml = filled(session, {**answers, **locks})
    assert phone.send(xml).message == "Received. 1 files are still to come."
    assert phone.send(xml, {"front.png": PNG}).message == "Received whole. The walk is handed in."
    assert queries.answers_by_code(walk.pk) == {"G1": 1}
    assert FillingFile.objects.get().name == "front.png"
    found = filled_questions(walk)
    assert found is not None
    assert [(one.headings, one.question, one.answer) for one in found.told] == [
        ((), "What did you see?", "A ladder."),
        ((), "The front", "front.png"),
        (("Door 1",), "Its lock", "new"),
        (("Door 2",), "Its lock", "old"),
    ]


def test_a_form_that_rates_nothing_has_no_score(site: Campus, phone: Collect, moment: datetime) -> None:
    walk = begin(site, workbook((SURVEY[0], *MORE)), "walk.xlsx", moment)
    answered = phone.send(filled(blank(phone, moment), {"/data/seen": "A ladder."}))
    assert answered.message == "Received whole. The walk is handed in."
    assessment = Assessment.objects.get(pk=walk.assessment_id)
    assert (assessment.state, assessment.score) == ("submitted", None)


def test_choices_that_are_kept_apart_go_with_the_form(site: Campus, phone: Collect, moment: datetime) -> None:
    kept = (
        ("list_name", "name", "label", "gate"),
        ("lock", "bar", "Crash bar", "1"),
        ("lock", "key", "Key only", "2"),
    )
    asked = (
        (*SURVEY[0], "choice_filter"),
        *((*row, "") for row in SURVEY[1:]),
        ("select_one_external lock", "lock", "Which lock?", "", "", "", "", "gate = ${G1}"),
    )
    content = sheets(survey=asked, choices=CHOICES, settings=SETTINGS, external_choices=kept)
    walk = begin(site, content, "walk.xlsx", moment)
    (form,) = phone.forms()
    listed = fromstring(phone.ask("GET", form["manifestUrl"]).content)
    (address,) = [one.text or "" for one in listed.iter() if one.tag.endswith("downloadUrl")]
    given = phone.ask("GET", address).content
    loaded = load_form(phone.ask("GET", form["downloadUrl"]).content)
    session = Session(Program(compile_loaded(loaded, {"itemsets.csv": given})), Sources(moment))
    phone.send(filled(session, {"/data/gate/G1": "1", "/data/lock": "bar"}))
    found = filled_questions(walk)
    assert found is not None
    assert [(one.question, one.answer) for one in found.told] == [("Which lock?", "Crash bar")]


OF_THE_WAY = small().replace(b"key: small", b"key: streets").replace(b"kind: cpted", b"kind: way_to_school")


def test_a_coordinator_fills_walk_audits_of_the_way_and_no_other_walk(
    live_server: Any, site: Campus, moment: datetime
) -> None:
    """Neither by a token without “Propose work”, nor where another walk was begun in an earlier role."""
    token_for("ana@example.org", at=moment)
    inside = begin(site, small(), "small.yaml", moment)
    Membership.objects.filter(account__email="ana@example.org").update(role="safe_routes")
    secret = token_for("ana@example.org", role="safe_routes", at=moment, scopes=["assessments.walk"])
    phone = Collect(live_server.url, "ana@example.org", secret)
    assert phone.forms() == []
    for part in ("form.xml", "manifest", "media/itemsets.csv"):
        assert phone.ask("GET", f"/openrosa/forms/{inside.pk}/{part}").status == 404
    outside = begin(site, OF_THE_WAY, "streets.yaml", moment)
    (form,) = phone.forms()
    assert form["formID"] == f"walk-{outside.pk}"
    xml = filled(phone.blank(form, moment), {**RATED, f"{G1}/place": "38.53 -121.47 0 0"})
    stray = phone.send(xml.replace(b"walk-%d" % outside.pk, b"walk-%d" % inside.pk))
    assert (stray.status, nothing_kept()) == (404, True)
    assert phone.send(xml).message == "Received whole. The walk is handed in."
    outside.refresh_from_db()
    assert outside.positions == {"G1": [-121.47, 38.53]}
    assert not WorkItem.objects.exists()
    inside.refresh_from_db()
    assert inside.submitted_at is None


def test_a_coordinators_token_must_be_allowed_to_walk(live_server: Any, moment: datetime) -> None:
    secret = token_for("eve@example.org", role="safe_routes", at=moment, scopes=["assessments.answers"])
    answered = Collect(live_server.url, "eve@example.org", secret).ask("GET", "/openrosa/formList")
    assert (answered.status, "“Walk an assessment" in answered.message) == (403, True)
