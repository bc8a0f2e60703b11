"""Every page that a role can reach by links, visited as that role, on a desk and on a phone.

The walk follows links from the morning page and visits each URL name once a role, so that a new
page is covered as soon as something links to it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page

from schoolward.platform.access.roles import HUMAN_ROLES, Role

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# Not pages: files to download, the technical administration of the framework, and signing out.
SKIPPED_PREFIXES = ("/admin/", "/accounts/logout", "/api/", "/static/", "/files/")
MAX_PAGES = 80


def _route(path: str) -> str | None:
    """The URL name of a path, or ``None`` for what is not one of our pages."""
    if path.startswith(SKIPPED_PREFIXES):
        return None
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def _links(page: Page) -> list[str]:
    hrefs = page.eval_on_selector_all("a[href]:not([download])", "links => links.map(a => a.href)")
    own = urlsplit(page.url).netloc
    return [urlsplit(h).path for h in hrefs if urlsplit(h).netloc == own and "format=" not in h]


def _walk(context: BrowserContext) -> dict[str, str]:
    """Visit each reachable page once. Returns URL name → path; fails on errors and sideways scrolling."""
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda m: problems.append(f"{page.url}: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    visited: dict[str, str] = {}
    pages: dict[str, str] = {}
    queue = deque(["/"])
    while queue and len(visited) < MAX_PAGES:
        path = queue.popleft()
        name = _route(path)
        if name is None or name in visited:
            continue
        visited[name] = path
        answer = context.request.get(path)
        assert answer.status == 200, f"{path} answered {answer.status} though a page links to it"
        if not answer.headers["content-type"].startswith("text/html") or "<main" not in answer.text():
            continue  # a file to download, or a part that a page loads into itself
        pages[name] = path
        page.set_viewport_size(DESK)
        page.goto(path)
        queue.extend(_links(page))
        page.set_viewport_size(PHONE)
        overflow = page.evaluate("(d => d.scrollWidth - d.clientWidth)(document.documentElement)")
        if overflow > 0:
            problems.append(f"{path} scrolls sideways by {overflow} px on a phone")
    page.close()
    assert not problems, "\n".join(problems)
    return pages


@pytest.mark.parametrize("role", HUMAN_ROLES)
def test_every_linked_page_opens(role: Role, signed_in: Callable[[str], BrowserContext]) -> None:
    visited = _walk(signed_in(role))
    assert len(visited) >= 5, f"{role} reaches only {sorted(visited)}"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(size: dict[str, int], signed_in: Callable[[str], BrowserContext]) -> None:
    context = signed_in(Role.LEAD)
    paths = {**_walk(signed_in(Role.ADMINISTRATOR)), **_walk(context)}
    administrators_only = set(_walk(signed_in(Role.ADMINISTRATOR))) - set(_walk(context))
    found: list[str] = []
    for name, path in sorted(paths.items()):
        owner = signed_in(Role.ADMINISTRATOR) if name in administrators_only else context
        page = owner.new_page()
        page.set_viewport_size(size)
        page.goto(path)
        page.evaluate(AXE.read_text())
        result = page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
        )
        found += [
            f"{path}: {v['id']} ({v['help']}): {v['nodes'][0]['target']} and {len(v['nodes']) - 1} more"
            for v in result["violations"]
        ]
        page.close()
    assert not found, "\n".join(found)
