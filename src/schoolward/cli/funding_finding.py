"""What the commands of funding share: who acts, finding what is named, dollars, and refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import installation
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.platform.access.viewer import Viewer

_MOST_CENTS = 10**12

as_json_option = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
as_option = click.option(
    "--as", "email", metavar="EMAIL", help="Act in the name of this account (default: the system itself)."
)


class Dollars(click.ParamType):
    """An amount in dollars on the command line, cents behind it: 1,200 or 1200.50."""

    name = "dollars"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the cents."""
        if isinstance(value, int):
            return value
        try:
            cents = Decimal(str(value).replace(",", "").removeprefix("$")) * 100
        except InvalidOperation:
            cents = Decimal("NaN")
        if not cents.is_finite() or cents != cents.to_integral_value() or not 0 <= cents <= _MOST_CENTS:
            self.fail(f"{value!r} is no amount in dollars; write it as 1200 or 1200.50.", param, ctx)
        return int(cents)


class SiteDollars(click.ParamType):
    """A site's short name and an amount: oak=1200."""

    name = "site=dollars"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Return the short name and the cents."""
        if isinstance(value, tuple):
            return value
        slug, equals, amount = str(value).rpartition("=")
        if not equals or not slug:
            self.fail(f"{value!r} is not written as SITE=DOLLARS, such as oak=1200.", param, ctx)
        return slug, Dollars().convert(amount, param, ctx)


def actor(email: str | None) -> Viewer:
    """Who acts: the account that was named, or the system itself."""
    return installation.operator() if email is None else installation.person(email)


@contextmanager
def refusals() -> Iterator[None]:
    """Tell what is refused, as an end of the command."""
    from schoolward.domains.funding.actions import FundingRefused
    from schoolward.domains.work.actions import IllegalMove, WorkRefused
    from schoolward.platform.access.permissions import AccessDenied

    try:
        yield
    except (FundingRefused, WorkRefused, IllegalMove) as refusal:
        field = getattr(refusal, "field", "")
        raise CommandError(f"{field}: {refusal}" if field else str(refusal), ExitCode.REFUSED) from None
    except AccessDenied as denied:
        raise CommandError(f"This account may not do that ({denied.permission}).", ExitCode.REFUSED) from None


def found(rows: Callable[..., Any], what: str, hint: str, **named: Any) -> Any:
    """The one row, or an end of the command with what to look at."""
    row = rows(installation.operator()).filter(**named).first()
    if row is None:
        raise CommandError(f"There is no {what}; see `schoolward {hint}`.", ExitCode.NOT_FOUND)
    return row


def work_of(reference: str) -> Any:
    """The work of a reference."""
    from schoolward.domains.work.queries import work_items

    return found(work_items, f"work {reference}", "funding candidates", reference__iexact=reference.strip())


def award_of(key: str) -> Any:
    """The award of a short name."""
    from schoolward.domains.grants.queries import awards

    return found(awards, f"award {key}", "grants list", key=key)


def line_of(fund: str) -> Any:
    """The budget line of a fund: the award's short name, a stroke, the line's code."""
    from schoolward.domains.grants.queries import lines

    key, _stroke, code = fund.partition("/")
    return found(lines, f"budget line {fund}", "funding funds", award__key=key, code=code)


def plan_of(number: int) -> Any:
    """The plan of a number."""
    from schoolward.domains.funding.queries import plans

    return found(plans, f"plan {number}", "funding plans", pk=number)


def scenario_of(number: int) -> Any:
    """The scenario of a number."""
    from schoolward.domains.funding.queries import scenarios

    return found(scenarios, f"scenario {number}", "funding plans", pk=number)
