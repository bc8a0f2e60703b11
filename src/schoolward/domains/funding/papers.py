"""Papers about an approved plan that higher storeys make: they register here, unknown to funding."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from schoolward.domains.funding.models import Approval
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class PlanPaper:
    """A paper: its name, the permission for it, and its address, which takes the approval's number."""

    label: str | Promise
    permission: str
    url_name: str


_papers: dict[str, PlanPaper] = {}


def register_plan_paper(paper: PlanPaper) -> PlanPaper:
    """Add a paper. Raises ``ValueError`` where its address is there already."""
    if paper.url_name in _papers:
        raise ValueError(f"the paper {paper.url_name} is registered twice")
    _papers[paper.url_name] = paper
    return paper


def papers_to_come(viewer: Viewer) -> list[str | Promise]:
    """The papers that can be drafted once a plan is approved, by name."""
    return [paper.label for paper in _papers.values() if may(viewer, paper.permission)]


def papers_of_plan(approval: Approval, viewer: Viewer) -> list[tuple[str | Promise, str]]:
    """The papers about an approved plan that the viewer may open: label and address."""
    return [
        (paper.label, reverse(paper.url_name, args=[approval.pk]))
        for paper in _papers.values()
        if may(viewer, paper.permission)
    ]
