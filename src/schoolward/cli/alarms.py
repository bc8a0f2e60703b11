"""``schoolward alarms``: receive alarms, and what belongs to that."""

from __future__ import annotations

import click

from schoolward.cli.lazy import LazyGroup

#: A sub-command is one line: name, where its command is, what it does.
COMMANDS: dict[str, tuple[str, str]] = {
    "receive": ("schoolward.cli.alarm_receiver:receive", "Receive panels' frames (SIA DC-09)."),
    "build": ("schoolward.cli.alarm_builder:build", "Make signals and cases of the journal."),
    "simulate": ("schoolward.cli.alarm_simulator:simulate", "Play panels that report to a receiver."),
    "rates": ("schoolward.cli.alarm_rates:rates", "How often alarms were false, with intervals."),
    "fees": ("schoolward.cli.alarm_fees:fees", "What false alarms cost by an ordinance, from files."),
    "fee-events": ("schoolward.cli.alarm_rates:fee_events", "Write our own cases as events for fees."),
    "journal": ("schoolward.cli.alarm_journal:journal", "Verify or show the journal of frames."),
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
def alarms() -> None:
    """Receive alarms, play panels, and prove the journal."""
