"""``schoolward alarms``: receive alarms, and what belongs to that."""

from __future__ import annotations

import importlib

import click

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


class AlarmGroup(click.Group):
    """A group that reads a sub-command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_path, summary) in COMMANDS.items()])


@click.group(cls=AlarmGroup)
def alarms() -> None:
    """Receive alarms, play panels, and prove the journal."""
