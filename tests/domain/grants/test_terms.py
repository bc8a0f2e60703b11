"""What rules read of an award changes with the funder's letter, and a transfer that was wrong is put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import GrantRefused, RuleBlocks
from schoolward.domains.grants.models import Amendment, Award, Entry, Transfer
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
Post = Callable[..., Entry]


def move(award: Award, cents: int, by: Viewer, at: datetime, *, back: bool = False) -> Transfer:
    """Move money from the line E to the line C, or the other way."""
    lines = {line.code: line.pk for line in award.lines.all()}
    first, second = ("C", "E") if back else ("E", "C")
    return actions.transfer(
        award_id=award.pk,
        from_line_id=lines[first],
        to_line_id=lines[second],
        amount_cents=cents,
        reason="Dearer",
        by=by,
        at=at,
    )


def test_before_anything_is_judged_terms_are_set_right_freely(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    actions.describe_award(award_id=award.pk, changes={"transfer_percent": 25}, by=analyst, at=at)
    assert Award.objects.get().transfer_percent == 25
    assert Event.objects.get(action="grants.award_described").detail["terms"] == {
        "transfer_percent": [10, 25]
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"transfer_percent": None}, "Limit of transfers in percent: 10 → not said."),
        ({"allowed": "equipment,contractual"}, "What it pays for: not said → Equipment, Contractual."),
        ({"forbids_supplanting": True}, "May not replace local money: no → yes."),
        ({"holds_draws_when_late": True}, "Payments are held while reports are late: no → yes."),
        ({"is_reimbursed": False}, "Pays only what was spent before: yes → no."),
        ({"may_subaward": True}, "May be passed on: no → yes."),
        ({"final_days": 45}, "Days for the final reports: not said → 45."),
    ],
    ids=str,
)
def test_what_rules_read_takes_the_funders_letter_and_is_kept(
    award: Award, post: Post, analyst: Viewer, at: datetime, change: dict[str, Any], words: str
) -> None:
    post("expenditure", 100_00)
    (name,) = change
    was = getattr(award, name)
    given: dict[str, Any] = {"award_id": award.pk, "changes": change, "by": analyst, "at": at}
    for lacking, field in (
        ({}, "approval"),
        ({"approval": "GAN 4"}, "reason"),
        ({"approval": "GAN 4", "reason": "Asked", "approved_on": date(2012, 9, 7)}, "approved_on"),
    ):
        with pytest.raises(GrantRefused) as refused:
            actions.describe_award(**given, **lacking)
        assert refused.value.field == field
        assert getattr(Award.objects.get(), name) == was
    actions.describe_award(**given, approval="GAN 4", reason="The letter says so.")
    assert getattr(Award.objects.get(), name) == change[name]
    kept = Amendment.objects.get()
    assert (kept.kind, kept.approval, kept.by_name) == ("terms", "GAN 4", analyst.account_name)
    assert kept.text == f"The letter says so. {words}"


def test_names_are_changed_freely(award: Award, post: Post, analyst: Viewer, at: datetime) -> None:
    post("expenditure", 100_00)
    Award.objects.update(allowed="equipment,contractual")
    same = {"title": "Safest doors", "allowed": "contractual,equipment"}
    actions.describe_award(award_id=award.pk, changes=same, by=analyst, at=at)
    assert not Amendment.objects.exists()


def test_a_rule_is_not_switched_off_on_the_page(
    award: Award, post: Post, client_of: ClientOf, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    post("expenditure", 100_00)
    client, path = client_of("grants_analyst"), reverse("grants:award_edit", args=[award.key])
    form = {"title": award.title, "funder_name": award.funder_name, "is_reimbursed": "on"}
    refused = client.post(path, form)
    assert refused.status_code == 422
    assert "Limit of transfers in percent" in refused.content.decode()
    client.post(path, {**form, "approval": "GAN 9", "reason": "Waived by the funder."})
    for page in (
        reverse("grants:award", args=[award.key]),
        reverse("reports:award_pack", args=[award.key]),
    ):
        shown = client.get(page).content.decode()
        assert "Limit of transfers in percent: 10 → not said." in shown
        assert "GAN 9" in shown


def test_other_amendments_show_what_was_and_what_is(
    award: Award, client_of: ClientOf, analyst: Viewer, at: datetime, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    actions.amend(
        award_id=award.pk,
        kind="amount",
        approval="GAN 3",
        approved_on=date(2012, 9, 1),
        text="more",
        new_amount_cents=250_000_00,
        by=analyst,
        at=at,
    )
    client = client_of("grants_analyst")
    for page in (
        reverse("grants:award", args=[award.key]),
        reverse("reports:award_pack", args=[award.key]),
    ):
        assert "$200,000.00 → $250,000.00" in client.get(page).content.decode()


def test_a_transfer_taken_back_does_not_count_any_more(award: Award, analyst: Viewer, at: datetime) -> None:
    before = queries.line_balances(award.pk)
    limit = 40_000_00  # 10 percent of the budget of $400,000, which holds the match
    wrong = move(award, limit, analyst, at)
    with pytest.raises(RuleBlocks):
        move(award, 1, analyst, at)
    back = actions.take_transfer_back(transfer_id=wrong.pk, reason="Wrong line", by=analyst, at=at)
    assert (back.takes_back, back.reason) == (wrong, "Taken back: Wrong line")
    assert queries.line_balances(award.pk) == before
    assert queries.transferred_unapproved(award) == 0
    assert queries.differences() == []
    move(award, limit, analyst, at)


def test_what_cannot_be_taken_back_of_transfers(
    award: Award, post: Post, analyst: Viewer, lead: Viewer, at: datetime
) -> None:
    wrong = move(award, 10_000_00, analyst, at)
    take: dict[str, Any] = {"by": analyst, "at": at}
    with pytest.raises(GrantRefused, match="Say why"):
        actions.take_transfer_back(transfer_id=wrong.pk, reason=" ", **take)
    contractual = award.lines.get(code="C")
    spent = post("expenditure", 55_000_00, line_id=contractual.pk)
    with pytest.raises(GrantRefused, match=r"\$5,000.00 left of the \$10,000.00"):
        actions.take_transfer_back(transfer_id=wrong.pk, reason="Wrong", **take)
    actions.reverse(entry_id=spent.pk, reason="Wrong", by=analyst, at=at)
    back = actions.take_transfer_back(transfer_id=wrong.pk, reason="Wrong", **take)
    for again in (wrong, back):
        with pytest.raises(GrantRefused, match="already"):
            actions.take_transfer_back(transfer_id=again.pk, reason="Again", **take)


def test_the_database_takes_a_transfer_back_once_and_still_changes_no_row(
    award: Award, analyst: Viewer, at: datetime
) -> None:
    wrong = move(award, 100, analyst, at)
    back = actions.take_transfer_back(transfer_id=wrong.pk, reason="Wrong", by=analyst, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Transfer.objects.create(
            award=award,
            from_line=back.from_line,
            to_line=back.to_line,
            amount_cents=100,
            on=back.on,
            reason="x",
            at=at,
            takes_back=wrong,
        )
    for rows in (Transfer.objects.all(), Entry.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(at=at)


def test_taking_a_transfer_back_by_the_page(
    award: Award, client_of: ClientOf, analyst: Viewer, at: datetime, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    wrong = move(award, 100_00, analyst, at)
    client, page = client_of("grants_analyst"), reverse("grants:award", args=[award.key])
    path = reverse("grants:transfer_take_back", args=[wrong.pk])
    assert path in client.get(page).content.decode()
    assert client.post(path, {"reason": ""}).status_code == 422
    done = client.post(path, {"reason": "Wrong line"}, follow=True).content.decode()
    assert "takes back a transfer" in done
    assert path not in done
    assert path not in client_of("trustee").get(page).content.decode()
