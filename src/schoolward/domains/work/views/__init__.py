"""Pages of work: the list and the board, one piece with its timeline, and one form a move."""

from schoolward.domains.work.views.changes import add_evidence, assign, change_due, edit, make_move, propose
from schoolward.domains.work.views.pages import WorkList, board, detail, evidence_file, site_panel

__all__ = [
    "WorkList",
    "add_evidence",
    "assign",
    "board",
    "change_due",
    "detail",
    "edit",
    "evidence_file",
    "make_move",
    "propose",
    "site_panel",
]
