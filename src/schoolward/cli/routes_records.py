"""``schoolward routes application``, ``events``, ``audits`` and ``points``: what the records say."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from schoolward.cli import installation, terminal
from schoolward.cli.application_sites import opportunity_option, sites_and_opportunity
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.platform.health.wording import counted

TABLES = ("schools", "travel", "collisions", "infrastructure", "events", "money")
POINTS = ("barriers", "crossings", "guards")


@click.command(
    epilog="\b\nExamples:\n"
    "  schoolward routes application oak-ridge-elementary --out application/\n"
    "  schoolward routes application oak-ridge-elementary ethel-i-baker-elementary --json"
)
@click.argument("sites", nargs=-1, required=True, metavar="SITE...")
@opportunity_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write each table as CSV into this folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Write all tables as JSON.")
def application(sites: tuple[str, ...], opportunity: str, out: Path | None, as_json: bool) -> None:
    """Write the tables of a grant application about SITE (its short name).

    Schools, travel, collisions, infrastructure, events and money. Counts under 11 are left out, as on the
    page. Where each goes on the form is to be confirmed against the form of the year.
    `schoolward report route-application` sets them as one paper.
    """
    installation.start()
    from schoolward.domains.routes import queries
    from schoolward.platform.exchange.writers import write_csv

    by = installation.operator()
    numbers = sites_and_opportunity(sites, opportunity, by)
    tables = queries.application_tables(by, numbers, on=installation.today(), opportunity=opportunity)
    _on_record("routes:application", by, tables=len(tables))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for table in tables:
            (out / f"{table.key}.csv").write_bytes(b"".join(write_csv(table.names, table.values())))
    if as_json:
        told: list[dict[str, Any]] = [
            {
                "key": table.key,
                "title": str(table.title),
                "invented": table.invented,
                "heading": str(table.heading),
                "source": str(table.source),
                "as_of": table.as_of,
                "columns": table.names,
                "rows": [[cell.value for cell in row] for row in table.rows],
            }
            for table in tables
        ]
        terminal.write_json(told)
    elif out is not None:
        click.echo(f"{out}: {', '.join(f'{table.key}.csv' for table in tables)}")
    else:
        for table in tables:
            click.echo(f"\n{table.title}{' (invented)' if table.invented else ''}")
            terminal.write_table(table.names, list(table.values()))


@click.command(epilog="\b\nExample:\n  schoolward routes events > way-to-school-events.ics")
def events() -> None:
    """Write this school year's events and later ones as a calendar (iCalendar) to standard output.

    What, where and when: nothing of who comes, and no count of them.
    """
    installation.start()
    from django.conf import settings

    from schoolward.domains.routes.calendars import calendar_of_events

    by = installation.operator()
    made = calendar_of_events(by, on=installation.today(), at=by.at, root=settings.SITE_URL)
    sys.stdout.buffer.write(made)


@click.command(
    epilog="\b\nExamples:\n"
    "  schoolward routes points barriers > barriers.geojson\n"
    "  schoolward routes points guards --site oak-ridge-elementary --out guards.geojson"
)
@click.argument("what", type=click.Choice(POINTS))
@click.option("--site", default="", help="Only those of the site with this short name.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not standard output."
)
def points(what: str, site: str, out: Path | None) -> None:
    """Write barriers, crossings or posts of guards as GeoJSON (RFC 7946), for a city's own map."""
    installation.start()
    from schoolward.domains.places.queries import campus_by_slug
    from schoolward.domains.routes import queries

    by = installation.operator()
    campus = campus_by_slug(site) if site else None
    if site and campus is None:
        raise CommandError(f"There is no site “{site}”.", ExitCode.NOT_FOUND)
    make: dict[str, tuple[Any, Any, str]] = {
        "barriers": (queries.barrier_points, queries.barriers, "campus"),
        "crossings": (queries.crossing_points, queries.crossings, "campus"),
        "guards": (queries.guard_points, queries.posts, "crossing__campus"),
    }
    shape, rows_of, path = make[what]
    rows = rows_of(by).order_by("reference")
    made = shape(rows if campus is None else rows.filter(**{path: campus}))
    _on_record(f"routes:{what}", by, count=len(made["features"]))
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{out}: {error.strerror}.", ExitCode.REFUSED) from None
    terminal.say(f"{out}: {counted(len(made['features']), 'point')}")


@click.command(epilog="\b\nExamples:\n  schoolward routes audits\n  schoolward routes audits A-00156 --json")
@click.argument("reference", required=False)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def audits(reference: str | None, as_json: bool) -> None:
    """List walk audits of the way to school, or what fails in the one with REFERENCE.

    What fails is made a barrier on the audit's page or over HTTP, where it is known who decides.
    """
    installation.start()
    from schoolward.domains.routes import queries

    by = installation.operator()
    if reference is None:
        names = ["reference", "site", "state", "walked", "score", "failing", "waiting"]
        rows = [
            [
                line.audit.reference,
                line.audit.campus.slug,
                line.audit.state,
                line.audit.assessed_on,
                None if line.audit.score is None else round(line.audit.score),
                line.failing,
                line.waiting,
            ]
            for line in queries.audit_lines(queries.audits(by), by)
        ]
    else:
        found = queries.audits(by).filter(reference=reference).first()
        if found is None:
            raise CommandError(f"There is no walk audit “{reference}”.", ExitCode.NOT_FOUND)
        names = ["code", "kind", "severity", "decided", "barrier", "longitude", "latitude", "text"]
        rows = [_offer(one) for one in queries.offers(found, by)]
    if as_json:
        terminal.write_json([dict(zip(names, row, strict=True)) for row in rows])
    elif rows:
        terminal.write_table(names, rows)
    else:
        click.echo("Nothing fails." if reference else "No walk audit is planned yet.")


def _offer(one: Any) -> list[object]:
    longitude, latitude = one.item.position or (None, None)
    barrier = one.decision.barrier if one.decision is not None else None
    decided = "" if one.waits else "barrier" if barrier is not None else "none"
    reference = barrier.reference if barrier is not None else None
    return [
        one.item.code,
        one.kind,
        one.item.severity,
        decided,
        reference,
        longitude,
        latitude,
        one.item.text,
    ]


def _on_record(subject: str, by: Any, **detail: Any) -> None:
    from django.db import transaction

    from schoolward.platform.audit.actions import record

    with transaction.atomic():
        record("list.exported", by=by, at=by.at, subject=f"list:{subject}", detail=detail)
