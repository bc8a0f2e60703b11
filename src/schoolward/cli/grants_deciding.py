"""Rules of awards, what a second person decides, and calendar feeds, on the command line."""

from __future__ import annotations

import click

from schoolward.cli import installation, terminal
from schoolward.cli.funding_finding import Dollars, actor, as_json_option, as_option
from schoolward.cli.grants_finding import award_of, refusals

_number = click.IntRange(1, 2**63 - 1)
_reason = click.option("--reason", required=True, help="Why.")
_person = click.option(
    "--as", "email", metavar="EMAIL", required=True, help="Act in the name of this account."
)


@click.command(epilog="\b\nExample:\n  schoolward grants rules lifeline-mentoring --json")
@click.argument("award")
@as_json_option
def rules(award: str, as_json: bool) -> None:
    """Every rule that AWARD answers to: where it is written, how it is set here, what was let by."""
    installation.start()
    from schoolward.domains.grants.api.shapes import RuleOut
    from schoolward.domains.grants.queries import rules_of

    found = [RuleOut.of(one) for one in rules_of(installation.operator(), award_of(award))]
    if as_json:
        terminal.write_json(found)
        return
    for row in found:
        click.echo(f"{row['title']} ({row['citation']}): {row['setting']}")
        for one in row["let_by"]:
            click.echo(f"  {one['state']}: {one['asked_by']} asked: {one['reason']}")


@click.command(
    epilog="\b\nExample:\n"
    '  schoolward grants reopen safer-doors --reason "An invoice came late" --as analyst@example.org'
)
@click.argument("award")
@_reason
@_person
@as_json_option
def reopen(award: str, reason: str, email: str, as_json: bool) -> None:
    """Ask that the closed AWARD be opened again; somebody else decides (`decide`)."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        asked = actions.ask_to_reopen(
            award_id=award_of(award).pk, reason=reason, by=actor(email), at=installation.moment()
        )
    if as_json:
        terminal.write_json({"request": asked.pk, "award": award, "state": asked.state})
    else:
        click.echo(
            f"Asked, as request {asked.pk}. Somebody else decides: schoolward grants decide {asked.pk}."
        )


@click.command(
    epilog="\b\nExample:\n"
    '  schoolward grants decide 3 --let-by --reason "The funder agrees" --as lead@example.org'
)
@click.argument("request", type=_number)
@click.option("--let-by/--refuse", "is_let_by", required=True, help="Let it by, or refuse it.")
@_reason
@_person
@as_json_option
def decide(request: int, is_let_by: bool, reason: str, email: str, as_json: bool) -> None:
    """Decide on REQUEST, which somebody else asked for: an entry, a transfer, or opening an award again."""
    installation.start()
    from schoolward.domains.grants import actions

    act = actions.let_by if is_let_by else actions.refuse
    with refusals():
        act(request_id=request, reason=reason, by=actor(email), at=installation.moment())
    state = "let_by" if is_let_by else "refused"
    if as_json:
        terminal.write_json({"request": request, "state": state})
    else:
        click.echo("Let by." if is_let_by else "Refused.")


@click.command(
    name="correct-budget",
    epilog='\b\nExample:\n  schoolward grants correct-budget 17 105000 --reason "Digits swapped"',
)
@click.argument("entry", type=_number)
@click.argument("amount", type=Dollars())
@_reason
@as_option
@as_json_option
def correct_budget(entry: int, amount: int, reason: str, email: str | None, as_json: bool) -> None:
    """Set right the budget ENTRY (its number) that was mistyped, to AMOUNT dollars, by a counter-entry."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        made = actions.correct_budget(
            entry_id=entry, amount_cents=amount, reason=reason, by=actor(email), at=installation.moment()
        )
    if as_json:
        terminal.write_json({"entry": made.pk, "corrects": entry, "cents": made.amount_cents})
    else:
        click.echo(f"Set right by entry {made.pk}. Both stay in the ledger.")


@click.command(epilog="\b\nExample:\n  schoolward grants feeds --as analyst@example.org")
@_person
@as_json_option
def feeds(email: str, as_json: bool) -> None:
    """List the calendar feeds of an account. No secret is among what is kept."""
    installation.start()
    from schoolward.domains.grants.queries import own_feeds

    rows = [
        {
            "id": one.pk,
            "name": one.name,
            "made_at": one.made_at.isoformat(),
            "last_read_at": one.last_read_at and one.last_read_at.isoformat(),
            "revoked_at": one.revoked_at and one.revoked_at.isoformat(),
        }
        for one in own_feeds(actor(email))
    ]
    if as_json:
        terminal.write_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']}: {row['name']}, {'revoked' if row['revoked_at'] else 'in use'}")
    if not rows:
        click.echo("No feed yet. Make one: schoolward grants make-feed.")


@click.command(
    name="make-feed",
    epilog='\b\nExample:\n  schoolward grants make-feed "My telephone" --as analyst@example.org',
)
@click.argument("name")
@_person
@as_json_option
def make_feed(name: str, email: str, as_json: bool) -> None:
    """Make a calendar feed called NAME for an account. Its address is told this once only."""
    installation.start()
    from urllib.parse import urljoin

    from django.conf import settings
    from django.urls import reverse

    from schoolward.domains.grants import actions

    with refusals():
        made, secret = actions.make_feed(name=name, by=actor(email), at=installation.now())
    address = urljoin(settings.SITE_URL, reverse("grants:feed", args=[secret]))
    if as_json:
        terminal.write_json({"id": made.pk, "name": made.name, "address": address})
    else:
        click.echo(address)


@click.command(
    name="revoke-feed", epilog="\b\nExample:\n  schoolward grants revoke-feed 4 --as analyst@example.org"
)
@click.argument("feed", type=_number)
@_person
@as_json_option
def revoke_feed(feed: int, email: str, as_json: bool) -> None:
    """Revoke the calendar feed of this number: one's own, or any for who administers accounts."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        actions.revoke_feed(feed_id=feed, by=actor(email), at=installation.now())
    if as_json:
        terminal.write_json({"id": feed, "revoked": True})
    else:
        click.echo("Revoked. Calendars that read it get nothing more.")
