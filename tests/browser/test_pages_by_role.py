"""Every page that a role can reach by links, asked for as that role and opened on a desk and on a phone.

The walk follows links from the morning page and asks for each URL name once a role, so that a new page is
covered as soon as something links to it. What differs from all that was opened before is opened in the
browser (`pages` says what differs), and axe judges it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Page
from tests.browser.pages import Answer, Seen

from schoolward.platform.access.roles import HUMAN_ROLES, Role

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# Not pages: files to download, the technical administration of the framework, and signing out.
SKIPPED_PREFIXES = ("/admin/", "/accounts/logout", "/api/", "/static/", "/files/")
# These roles see every page and most of what can be done there: axe judges all that they see. Of a page that
# others come to first it judges that one as well.
JUDGED = (Role.LEAD, Role.ADMINISTRATOR)


@pytest.fixture(scope="session")
def seen(shared_folder: Path) -> Seen:
    """What was opened in this run."""
    return Seen(shared_folder / "seen")


def _route(path: str) -> str | None:
    """The URL name of a path, or ``None`` for what is not one of our pages."""
    if path.startswith(SKIPPED_PREFIXES):
        return None
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


@dataclass
class Walk:
    """One role's way through the pages."""

    role: Role
    context: BrowserContext
    seen: Seen
    pages: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Ask for each reachable page once, and open what is new."""
        page = self.context.new_page()
        page.on("console", lambda m: self._told(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: self._told(f"{page.url}: {error}"))
        visited: set[str] = set()
        queue = deque(["/"])
        while queue:
            path = queue.popleft()
            name = _route(path)
            if name is None or name in visited:
                continue
            visited.add(name)
            answer = self._ask(path)
            if answer is None:
                continue
            self.pages[name] = path
            queue.extend(answer.links())
            content, frame = answer.parts
            is_judged = self._is_to_be_judged(name, content)
            # Both are asked: each claims what it stands for.
            is_new = [self.seen.is_first(f"content {content}"), self.seen.is_first(f"frame {frame}")]
            if any(is_new) or is_judged:
                self._open(page, path, is_judged)
        page.close()

    def _ask(self, path: str) -> Answer | None:
        """The page at the path; ``None`` for a file to download, or a part that a page loads into itself."""
        sent = self.context.request.get(path)
        assert sent.status == 200, f"{path} answered {sent.status} though a page links to it"
        if not sent.headers["content-type"].startswith("text/html"):
            return None
        answer = Answer(sent.url, sent.text())
        return answer if answer.is_page else None

    def _is_to_be_judged(self, name: str, content: str) -> bool:
        if not self.seen.is_first(f"judged {name}") and self.role not in JUDGED:
            return False
        return self.seen.is_first(f"judged {content}")

    def _open(self, page: Page, path: str, is_judged: bool) -> None:
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.goto(path)
        if is_judged:
            page.evaluate(AXE.read_text())
            self._judge(page, path, "desk")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        overflow = page.evaluate("(d => d.scrollWidth - d.clientWidth)(document.documentElement)")
        if overflow > 0:
            self._told(f"{path} scrolls sideways by {overflow} px on a phone")
        if is_judged:
            self._judge(page, path, "phone")

    def _judge(self, page: Page, path: str, size: str) -> None:
        violations = page.evaluate(
            "rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(told => told.violations)",
            AXE_RULES,
        )
        for found in violations:
            first, *others = found["nodes"]
            self._told(
                f"{path} ({size}): {found['id']} ({found['help']}): {first['target']} and {len(others)} more"
            )

    def _told(self, problem: str) -> None:
        self.problems.append(problem)


@pytest.mark.parametrize("role", HUMAN_ROLES)
def test_every_linked_page_opens_and_axe_finds_nothing(
    role: Role, signed_in: Callable[[str], BrowserContext], seen: Seen
) -> None:
    walk = Walk(role, signed_in(role), seen)
    walk.run()
    assert not walk.problems, "\n".join(walk.problems)
    assert len(walk.pages) >= 5, f"{role} reaches only {sorted(walk.pages)}"
