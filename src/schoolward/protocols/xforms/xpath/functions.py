"""The functions of ODK XForms: how many arguments each takes, and what kind of value it gives.

After https://getodk.github.io/xforms-spec/#xpath-functions; what each means is said in
`docs/reference/compiled-forms.md`.
"""

from __future__ import annotations

from typing import NamedTuple

MANY = 10_000


class Function(NamedTuple):
    """``gives`` is boolean, number, string, nodes, or any (what an argument is)."""

    fewest: int
    most: int
    gives: str


def _table(gives: str, *rows: str) -> dict[str, Function]:
    table = {}
    for row in rows:
        name, fewest, most = row.split()
        table[name] = Function(int(fewest), MANY if most == "*" else int(most), gives)
    return table


FUNCTIONS: dict[str, Function] = {
    **_table("boolean", "true 0 0", "false 0 0", "not 1 1", "boolean 1 1", "boolean-from-string 1 1"),
    **_table("boolean", "checklist 3 *", "weighted-checklist 4 *", "selected 2 2", "contains 2 2"),
    **_table("boolean", "starts-with 2 2", "ends-with 2 2", "regex 2 2", "geofence 2 2"),
    **_table("any", "if 3 3", "depend 1 *"),
    **_table("nodes", "current 0 0", "instance 1 1", "randomize 1 2", "indexed-repeat 3 *"),
    **_table("number", "number 0 1", "count 1 1", "count-non-empty 1 1", "sum 1 1", "max 1 *", "min 1 *"),
    **_table("number", "position 0 1", "last 0 0", "count-selected 1 1", "string-length 0 1", "int 1 1"),
    **_table("number", "round 1 2", "abs 1 1", "ceiling 1 1", "floor 1 1", "pow 2 2", "exp 1 1", "exp10 1 1"),
    **_table("number", "log 1 1", "log10 1 1", "sqrt 1 1", "sin 1 1", "cos 1 1", "tan 1 1", "asin 1 1"),
    **_table("number", "acos 1 1", "atan 1 1", "atan2 2 2", "pi 0 0", "random 0 0", "today 0 0", "now 0 0"),
    **_table("number", "date 1 1", "date-time 1 1", "decimal-date-time 1 1", "decimal-time 1 1"),
    **_table("number", "area 1 1", "distance 1 *"),
    **_table("string", "string 0 1", "coalesce 2 2", "once 1 1", "selected-at 2 2", "jr:choice-name 2 2"),
    **_table("string", "jr:itext 1 1", "concat 0 *", "join 1 *", "substr 2 3", "substring 2 3"),
    **_table("string", "substring-before 2 2", "substring-after 2 2", "translate 3 3", "normalize-space 0 1"),
    **_table("string", "uuid 0 1", "format-date 2 2", "format-date-time 2 2", "digest 2 3"),
    **_table("string", "base64-decode 1 1", "version 0 0", "pulldata 4 4"),
    **_table("string", "name 0 1", "local-name 0 1"),
}

NODE_SET_ARGUMENTS: dict[str, tuple[int, ...]] = {
    "count": (0,),
    "count-non-empty": (0,),
    "randomize": (0,),
    "position": (0,),
    "indexed-repeat": (0,),
    "sum": (0,),
    "name": (0,),
    "local-name": (0,),
}
"""Arguments that must be node sets, by their number from 0."""

REFUSED: dict[str, str] = {
    "search": "Use a select from a file (select_one_from_file) with a choice filter.",
    "property": "Use a preload (username, email, phonenumber, deviceid) instead.",
    "intersects": "There is no replacement yet; leave it out.",
    "extract-signed": "There is no replacement yet; leave it out.",
    "encrypt": "Records are kept in encrypted storage; leave it out.",
}
"""Functions of other tools, and what to do instead."""
