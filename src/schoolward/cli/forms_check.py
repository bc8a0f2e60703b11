"""``schoolward forms check``: what is wrong with a form, and where other tools will read it otherwise."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from schoolward.cli import form_files
from schoolward.cli.outcome import ExitCode
from schoolward.protocols.xforms.problems import FormProblem, FormRefused

_QUESTIONS = frozenset(("input", "secret", "select1", "select", "rank", "range", "trigger", "upload"))


@click.command(
    epilog="""\b
Examples:
  schoolward forms check walk.xlsx
  schoolward forms check walk.xml --json | jq .warnings
  schoolward forms check - < walk.xml""",
)
@click.argument("form", type=form_files.READABLE)
@click.option("--json", "as_json", is_flag=True, help="Write problems, warnings and counts as JSON.")
@click.option(
    "--media",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the form's files (default: the form's own).",
)
@click.pass_context
def check(ctx: click.Context, form: Path, as_json: bool, media: Path | None) -> None:
    """Read FORM (an XForm or XLSForm, `-` for standard input), and say what is in it and what is wrong.

    Warnings tell where Collect, Enketo and ODK Web Forms disagree about the form; it works all the same.
    Exits with 7 when the form cannot be used.
    """
    told = _told(form, media)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _write(told)
    if told["problems"]:
        ctx.exit(ExitCode.FOUND_FAULTS)


def _told(form: Path, media: Path | None) -> dict[str, Any]:
    file = form.name
    try:
        loaded, compiled = form_files.load(form, media)
    except FormRefused as error:
        return {"file": file, "problems": _problems(error.problems), "warnings": [], "counts": {}}
    return {
        "file": file,
        "kind": loaded.kind,
        "id": compiled["id"],
        "version": compiled.get("version", ""),
        "title": compiled.get("title", ""),
        "languages": [language for language in compiled["languages"] if language],
        "problems": [],
        "warnings": [*(warning.as_json() for warning in loaded.warnings), *compiled["warnings"]],
        "counts": _counts(compiled),
    }


def _problems(problems: Sequence[FormProblem]) -> list[dict[str, str]]:
    return [problem.as_json() for problem in problems]


def _counts(compiled: dict[str, Any]) -> dict[str, int]:
    kinds = Counter(control["kind"] for control in compiled["controls"])
    facets = Counter(facet["facet"] for facet in compiled["facets"])
    nodes = Counter(node["kind"] for node in compiled["nodes"])
    return {
        "questions": sum(number for kind, number in kinds.items() if kind in _QUESTIONS),
        "groups": sum(
            node["kind"] == "group" and node.get("parent") is not None and node["name"] != "meta"
            for node in compiled["nodes"]
        ),
        "repeats": nodes["repeat"],
        "values": nodes["value"],
        "calculations": facets["calculate"],
        "conditions": facets["relevant"],
        "constraints": facets["constraint"],
    }


def _counted(number: int, name: str) -> str:
    """A number with its word, which ends in s unless it is one."""
    return f"{number:,} {name.removesuffix('s') if number == 1 else name}"


def _write(told: dict[str, Any]) -> None:
    if told["problems"]:
        click.echo(f"{told['file']} cannot be used.")
    else:
        version = f", version {told['version']}" if told["version"] else ""
        click.echo(f"{told['title'] or told['id']} ({told['id']}{version}) can be used.")
        click.echo(", ".join(_counted(number, name) for name, number in told["counts"].items()))
    for problem in told["problems"]:
        click.echo(f"  {FormProblem(**problem)}")
    for warning in told["warnings"]:
        where = f"{warning['where']}: " if warning["where"] else ""
        click.echo(f"  warning: {where}{warning['text']}")
