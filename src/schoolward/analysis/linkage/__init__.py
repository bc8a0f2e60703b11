"""Who is who: records of one person, found without a label and without taking twins for one.

Fellegi and Sunter's model (1969) with levels of agreement, learned by expectation and maximisation, and with
a second wall that the model lacks: what a household shares decides nothing, and what twins and siblings share
is no evidence against their being two. Nobody is merged here; each pair is the same, different, or a person's
to decide, with the weight of every fact beside it. It is used for identity alone, never as a reason for a
service or a sanction.
"""

from schoolward.analysis.linkage.as_json import link_json, linked_json
from schoolward.analysis.linkage.columns import COLUMNS, Column, TableProblem
from schoolward.analysis.linkage.deciding import WORDS, Decision, Thresholds
from schoolward.analysis.linkage.linking import Fact, Link, Linked, link
from schoolward.analysis.linkage.nicknames import read_nicknames
from schoolward.analysis.linkage.reading import RowProblem, Table, read_table

__all__ = [
    "COLUMNS",
    "WORDS",
    "Column",
    "Decision",
    "Fact",
    "Link",
    "Linked",
    "RowProblem",
    "Table",
    "TableProblem",
    "Thresholds",
    "link",
    "link_json",
    "linked_json",
    "read_nicknames",
    "read_table",
]
