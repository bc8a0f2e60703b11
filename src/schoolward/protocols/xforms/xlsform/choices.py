"""Where a question's choices come from, as the columns parameters and choice_filter of an XLSForm say it."""

from __future__ import annotations

import re

from schoolward.protocols.xforms.definition import Control, Itemset, Source

_KEPT = ("start", "end", "step", "rows", "max-pixels", "capture-accuracy", "quality")
_ONLY_NAMED = re.compile(r"\s*\./[\w.-]+\s*!=\s*''\s*")
"""What pyxform asks of choices that come from a repeat: that they have a name."""


def instance_of(nodeset: str) -> str:
    """The name of the instance that a node set starts from; empty where it starts from answers."""
    return nodeset.replace('"', "'").partition("instance('")[2].partition("'")[0]


def parameters_of(control: Control) -> dict[str, str]:
    """The column parameters: of the field, of the file that choices come from, of their order."""
    found = {key: value for key, value in control.attributes.items() if key in _KEPT}
    if control.itemset is None:
        return found
    nodeset = control.itemset.nodeset.text.strip()
    if nodeset.startswith("randomize("):
        found["randomize"] = "true"
        _, comma, seed = nodeset.rpartition("]")[2].rpartition(",")
        if comma:
            found["seed"] = seed.strip().removesuffix(")").strip()
    if "instance(" in nodeset:
        found |= _columns(control.itemset)
    return found


def _columns(itemset: Itemset) -> dict[str, str]:
    """Which columns of a file hold value and label, where these are not ``name`` and ``label``."""
    value = itemset.value.text.strip()
    found = {"value": value} if value != "name" else {}
    for wording in itemset.label.values():
        label = next((part.text.strip() for part in wording.parts if isinstance(part, Source)), "label")
        if label != "label" and re.fullmatch(r"[\w.-]+", label):
            found["label"] = label
    return found


def filter_of(control: Control) -> str:
    """The predicate of ``instance('x')/root/item[…]``, or of the repeat that the choices come from."""
    assert control.itemset is not None  # noqa: S101 - asked where there is one
    nodeset = control.itemset.nodeset.text
    if "instance(" in nodeset:
        _, found, rest = nodeset.partition("/item[")
        return rest.rpartition("]")[0].strip() if found else ""
    _, found, rest = nodeset.partition("[")
    told = rest.rpartition("]")[0].strip() if found else ""
    return "" if _ONLY_NAMED.fullmatch(told) else told
