"""``schoolward alarms simulate``."""

from __future__ import annotations

import csv
import json
import ssl
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.domains.alarms.simulator.panels import Panel

FAULTS = ("crc", "split", "coalesced", "junk", "skew", "replay", "wrong-key", "plaintext")


@click.command(
    epilog="\b\nExamples:\n"
    "  schoolward alarms simulate --port 10500 --rate 5 --seconds 60\n"
    "  schoolward alarms simulate --accounts 20 --encrypted --events 200 --faults crc,skew,split\n"
    "  schoolward alarms simulate --accounts 20 --encrypted --write-accounts panels.csv --campus SITE\n"
    "  schoolward import alarm-accounts panels.csv",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the receiver is.")
@click.option("--port", default=10500, show_default=True, type=click.IntRange(1, 65535), help="Its port.")
@click.option(
    "--backup",
    metavar="HOST:PORT",
    help="The panels' second receiver, tried whenever the other does not answer.",
)
@click.option("--udp", is_flag=True, help="Report by UDP.")
@click.option("--tls", is_flag=True, help="Report over TLS.")
@click.option(
    "--ca",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Who vouches for the receiver (PEM).",
)
@click.option(
    "--accounts",
    type=click.IntRange(1, 1_000_000),
    help="Invent so many panels (default: those in the database).",
)
@click.option("--line", default="main", show_default=True, help="Of the panels in the database.")
@click.option("--encrypted", is_flag=True, help="Invented panels have keys.")
@click.option(
    "--rate",
    type=click.FloatRange(min=0, min_open=True),
    help="Events a second, all panels together (default 1).",
)
@click.option("--storm", is_flag=True, help="Every panel reports as fast as it is acknowledged.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    help="How long (default 10, unless --events). No try begins after it.",
)
@click.option("--events", type=click.IntRange(min=1), help="How many.")
@click.option(
    "--connections",
    default=100,
    show_default=True,
    type=click.IntRange(1, 5000),
    help="At most so many at once.",
)
@click.option(
    "--resend-after",
    default=11.0,
    show_default=True,
    type=click.FloatRange(min=0.05),
    help="Seconds between tries, without an answer and without a listener.",
)
@click.option(
    "--tries",
    default=5,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="Before an event is given up.",
)
@click.option("--faults", default="", help=f"Of {', '.join(FAULTS)}; several with commas.")
@click.option(
    "--fault-share",
    default=0.1,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Share of events with a fault.",
)
@click.option(
    "--link-test-every",
    type=click.FloatRange(min=0.01),
    help="Seconds between a panel's link tests (default: none).",
)
@click.option("--seed", default=1, show_default=True, help="The same seed plays the same panels.")
@click.option(
    "--ledger",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write each acknowledged event as a JSON line.",
)
@click.option(
    "--write-accounts",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the invented panels for `import alarm-accounts`, and end.",
)
@click.option("--campus", default="", help="Site of the panels in --write-accounts.")
@click.option("--supervision", type=click.IntRange(1), help="Supervision in seconds in --write-accounts.")
def simulate(
    host: str,
    port: int,
    backup: str | None,
    udp: bool,
    tls: bool,
    ca: Path | None,
    accounts: int | None,
    line: str,
    encrypted: bool,
    rate: float | None,
    storm: bool,
    seconds: float | None,
    events: int | None,
    connections: int,
    resend_after: float,
    tries: int,
    faults: str,
    fault_share: float,
    link_test_every: float | None,
    seed: int,
    ledger: Path | None,
    write_accounts: Path | None,
    campus: str,
    supervision: int | None,
) -> None:
    """Play panels that report to a receiver, and write what came of it as JSON.

    Everything that they report is invented. An event counts as acknowledged when its ACK was read. Panels of
    the database write as their profile has it. The exit code is 7 when an event was given up.
    """
    from schoolward.domains.alarms.simulator.panels import invented_panels

    if accounts is not None:
        panels = invented_panels(accounts, seed=seed, encrypted=encrypted)
    elif write_accounts is not None:
        raise click.UsageError("--write-accounts needs --accounts.")
    else:
        panels = _panels_of_the_database(line)
    if write_accounts is not None:
        _write_accounts(write_accounts, panels, campus, line, supervision)
        return
    if storm and rate is not None:
        raise click.UsageError("--storm and --rate exclude each other.")
    if udp and tls:
        raise click.UsageError("--udp and --tls exclude each other.")
    wanted = [name for name in faults.split(",") if name]
    for name in wanted:
        if name not in FAULTS:
            raise click.BadParameter(f"{name!r} is none of {', '.join(FAULTS)}.", param_hint="--faults")
    import asyncio

    import uvloop

    from schoolward.domains.alarms.simulator.faults import Fault
    from schoolward.domains.alarms.simulator.links import Target
    from schoolward.domains.alarms.simulator.playing import Play, Player

    context = None
    if tls:
        context = ssl.create_default_context(cafile=ca)
    target = Target(host, port, udp=udp, tls=context, server_hostname=host)
    with ExitStack() as stack:
        play = Play(
            target=target,
            backup=replace(target, **_backup(backup)) if backup else None,
            panels=panels,
            connections=connections,
            rate=None if storm else rate or 1.0,
            seconds=seconds if seconds or events else 10.0,
            events=events,
            resend_after=resend_after,
            tries=tries,
            faults=tuple(Fault(name) for name in wanted),
            fault_share=fault_share,
            link_test_every=link_test_every,
            seed=seed,
            ledger=stack.enter_context(ledger.open("a")) if ledger else None,
        )

        async def run() -> dict[str, object]:
            return (await Player(play).run()).as_json()

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            result = runner.run(run())
    click.echo(json.dumps(result))
    if result["silent"]:
        # The figures are the result, and stand on standard output; a script learns from the code.
        raise click.exceptions.Exit(int(ExitCode.FOUND_FAULTS))


def _backup(told: str) -> dict[str, Any]:
    host, colon, port = told.rpartition(":")
    if not (colon and host and port.isdecimal() and 0 < int(port) < 65536):
        raise click.BadParameter(f"{told!r} is no HOST:PORT, such as 10.0.0.2:10500.", param_hint="--backup")
    host = host.removeprefix("[").removesuffix("]")
    return {"host": host, "port": int(port), "server_hostname": host}


def _panels_of_the_database(line: str) -> list[Panel]:
    """The panels that are entered for a line, with their keys."""
    from schoolward.cli import installation

    installation.start()
    from django.conf import settings

    from schoolward.domains.alarms.keys import KeyNotUnsealed, unseal
    from schoolward.domains.alarms.receiver.accounts import profile_named
    from schoolward.domains.alarms.receiver.storing import DatabaseAddress, open_store
    from schoolward.domains.alarms.simulator.panels import Panel

    store = open_store(DatabaseAddress.of_settings(settings.DATABASES["default"]))
    try:
        rows = [row for row in store.systems() if row.line == line]
        habits = {each.name: each.profile for each in store.lines()}
        panels = [
            Panel(
                row.account,
                unseal(row.sealed_key, settings.SECRET_KEY),
                profile=profile_named(row.profile or habits.get(row.line, "")),
            )
            for row in rows
        ]
    except KeyNotUnsealed as error:
        raise CommandError(f"{str(error)[0].upper()}{str(error)[1:]}.", ExitCode.NOT_READY) from None
    finally:
        store.close()
    if not panels:
        raise CommandError(
            f"The line {line} has no panels; `schoolward import alarm-accounts FILE`, or --accounts.",
            ExitCode.NOT_FOUND,
        )
    return panels


def _write_accounts(path: Path, panels: list[Panel], campus: str, line: str, supervision: int | None) -> None:
    if not campus:
        raise click.UsageError("--write-accounts needs --campus.")
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["account", "campus", "key_hex", "line", "profile", "supervision_s"])
        for panel in panels:
            writer.writerow([panel.account, campus, panel.key_text, line, "", supervision or ""])
