"""The command's entry point: the list of commands, each read only when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from schoolward.cli.lazy import LazyGroup
from schoolward.cli.outcome import CommandError, ExitCode, anticipated, code_of, show, wants_json

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("schoolward.cli.serve:run", "Start the web server and the worker."),
    "worker": ("schoolward.cli.serve:worker", "Start only the worker."),
    "demo": ("schoolward.cli.demonstration:demo", "Load the demonstration district."),
    "import": ("schoolward.cli.exchanges:import_file", "Read a table into the database."),
    "export": ("schoolward.cli.exchanges:export_table", "Write a table as CSV or XLSX."),
    "measure": ("schoolward.cli.figures:measure", "Read a measure, or list them all."),
    "trace": ("schoolward.cli.figures:trace", "List the records behind a measure."),
    "report": ("schoolward.cli.papers:report", "Render a paper for a date: board summary, site profiles."),
    "alarms": ("schoolward.cli.alarms:alarms", "Receive alarms, make cases of them, say what they cost."),
    "dc09": ("schoolward.cli.dc09:dc09", "Decode frames of alarm panels."),
    "assessments": ("schoolward.cli.assessments:assessments", "Look into walks as devices sent them."),
    "forms": ("schoolward.cli.forms:forms", "Keep instruments; check and evaluate forms."),
    "grants": ("schoolward.cli.grants:grants", "Say how awards stand; prove their ledgers."),
    "funding": ("schoolward.cli.funding:funding", "Plan what is left in the awards, and approve a plan."),
    "programs": ("schoolward.cli.programs:programs", "See programs, count heads, write the directory."),
    "cases": ("schoolward.cli.cases:cases", "Count referrals by state, and list those that wait."),
    "schools": ("schoolward.cli.schools:schools", "Say what was found out about a school."),
    "plan": ("schoolward.cli.plans:plan", "Make the best of what is scarce: money of several funds."),
    "routes": ("schoolward.cli.routes:routes", "Find safe ways to school; place guards, plan walking buses."),
    "link": ("schoolward.cli.linking:link", "Say which records are of one person, in one or two files."),
    "calpads": ("schoolward.cli.calpads:calpads", "Check, count and store the state's incident files."),
    "roster": ("schoolward.cli.rosters:roster", "Check a OneRoster set: every file but demographics."),
    "privacy": (
        "schoolward.cli.privacy:privacy",
        "Guard protected records: agreements, seals, who read what.",
    ),
    "accounts": ("schoolward.cli.accounts:accounts", "List accounts, or make the first administrator."),
    "audit": ("schoolward.cli.audit:audit", "Verify the audit, or anchor it anew."),
    "doctor": ("schoolward.cli.doctor:doctor", "Say what is wrong with this installation."),
    "manage": ("schoolward.cli.manage:manage", "Run one of Django's own commands."),
}

EXAMPLES = """\b
Examples:
  schoolward run                                        start everything
  schoolward import schools schools.csv --dry-run       see what an import would do
  curl -s https://example.org/jan.csv | schoolward import incidents - --json
  schoolward measure incidents.at_campus --from 2012-07-01 --to 2012-09-06
  schoolward trace incidents.at_campus --site 34674393431012
  schoolward report board-summary --as-of 2012-09-06 --out paper/

\b
Data lie in SCHOOLWARD_DATA_DIR (default: ./var), the database in DATABASE_URL
(default: SQLite in the data folder). A command that finds no database makes it.
Exit codes: docs/reference/exit-codes.md.
"""


@click.group(
    cls=LazyGroup,
    commands_at=COMMANDS,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="schoolward", prog_name="schoolward")
def schoolward() -> None:
    """Run a safe-schools partnership, and account for the result."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with a code of :class:`ExitCode`."""
    as_json = wants_json(sys.argv[1:] if arguments is None else arguments)
    try:
        code: Any = schoolward.main(args=arguments, prog_name="schoolward", standalone_mode=False)
    except click.Abort:
        if as_json:
            show(CommandError("Stopped."), as_json=True)
        else:
            click.echo("Stopped.", err=True)
        code = ExitCode.FAILED
    except click.ClickException as error:
        show(error, as_json=as_json)
        code = code_of(error)
    except BrokenPipeError:
        # Whoever was reading has gone (`| head`). Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.DONE
    except Exception as error:
        known = anticipated(error)
        if known is None:
            raise
        show(known, as_json=as_json)
        code = known.code
    sys.exit(int(code or 0))
