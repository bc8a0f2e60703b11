"""Papers about an award that higher storeys make: they register here, so that grants need not know them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Paper:
    """A paper: its name, the permission for it, and its address, which takes the award's short name."""

    label: str | Promise
    permission: str
    url_name: str


_papers: dict[str, Paper] = {}


def register_paper(paper: Paper) -> Paper:
    """Add a paper. Raises ``ValueError`` where its address is there already."""
    if paper.url_name in _papers:
        raise ValueError(f"the paper {paper.url_name} is registered twice")
    _papers[paper.url_name] = paper
    return paper


def papers_of(key: str, viewer: Viewer) -> list[tuple[str | Promise, str]]:
    """The papers about an award that the viewer may open: label and address."""
    return [
        (paper.label, reverse(paper.url_name, args=[key]))
        for paper in _papers.values()
        if may(viewer, paper.permission)
    ]
