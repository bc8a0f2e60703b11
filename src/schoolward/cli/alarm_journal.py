"""``schoolward alarms journal``: prove what was received, and show it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.domains.alarms.receiver.storing import Store


@click.group()
def journal() -> None:
    """Prove the journal of received frames, or show it."""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
@click.pass_context
def verify(ctx: click.Context, as_json: bool) -> None:
    """Check every segment of every receiver's chain.

    Exits with 7 when a segment was changed, deleted or cut out. (A tail that was cut off is found by the
    audit, where the heads of the chains are sealed every day.)
    """
    from schoolward.domains.alarms.receiver import reading

    with _store() as store:
        chains = [reading.verify(store, name) for name in reading.receivers(store)]
    broken = [chain for chain in chains if chain.fault is not None]
    if as_json:
        terminal.write_json(
            {
                "ok": not broken,
                "chains": [
                    {
                        "receiver": chain.receiver,
                        "segments": chain.segments,
                        "frames": chain.frames,
                        "fault": None
                        if chain.fault is None
                        else {"segment": chain.fault[0], "what": chain.fault[1]},
                    }
                    for chain in chains
                ],
            }
        )
    else:
        for chain in chains:
            verdict = "whole" if chain.fault is None else f"segment {chain.fault[0]}: {chain.fault[1]}"
            click.echo(f"{chain.receiver}: {chain.segments} segments, {chain.frames} records: {verdict}")
        if not chains:
            click.echo("The journal is empty.")
    if broken:
        ctx.exit(ExitCode.FOUND_FAULTS)


@journal.command()
@click.option("--receiver", help="Only this receiver's.")
@click.option("--after", default=0, help="Only segments after this number.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many records of each receiver.")
def show(receiver: str | None, after: int, limit: int | None) -> None:
    """Write the records as JSON, one line each, in the order of each receiver."""
    from schoolward.domains.alarms.receiver import reading

    with _store() as store:
        known = reading.receivers(store)
        if receiver is not None and receiver not in known:
            raise CommandError(f"There is no receiver {receiver} in the journal.", ExitCode.NOT_FOUND)
        for name in [receiver] if receiver else known:
            for number, (sequence, record) in enumerate(reading.records(store, name, after)):
                if limit is not None and number >= limit:
                    break
                click.echo(json.dumps(reading.as_json(name, sequence, record), ensure_ascii=False))


@contextmanager
def _store() -> Iterator[Store]:
    installation.start()
    from django.conf import settings

    from schoolward.domains.alarms.receiver.storing import DatabaseAddress, StoreDown, open_store

    try:
        store = open_store(DatabaseAddress.of_settings(settings.DATABASES["default"]))
        try:
            yield store
        finally:
            store.close()
    except StoreDown as error:
        raise CommandError(f"The database does not answer: {error}.", ExitCode.NOT_READY) from None
