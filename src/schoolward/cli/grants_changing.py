"""What changes an award under way, on the command line: amendments, transfers, reports that went out."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.funding_finding import Dollars, actor, as_json_option, as_option, found
from schoolward.cli.grants_finding import DAY, Percent, award_of, refusals
from schoolward.cli.outcome import CommandError, ExitCode

_large = click.IntRange(1, 2**63 - 1)
_reason = click.option("--reason", required=True, help="Why.")


def _line_of(award: Any, code: str) -> int:
    from schoolward.domains.grants.queries import lines

    row = found(
        lines, f"line {code} of {award.key}", "funding funds", award__key=award.key, code__iexact=code
    )
    return int(row.pk)


@click.command(
    epilog="\b\nExamples:\n"
    "  schoolward grants amend safer-doors extension --to 2013-06-30 --approval 12-A"
    ' --approved-on 2012-05-02 --text "Three months more"\n'
    "  schoolward grants amend safer-doors amount --amount 90000 --line E --approval 12-B"
    ' --approved-on 2012-05-02 --text "The funder gives less"'
)
@click.argument("award")
@click.argument("kind", type=click.Choice(["extension", "amount", "scope", "key_person", "match", "terms"]))
@click.option("--approval", required=True, help="The funder's approval: its number, or the letter's date.")
@click.option("--approved-on", type=DAY, required=True, help="The day of the approval.")
@click.option("--text", required=True, help="What changes, in words.")
@click.option("--to", "new_end", type=DAY, help="The new last day.")
@click.option("--amount", type=Dollars(), help="The new amount, in dollars.")
@click.option("--line", "code", help="The line that gives up money, where the amount is less.")
@click.option("--match", type=Percent(), help="The new match, in percent of the whole.")
@click.option("--waived", type=Percent(), help="How much of the match is waived; 0 for none any more.")
@as_option
@as_json_option
def amend(
    award: str,
    kind: str,
    approval: str,
    approved_on: datetime,
    text: str,
    new_end: datetime | None,
    amount: int | None,
    code: str | None,
    match: Decimal | None,
    waived: Decimal | None,
    email: str | None,
    as_json: bool,
) -> None:
    """Enter a change of AWARD that its funder approved; the award stands as amended from then on."""
    installation.start()
    from schoolward.domains.grants import actions
    from schoolward.domains.grants.api.shapes import AmendmentOut

    changed = award_of(award)
    with refusals():
        made = actions.amend(
            award_id=changed.pk,
            kind=kind,
            approval=approval,
            approved_on=approved_on.date(),
            text=text,
            new_end=new_end and new_end.date(),
            new_amount_cents=amount,
            line_id=_line_of(changed, code) if code else None,
            new_match_percent=match,
            new_waived_percent=waived,
            by=actor(email),
            at=installation.moment(),
        )
    told = AmendmentOut.model_validate(made).model_dump(mode="json")
    if as_json:
        terminal.write_json(told)
    else:
        click.echo(f"Amended: {told['change'] or told['text']}")


@click.command(
    epilog='\b\nExample:\n  schoolward grants transfer safer-doors E S 1200 --reason "Doors cost less"'
)
@click.argument("award")
@click.argument("from_line")
@click.argument("to_line")
@click.argument("amount", type=Dollars())
@_reason
@click.option("--approval", default="", help="The funder's approval, where there is one.")
@click.option("--ask", metavar="WHY", default="", help="Where a rule blocks it: ask that it be let by.")
@as_option
@as_json_option
def transfer(
    award: str,
    from_line: str,
    to_line: str,
    amount: int,
    reason: str,
    approval: str,
    ask: str,
    email: str | None,
    as_json: bool,
) -> None:
    """Move AMOUNT dollars of AWARD from one of its lines to another, named by their codes."""
    installation.start()
    from schoolward.domains.grants import actions

    moved = award_of(award)
    by, at = actor(email), installation.moment()
    arguments = {
        "award_id": moved.pk,
        "from_line_id": _line_of(moved, from_line),
        "to_line_id": _line_of(moved, to_line),
        "amount_cents": amount,
        "reason": reason,
        "approval": approval,
    }
    with refusals():
        try:
            made = actions.transfer(**arguments, by=by, at=at)
            told: dict[str, Any] = {"transfer": made.pk, "cents": made.amount_cents}
            sentence = f"Moved, as transfer {made.pk}."
        except actions.RuleBlocks as blocked:
            if not ask:
                raise
            asked = actions.ask_to_transfer(arguments=arguments, blocked=blocked, reason=ask, by=by, at=at)
            told = {"request": asked.pk, "state": asked.state}
            sentence = (
                f"Blocked: {blocked} Asked, as request {asked.pk}; somebody else decides: "
                f"schoolward grants decide {asked.pk}."
            )
    if as_json:
        terminal.write_json(told)
    else:
        click.echo(sentence)


@click.command(
    name="take-back",
    epilog='\b\nExample:\n  schoolward grants take-back 7 --reason "Wrong line"',
)
@click.argument("number", type=_large, metavar="TRANSFER")
@_reason
@as_option
@as_json_option
def take_back(number: int, reason: str, email: str | None, as_json: bool) -> None:
    """Put back what TRANSFER (its number) moved; neither counts as moved any more."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        made = actions.take_transfer_back(
            transfer_id=number, reason=reason, by=actor(email), at=installation.moment()
        )
    if as_json:
        terminal.write_json({"transfer": made.pk, "takes_back": number, "cents": made.amount_cents})
    else:
        click.echo(f"Put back, as transfer {made.pk}.")


