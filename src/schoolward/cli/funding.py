"""``schoolward funding``: what is left, what it could buy, plans with their scenarios, and their approval."""

from __future__ import annotations

import click

from schoolward.cli.lazy import LazyGroup

#: A sub-command is one line: name, where its command is, what it does.
COMMANDS: dict[str, tuple[str, str]] = {
    "funds": ("schoolward.cli.funding_reading:funds", "List budget lines and what a plan may use of them."),
    "candidates": ("schoolward.cli.funding_reading:candidates", "List works that money could buy."),
    "instance": ("schoolward.cli.funding_reading:instance", "Write what `plan funding` reads, as of today."),
    "allocations": ("schoolward.cli.funding_reading:allocations", "List money set aside for works."),
    "scope": ("schoolward.cli.funding_describing:scope", "Say what an award may buy in plans."),
    "fact": ("schoolward.cli.funding_describing:fact", "Say a fact of a work instead of its default."),
    "bundle": (
        "schoolward.cli.funding_describing:bundle",
        "Pay works together or not at all; or see offers.",
    ),
    "link": ("schoolward.cli.funding_describing:link", "Say that a work needs or excludes another."),
    "price": ("schoolward.cli.funding_describing:price", "Say what a work costs where a line pays it."),
    "make": ("schoolward.cli.funding_planning:make", "Freeze a plan of today."),
    "plans": ("schoolward.cli.funding_planning:plans", "List plans and their scenarios."),
    "ask": ("schoolward.cli.funding_planning:ask", "Ask a scenario of a plan, and compute it."),
    "copy": ("schoolward.cli.funding_planning:copy", "Ask a scenario again with a change."),
    "compute": ("schoolward.cli.funding_planning:compute", "Compute a scenario at once."),
    "show": ("schoolward.cli.funding_planning:show", "Show a scenario's plan, and why what is left out."),
    "compare": ("schoolward.cli.funding_planning:compare", "Show a plan's scenarios side by side."),
    "approve": ("schoolward.cli.funding_approving:approve", "Approve a scenario that another asked for."),
    "withdraw": ("schoolward.cli.funding_approving:withdraw", "Withdraw what was set aside for a work."),
}


@click.group(
    cls=LazyGroup,
    commands_at=COMMANDS,
    epilog="""\b
Examples:
  schoolward funding scope safer-doors --takes-part --trade locks --reason "Award letter, page 3"
  schoolward funding candidates
  schoolward funding instance | schoolward plan funding --instance -
  schoolward funding make "What is left in fall"
  schoolward funding ask 1 "As it is" --as analyst@example.org
  schoolward funding compare 1
  schoolward funding approve 1 --as lead@example.org

\b
Commands act as the system itself. Two persons stand behind an approval, so that `ask`, `copy`
and `approve` take --as with the account in whose name they act.""",
)
def funding() -> None:
    """Plan what is left in the awards, and approve a plan."""
