"""On the command line: which sites an application is about, and which money it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.platform.access.viewer import Viewer

opportunity_option = click.option(
    "--opportunity", default="", help="Short name of the opportunity that is applied for."
)


def sites_and_opportunity(sites: tuple[str, ...], opportunity: str, by: Viewer) -> list[int]:
    """The numbers of the sites. Refuses a site that is not there, and money that nobody applies for."""
    from schoolward.domains.places.queries import campus_by_slug
    from schoolward.domains.routes.queries import opportunities

    numbers = []
    for slug in sites:
        campus = campus_by_slug(slug)
        if campus is None:
            raise CommandError(
                f"There is no site “{slug}”. `schoolward export campuses` lists their short names.",
                ExitCode.NOT_FOUND,
            )
        numbers.append(campus.pk)
    if opportunity and opportunity not in dict(opportunities(by)):
        raise CommandError(f"Nothing is applied for as “{opportunity}”.", ExitCode.NOT_FOUND)
    return numbers