@click.command(epilog="\b\nExample:\n  schoolward grants reports --json")
@click.option("--all", "with_sent", is_flag=True, help="Those that were sent, too.")
@as_json_option
def reports(with_sent: bool, as_json: bool) -> None:
    """List the reports that awards owe, the earliest due first."""
    installation.start()
    from schoolward.domains.grants.api.shapes import ReportOut
    from schoolward.domains.grants.queries import reports_due

    rows = reports_due(installation.operator())
    if not with_sent:
        rows = rows.filter(submitted_on__isnull=True)
    told = [ReportOut.model_validate(row).model_dump(mode="json") for row in rows]
    if as_json:
        terminal.write_json(told)
        return
    for row in told:
        sent = f", sent {row['submitted_on']}" if row["submitted_on"] else ""
        click.echo(f"{row['id']}: {row['award']}, {row['kind']} to {row['end']}, due {row['due']}{sent}")
    if not told:
        click.echo("No report is owed.")


@click.command(epilog='\b\nExample:\n  schoolward grants sent 31 --on 2012-07-29 --note "Receipt 4711"')
@click.argument("report", type=_large)
@click.option("--on", type=DAY, help="The day on which it went out (default: today).")
@click.option("--note", default="", help="Such as the confirmation's number.")
@as_option
@as_json_option
def sent(report: int, on: datetime | None, note: str, email: str | None, as_json: bool) -> None:
    """Say that REPORT (the number that `grants reports` shows) went out."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        made = actions.mark_sent(
            report_id=_report(report),
            submitted_on=on.date() if on else installation.today(),
            note=note,
            by=actor(email),
            at=installation.moment(),
        )
    day = str(made.submitted_on)
    if as_json:
        terminal.write_json({"id": report, "submitted_on": day})
    else:
        click.echo(f"Kept as sent on {day}.")


@click.command(
    name="not-sent", epilog='\b\nExample:\n  schoolward grants not-sent 31 --reason "Marked the wrong one"'
)
@click.argument("report", type=_large)
@_reason
@as_option
@as_json_option
def not_sent(report: int, reason: str, email: str | None, as_json: bool) -> None:
    """Say that REPORT was marked as sent by mistake: it is owed again."""
    installation.start()
    from schoolward.domains.grants import actions

    with refusals():
        actions.unmark_sent(
            report_id=_report(report), reason=reason, by=actor(email), at=installation.moment()
        )
    if as_json:
        terminal.write_json({"id": report, "submitted_on": None})
    else:
        click.echo("It is owed again.")


def _report(number: int) -> int:
    from schoolward.domains.grants.queries import reports_due

    if not reports_due(installation.operator()).filter(pk=number).exists():
        raise CommandError(
            f"There is no report {number}; see `schoolward grants reports --all`.", ExitCode.NOT_FOUND
        )
    return number
