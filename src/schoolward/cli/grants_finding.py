"""What the commands of grants share: awards, days, parts, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import Any

import click

from schoolward.cli import installation
from schoolward.cli.outcome import CommandError, ExitCode

DAY = click.DateTime(formats=["%Y-%m-%d"])


class PartOfWhole(click.ParamType):
    """A part on the command line: 25, 33.33, 33 1/3 or 1/3. Exact hundredths of a percent behind it."""

    name = "part"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the part."""
        from schoolward.analysis.grants.parts import part_of

        try:
            return part_of(value) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Percent(click.ParamType):
    """A percentage with at most two places: 25 or 33.33."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Return it exactly as it was written."""
        try:
            read = Decimal(str(value).removesuffix("%"))
        except InvalidOperation:
            read = Decimal("NaN")
        if not read.is_finite() or not 0 <= read < 100 or read != round(read, 2):
            self.fail(f"{value!r} is no percentage; write it as 25 or 33.33, below 100.", param, ctx)
        return read


def award_of(key: str) -> Any:
    """The award of a short name. Raises :class:`CommandError`."""
    from schoolward.domains.grants.queries import awards

    found = awards(installation.operator()).filter(key=key).first()
    if found is None:
        raise CommandError(f"There is no award {key}; see `schoolward grants list`.", ExitCode.NOT_FOUND)
    return found


def post_of(key: str) -> Any:
    """The post of a short name. Raises :class:`CommandError`."""
    from schoolward.domains.grants.queries import positions

    found = positions(installation.operator()).filter(key=key).first()
    if found is None:
        raise CommandError(f"There is no post {key}; see `schoolward grants posts`.", ExitCode.NOT_FOUND)
    return found


@contextmanager
def refusals() -> Iterator[None]:
    """Tell what is refused, as an end of the command."""
    from schoolward.domains.grants.actions import GrantRefused
    from schoolward.platform.access.permissions import AccessDenied

    try:
        yield
    except GrantRefused as refusal:
        told = f"{refusal.field}: {refusal}" if refusal.field else str(refusal)
        raise CommandError(told, ExitCode.REFUSED) from None
    except AccessDenied as denied:
        raise CommandError(
            f"This account may not do that ({denied.permission}), or there is no such record.",
            ExitCode.REFUSED,
        ) from None
