"""What a command writes: JSON for scripts, plain tables for people, and progress only where somebody watches.

Results go to standard output; everything that is said about them goes to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

Told = Callable[[int, int | None, str], None]


def write_json(value: Any) -> None:
    """Write one JSON value. Dates are ISO 8601; anything else that JSON lacks is an error."""
    from django.core.serializers.json import DjangoJSONEncoder

    click.echo(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))


def write_table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write aligned columns; the last one is not padded, so that long text stays whole."""
    cells = [[str("" if cell is None else cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(headers, *cells, strict=True)]
    for row in [list(headers), *cells]:
        padded = [cell.ljust(width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
        click.echo("  ".join([*padded, row[-1]]).rstrip())


def say(sentence: str) -> None:
    """Tell the person at the keyboard something that is not part of the result."""
    click.echo(sentence, err=True)


def shown_number(number: float | None) -> str:
    """A number for a person: thousands apart, at most two decimals, a hyphen for none."""
    if number is None:
        return "-"
    return f"{number:,}" if isinstance(number, int) else f"{number:,.2f}".rstrip("0").rstrip(".")


@contextmanager
def progress_bar(title: str) -> Iterator[Told]:
    """Give a function that is told (done, total or ``None``, message); it draws a bar on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _total, _message: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # rich itself honours NO_COLOR.
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def tell(done: int, total: int | None, message: str) -> None:
            bar.update(task, completed=done, total=total, description=message or title)

        yield tell
