"""Search over HTTP: what the search page finds."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from schoolward.api.shapes import FoundOut
from schoolward.platform.access.permissions import check
from schoolward.platform.access.views import viewer_of
from schoolward.platform.ui.search import search

SHORTEST = 2

router = Router()


class Words(Schema):
    """What is looked for."""

    q: Annotated[str, Field(max_length=100)] = ""


@router.get("", url_name="search", response=list[FoundOut])
def find(request: HttpRequest, words: Query[Words]) -> list[dict[str, Any]]:
    """What matches and may be seen by the caller, kind by kind. A single letter is not searched for."""
    viewer = viewer_of(request)
    check(viewer, "home.view")
    text = " ".join(words.q.replace("\0", "").split())
    if len(text) < SHORTEST:
        return []
    return [
        {
            "kind": str(group.kind.title),
            "hits": [{"title": hit.title, "detail": hit.detail, "url": hit.url} for hit in group.hits],
            "more": group.more,
        }
        for group in search(viewer, text)
    ]
