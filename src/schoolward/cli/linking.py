"""``schoolward link``: records of one person in one or two files. It needs no database and stores nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from schoolward.cli import terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.analysis.linkage import Linked, Table

ROWS_SHOWN = 40
INPUT = click.Path(exists=True, dir_okay=False, allow_dash=True)


class LinkCommand(click.Command):
    """A command whose help lists the columns of the files that it reads."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and, under them, the columns."""
        super().format_options(ctx, formatter)
        from schoolward.analysis.linkage import COLUMNS

        for title, shared in (("Columns", False), ("Columns of the household, which never decide", True)):
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (one.name, "; also: ".join(filter(None, (one.help, ", ".join(one.also)))))
                        for one in COLUMNS
                        if one.shared is shared
                    ]
                )


class ColumnMapping(click.ParamType):
    """``given=first_name``, for both files; ``a:given=first_name`` for the first one alone."""

    name = "field=header"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str, str]:
        """Return the file (a, b, or nothing for both), the column and the header."""
        if isinstance(value, tuple):
            return cast(tuple[str, str, str], value)
        field, equals, header = str(value).partition("=")
        file, colon, name = field.partition(":")
        if not equals or not header.strip() or not field or (colon and file not in ("a", "b")):
            self.fail(f"“{value}” is not FIELD=HEADER; write given=first_name, or b:given=fname.", param, ctx)
        return (file, name.strip(), header) if colon else ("", field.strip(), header)


@click.command(
    cls=LinkCommand,
    epilog="""\b
Examples:
  schoolward link students.csv                          duplicates within one file
  schoolward link district.csv police.csv --json        who stands in both
  schoolward link a.csv b.csv --column given=first_name --column b:surname=lname
  schoolward link a.csv b.csv --one-to-one --precision 0.9999
  cat students.csv | schoolward link - --json

\b
How it decides is described in docs/reference/linkage.md.""",
)
@click.argument("file_a", type=INPUT)
@click.argument("file_b", type=INPUT, required=False)
@click.option(
    "--column",
    "mapped",
    type=ColumnMapping(),
    multiple=True,
    help="Which header a column has: given=first_name. a: or b: before it means one file. May be repeated.",
)
@click.option(
    "--precision",
    type=click.FloatRange(0.5, 1, max_open=True),
    default=0.999,
    show_default=True,
    help="How likely a pair must be one person to be called the same.",
)
@click.option(
    "--review",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.5,
    show_default=True,
    help="How likely a pair must be one person for a person to look at it.",
)
@click.option("--one-to-one", is_flag=True, help="Link each record once at most; rivals go to a person.")
@click.option("--nicknames", type=INPUT, help="CSV of names that stand for each other: Elizabeth,Liz,Beth.")
@click.option(
    "--impossible-days",
    is_flag=True,
    help="Compare birth dates that no calendar has as they are typed, instead of rejecting their rows.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help="Pairs that one blocking rule may bring (default: a million, or six for each record).",
)
@click.option("--all", "all_pairs", is_flag=True, help="List pairs that are different as well.")
@click.option(
    "--json", "as_json", is_flag=True, help="Write everything as JSON, with the weight of each fact."
)
@click.pass_context
def link(
    ctx: click.Context,
    file_a: str,
    file_b: str | None,
    mapped: tuple[tuple[str, str, str], ...],
    precision: float,
    review: float,
    one_to_one: bool,
    nicknames: str | None,
    impossible_days: bool,
    limit: int | None,
    all_pairs: bool,
    as_json: bool,
) -> None:
    """Say which records are of one person: between two CSV files, or within one.

    Each pair is the same, different, or a person's to decide. What a household shares (address, telephone)
    never makes a pair the same, so that twins and siblings stay two. The output holds record ids and no
    names. Nothing is stored, merged or sent anywhere. It is for identity alone.

    Good rows are linked; each bad one is reported with its column and mend. Exits with 3 when a row was
    rejected, and with 5 when a file cannot be used.
    """
    from schoolward.analysis import linkage

    if [file_a, file_b, nicknames].count("-") > 1:
        raise click.UsageError("Only one of the files can come from standard input.")
    if review > precision:
        raise click.UsageError("--review must not be larger than --precision.")
    if one_to_one and file_b is None:
        raise click.UsageError("--one-to-one needs two files: within one a person may have many records.")
    if file_b is None and any(file == "b" for file, _, _ in mapped):
        raise click.UsageError("--column b:… names a second file, and there is none.")
    rejected: list[dict[str, Any]] = []
    try:
        first = _table(file_a, "a", mapped, impossible_days, rejected)
        second = _table(file_b, "b", mapped, impossible_days, rejected) if file_b else None
        names = None
        if nicknames:
            with click.open_file(nicknames, "rb") as stream:
                names = linkage.read_nicknames(cast(BinaryIO, stream))
    except linkage.TableProblem as problem:
        raise CommandError(str(problem), ExitCode.REFUSED) from None
    linked = linkage.link(
        first,
        second,
        thresholds=linkage.Thresholds(precision=precision, review=review),
        nicknames=names,
        one_to_one=one_to_one,
        limit=limit,
    )
    if as_json:
        written = {**linkage.linked_json(linked, all_pairs=all_pairs), "rejected": rejected}
        click.echo(json.dumps(written, ensure_ascii=False, indent=2))
    else:
        _write(linked, rejected, all_pairs)
    if rejected:
        ctx.exit(ExitCode.ROWS_REJECTED)


