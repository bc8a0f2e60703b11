"""``schoolward import`` and ``schoolward export``: tables in and out, with the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

import click

from schoolward.cli import installation, terminal
from schoolward.cli.outcome import CommandError, ExitCode

if TYPE_CHECKING:
    from schoolward.platform.exchange.registry import Choice, Exchange
    from schoolward.platform.exchange.report import Report

REJECTIONS_SHOWN = 20
_TABLE = "schoolward.cli.exchanges.table"


class ImportCommand(click.Command):
    """A command whose help, asked with a table's name, lists that table's layouts and columns.

    What a table asks besides its columns is an option of its own: ``--local-money`` of the general ledger.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the table's name, because the help is written before any argument is read."""
        words = [word for word in args if not word.startswith("-")]
        ctx.meta[_TABLE] = words[0] if words else ""
        own = {name for param in self.params for name in param.opts}
        if any(word.startswith("--") and word.partition("=")[0] not in own for word in args):
            # Only then every domain is read: the value of an option may stand before the table's name.
            ctx.meta[_TABLE] = next(filter(_is_table, words), ctx.meta[_TABLE])
        return super().parse_args(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The options of every import, and those of the table that is named."""
        params = super().get_params(ctx)
        key = ctx.meta.get(_TABLE, "")
        if not key or not _is_table(key):
            return params
        known = {param.name for param in params} | {"format"}
        choices = [choice for choice in _known(key).choices if choice.name not in known]
        return [*params, *(_option(choice) for choice in choices)]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and, under them, what the table looks like or how to see it."""
        super().format_options(ctx, formatter)
        key = ctx.meta.get(_TABLE, "")
        if key:
            _describe(_known(key), formatter)
            return
        with formatter.section("Tables"):
            formatter.write_text(
                "`schoolward import KEY --help` lists KEY's columns and the values of --format."
            )
            formatter.write_text("All tables with their columns: docs/reference/tables.md.")


def _is_table(word: str) -> bool:
    """Whether a word of the command line is the key of a table."""
    installation.start(database=False)
    from schoolward.platform.exchange.registry import all_exchanges

    return any(exchange.key == word for exchange in all_exchanges())


def _option(choice: Choice) -> click.Option:
    """What a table asks, as an option: with hyphens as options are written, or as its name is."""
    spellings = dict.fromkeys([choice.option, f"--{choice.name}"])
    return click.Option(
        [*spellings, choice.name], help=f"{choice.title} (default: {choice.default or 'none'})"
    )


def _known(key: str) -> Exchange:
    """The exchange of this key, without a database. Raises :class:`CommandError` naming those there are."""
    installation.start(database=False)
    from schoolward.platform.exchange.registry import UnknownExchange, all_exchanges, get

    try:
        return get(key)
    except UnknownExchange as error:
        known = ", ".join(exchange.key for exchange in all_exchanges())
        raise CommandError(f"{error} (known: {known})", ExitCode.NOT_FOUND) from None


def _describe(exchange: Exchange, formatter: click.HelpFormatter) -> None:
    for choice in exchange.choices:
        if not choice.values:
            continue
        with formatter.section(f"Values of {choice.option}"):
            formatter.write_dl([(value, str(title)) for value, title in choice.values])
    for layout in exchange.layouts():
        with formatter.section(f"Columns of {layout.key or exchange.key}"):
            formatter.write_dl(
                [
                    (column.name, f"{column.help}{' (required)' if column.required else ''}")
                    for column in layout.columns
                ]
            )


class FileOrFolder(click.File):
    """A file, or a folder with a set of CSV files, of which those are read that the table named is about."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the file, or the folder's files as one archive."""
        folder = Path(str(value))
        if not isinstance(value, str) or value == "-" or not folder.is_dir():
            return super().convert(value, param, ctx)
        key = ctx.meta.get(_TABLE, "") if ctx else ""
        members = _known(key).members if key else ()
        if not members:
            self.fail(f"“{value}” is a folder, and {key or 'this table'} is one file.", param, ctx)
        from schoolward.protocols.oneroster import Folder, packed

        return packed(Folder(folder), members)


@click.command(
    name="import",
    cls=ImportCommand,
    epilog="""\b
Examples:
  schoolward import schools schools.csv --dry-run
  schoolward import incidents january.csv --format spd-2006
  schoolward import general-ledger ledger.csv --local-money adds
  schoolward import roster-staff export/ --dry-run
  cat january.csv | schoolward import incidents - --json""",
)
@click.argument("key")
@click.argument("file", type=FileOrFolder("rb"))
@click.option("--format", "layout", help="The file's layout, where the import knows several (default: auto).")
@click.option("--dry-run", is_flag=True, help="Report what would happen; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.pass_context
def import_file(
    ctx: click.Context,
    key: str,
    file: BinaryIO,
    layout: str | None,
    dry_run: bool,
    as_json: bool,
    **asked: str | None,
) -> None:
    """Read FILE (`-` for standard input; a folder for a roster) as a table of KEY, e.g. schools or incidents.

    Good rows are applied, all together; each bad one is reported with its column, value and mend. To import
    the same file again changes nothing. Exits with 3 when a row was rejected.
    """
    installation.start()
    from schoolward.platform.exchange.registry import UnknownExchange, all_exchanges
    from schoolward.platform.exchange.running import UnknownOption, run

    by = installation.operator()
    options = {name: value for name, value in {"format": layout, **asked}.items() if value}
    name = Path(str(getattr(file, "name", None) or "-")).name
    try:
        with terminal.progress_bar(f"Reading {name}") as progress:
            report = run(
                key,
                file,
                by=by,
                at=installation.moment(),
                dry_run=dry_run,
                options=options,
                progress=progress,
                file_name=name,
            )
    except UnknownExchange as error:
        known = ", ".join(exchange.key for exchange in all_exchanges())
        raise CommandError(f"{error} (known: {known})", ExitCode.NOT_FOUND) from None
    except UnknownOption as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        terminal.write_json(report.as_json())
    else:
        write_report(report, dry_run)
    if report.rejected:
        ctx.exit(ExitCode.ROWS_REJECTED)


def write_report(report: Report, dry_run: bool) -> None:
    """Write counts, then the first rejections, then the warnings; of a file that is no table only why."""
    if report.rejected and not report.read:
        click.echo(f"Nothing was imported. {report.rejected[0].error} {report.rejected[0].mend}".rstrip())
        return
    from schoolward.platform.health.wording import counted

    verb = "would be " if dry_run else ""
    click.echo(
        f"{counted(report.read, 'row')} read: {report.created:,} {verb}created, "
        f"{report.updated:,} {verb}updated, {report.unchanged:,} unchanged, {report.rejected_rows:,} rejected"
    )
    for rejection in report.rejected[:REJECTIONS_SHOWN]:
        where = f"row {rejection.row}" + (f", {rejection.column}" if rejection.column else "")
        value = f" “{rejection.value}”" if rejection.value else ""
        click.echo(
            f"  {where}:{value} {rejection.error}" + (f" → {rejection.mend}" if rejection.mend else "")
        )
    if len(report.rejected) > REJECTIONS_SHOWN:
        click.echo(f"  … and {report.rejected_rows - REJECTIONS_SHOWN:,} more (--json lists them)")
    for warning in report.warnings:
        terminal.say(f"warning: {warning}")


@click.command(
    name="export",
    epilog="""\b
Examples:
  schoolward export schools > schools.csv
  schoolward export work-items --out work.xlsx --json""",
)
@click.argument("key")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; a name that ends in .xlsx gives a workbook (default: CSV to standard output).",
)
@click.option("--json", "as_json", is_flag=True, help="With --out: write what was done as JSON.")
def export_table(key: str, out: Path | None, as_json: bool) -> None:
    """Write the table KEY with the columns that `import KEY` reads."""
    if as_json and out is None:
        raise click.UsageError("--json goes with --out, because the table itself goes to standard output.")
    installation.start()
    from django.db import transaction

    from schoolward.platform.audit.actions import record
    from schoolward.platform.exchange.registry import UnknownExchange, get
    from schoolward.platform.exchange.writers import write_csv, write_xlsx

    try:
        exchange = get(key)
    except UnknownExchange as error:
        raise CommandError(str(error), ExitCode.NOT_FOUND) from None
    if not exchange.can_export:
        raise CommandError(f"The table {key} is not exported.", ExitCode.REFUSED)
    by = installation.operator()
    written = 0

    def rows() -> Iterator[Sequence[object]]:
        nonlocal written
        for row in exchange.export_rows(by):
            written += 1
            yield row

    write = write_xlsx if out is not None and out.suffix.lower() == ".xlsx" else write_csv
    with _opened(out) as stream:
        with transaction.atomic():
            record("exchange.exported", by=by, at=by.at, subject=f"exchange:{key}")
        for piece in write(exchange.column_names, rows()):
            stream.write(piece)
    if as_json:
        terminal.write_json({"table": key, "rows": written, "out": str(out)})


def _opened(out: Path | None) -> AbstractContextManager[IO[bytes]]:
    """The file to write to, before it is put on record that anything leaves the house."""
    try:
        return click.open_file(str(out or "-"), "wb")
    except OSError as error:
        raise CommandError(
            f"The file {out} cannot be written ({error.strerror}); give another with --out.",
            ExitCode.NOT_READY,
        ) from None
