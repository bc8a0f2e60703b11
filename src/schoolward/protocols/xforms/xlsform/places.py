"""Faults of a converted form, told by the row and column of the sheet in which they were written."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

from schoolward.protocols.xforms.problems import FormProblem, FormRefused

_WHERE = re.compile(r"/[^/ ]+/(?P<below>[^ ]+)(?: \((?P<part>[^)]*)\))?")
_REFERENCE = re.compile(r"(?:(?<!:) )?/data(?:/[\w.-]+)*/([\w.-]+) ?")
_COLUMNS = {
    "relevant": "relevant",
    "constraint": "constraint",
    "constraint message": "constraint_message",
    "calculate": "calculation",
    "required": "required",
    "required message": "required_message",
    "readonly": "read_only",
    "count": "repeat_count",
    "itemset": "choice_filter",
    "hint": "hint",
    "label": "label",
}
_COUNTED = "_count"
"""How pyxform ends the name of the node that it makes for the number of a repeat."""


def in_sheet(refused: FormRefused, rows: Mapping[str, int]) -> FormRefused:
    """The same refusal with rows in place of paths, as far as ``rows`` (by path below the root) has them."""
    return FormRefused(_placed(problem, rows) for problem in refused.problems)


def _placed(problem: FormProblem, rows: Mapping[str, int]) -> FormProblem:
    found = _WHERE.fullmatch(problem.where)
    if found is None:
        return problem
    below, part = found["below"], found["part"] or ""
    if below not in rows and below.endswith(_COUNTED):
        below, part = below.removesuffix(_COUNTED), "count"
    if below not in rows:
        return problem
    column = f", column {_COLUMNS[part]}" if part in _COLUMNS else ""
    return dataclasses.replace(
        problem,
        what=_REFERENCE.sub(r"${\1}", problem.what),
        where=f"survey, row {rows[below]}{column}",
        mend=_REFERENCE.sub(r"${\1}", problem.mend),
    )