def _table(
    name: str,
    which: str,
    mapped: Sequence[tuple[str, str, str]],
    impossible_days: bool,
    rejected: list[dict[str, Any]],
) -> Table:
    from schoolward.analysis import linkage

    wanted = {field: header for file, field, header in mapped if file in ("", which)}
    try:
        with click.open_file(name, "rb") as stream:
            table = linkage.read_table(cast(BinaryIO, stream), wanted, impossible_days=impossible_days)
    except linkage.TableProblem as problem:
        raise linkage.TableProblem(f"{name}: {problem}") from None
    rejected.extend({"file": name, **asdict(problem)} for problem in table.problems)
    return table


def _write(linked: Linked, rejected: list[dict[str, Any]], all_pairs: bool) -> None:
    """Write what was rejected, how many pairs ended how, and the pairs, heaviest first."""
    from schoolward.analysis.linkage import WORDS, Decision

    _write_rejected(rejected)
    people = linked.people
    of_second = f" and {len(people) - people.first:,}" if people.two_files else ""
    click.echo(
        f"{people.first:,}{of_second} records: {linked.count(Decision.SAME):,} pairs are the same, "
        f"{linked.count(Decision.PERSON):,} a person decides, "
        f"{linked.count(Decision.DIFFERENT):,} of those looked at are different."
    )
    for found in linked.candidates.found:
        if found.left_out_pairs and not found.coarse:
            terminal.say(
                f"note: {found.left_out_pairs:,} pairs of “{found.rule}” were not looked at, to keep within "
                "--limit."
            )
    shown = [Decision.SAME, Decision.PERSON, *([Decision.DIFFERENT] if all_pairs else [])]
    rows: list[tuple[str, ...]] = []
    count = sum(linked.count(decision) for decision in shown)
    for one in linked.links(*shown):
        if len(rows) == ROWS_SHOWN:
            break
        rows.append((one.left, one.right, WORDS[one.decision], f"{one.weight:.1f}", f"{one.kin}", one.why))
    if rows:
        click.echo()
        terminal.write_table(("a", "b", "decision", "weight", "kin", "why"), rows)
    if count > len(rows):
        click.echo(f"… and {count - len(rows):,} more (--json lists them)")


def _write_rejected(rejected: list[dict[str, Any]]) -> None:
    if not rejected:
        return
    click.echo(f"{len(rejected):,} rows were rejected:")
    for one in rejected[:ROWS_SHOWN]:
        where = f"{one['file']}, row {one['row']}" + (f", {one['column']}" if one["column"] else "")
        value = f" “{one['value']}”" if one["value"] else ""
        click.echo(f"  {where}:{value} {one['error']} → {one['mend']}")
    if len(rejected) > ROWS_SHOWN:
        click.echo(f"  … and {len(rejected) - ROWS_SHOWN:,} more (--json lists them)")
    click.echo()
