"""``schoolward forms eval``: a filling session replayed on a form. It needs no database."""

from __future__ import annotations

import json
import random
import uuid
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schoolward.cli import form_files, terminal
from schoolward.cli.outcome import CommandError, ExitCode
from schoolward.protocols.xforms.problems import FormRefused

if TYPE_CHECKING:
    from schoolward.protocols.xforms.session import Sources


@click.command(
    name="eval",
    epilog="""\b
Examples:
  schoolward forms eval walk.xlsx --session answers.json --json
  schoolward forms eval walk.xml --session - --json < answers.json | jq '.nodes["/data/score"].value'
  echo '[]' | schoolward forms eval walk.xml --session -          a blank form

\b
A session is a JSON list of steps, done in order:
  {"set": "/data/x", "value": "1"}    answer a question; null empties it
  {"add": "/data/rep"}                one more instance of a repeat, at its end
  {"remove": "/data/rep[2]"}          the others move up
Paths in repeats have positions: /data/rep[2]/x.""",
)
@click.argument("form", type=form_files.READABLE)
@click.option(
    "--session", "session_file", type=form_files.READABLE, required=True, help="The steps, as JSON."
)
@click.option(
    "--json", "as_json", is_flag=True, help='Write {"nodes": {path: {"value", "relevant", "valid"}}}.'
)
@click.option(
    "--now", metavar="TIME", help="The time of the session, e.g. 2026-11-26T08:00:00-08:00 (default: now)."
)
@click.option("--seed", type=int, help="Make random() and uuid() repeat themselves.")
@click.option("--language", default="", help="The language of choice names (default: the form's first).")
@click.option(
    "--media",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the form's files (default: the form's own).",
)
def evaluate(
    form: Path,
    session_file: Path,
    as_json: bool,
    now: str | None,
    seed: int | None,
    language: str,
    media: Path | None,
) -> None:
    """Replay the session on FORM (an XForm or XLSForm, `-` for standard input), and print every value.

    A step that cannot be done ends the command with 5, and so does a form that cannot be used.
    """
    from schoolward.protocols.xforms.session import Program, Session, StepRefused, replay

    if form == session_file == form_files.STANDARD_INPUT:
        raise click.UsageError("FORM and --session cannot both be read from standard input.")
    sources = _sources(now, seed, language)
    steps = _steps(session_file)
    try:
        _loaded, compiled = form_files.load(form, media)
        session = Session(Program(compiled), sources)
    except FormRefused as error:
        raise form_files.refused(form.name, error) from None
    if language and language not in compiled["languages"]:
        known = ", ".join(filter(None, compiled["languages"])) or "none is named"
        raise click.BadParameter(f"the form does not have {language} ({known})", param_hint="--language")
    try:
        replay(session, steps)
    except StepRefused as error:
        raise CommandError(f"{session_file.name}: {error}", ExitCode.REFUSED) from None
    if as_json:
        click.echo(json.dumps({"nodes": session.nodes()}, ensure_ascii=False, indent=2))
        return
    rows = [
        (
            path,
            state["value"],
            "" if state["relevant"] else "not relevant",
            "" if state["valid"] else "not valid",
        )
        for path, state in session.nodes().items()
    ]
    terminal.write_table(["path", "value", "relevant", "valid"], rows)


def _sources(now: str | None, seed: int | None, language: str) -> Sources:
    from schoolward.protocols.xforms.session import Sources

    try:
        moment = datetime.now().astimezone() if now is None else datetime.fromisoformat(now)
    except ValueError:
        raise click.BadParameter(
            f"{now} is no time such as 2026-11-26T08:00:00-08:00", param_hint="--now"
        ) from None
    if moment.utcoffset() is None:
        moment = moment.astimezone()
    if seed is None:
        return Sources(moment, language=language)
    # Repeatable on purpose; nothing is kept secret with it.
    chance = random.Random(seed)  # noqa: S311
    return Sources(
        moment,
        random=chance.random,
        uuid=lambda: str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        language=language,
    )


def _steps(file: Path) -> list[Any]:
    try:
        steps = json.loads(form_files.read(file))
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{file.name} is no JSON: {error}.", ExitCode.REFUSED) from None
    if not isinstance(steps, list):
        raise CommandError(
            f'{file.name} is no list of steps; write [{{"set": "/data/x", "value": "1"}}].', ExitCode.REFUSED
        )
    return steps
