"""On a phone a thumb finds what it is to touch: 44 px high, apart from links in running text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from schoolward.platform.access.roles import Role

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
PAGES = {
    Role.PROGRAM_COORDINATOR: ("/", "/cases/", "/cases/work/", "/classes/", "/centre/", "/centre/truancy/"),
    Role.LEAD: ("/places/", "/work/", "/programs/", "/grants/", "/assessments/"),
}
TOO_LOW = """() => {
  const low = [];
  for (const one of document.querySelectorAll("a, button, select, summary, input:not([type=hidden])")) {
    const box = one.getBoundingClientRect();
    const isHidden = !box.width || !box.height || box.right <= 0 || one.closest("thead, .usa-sr-only");
    const isLabelled = one.matches("[type=radio], [type=checkbox]");
    const isText = one.parentElement.closest("p") || one.matches(".usa-skipnav") || isLabelled;
    if (!isHidden && !isText && box.height < 43.5)
      low.push(`${one.tagName} "${one.innerText.slice(0, 30)}" ${Math.round(box.height)} px`);
  }
  return low;
}"""


@pytest.mark.parametrize("role", PAGES)
def test_what_is_touched_on_a_phone_is_high_enough(
    role: Role, signed_in: Callable[[str], BrowserContext]
) -> None:
    page = signed_in(role).new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/cases/")
    purpose = page.get_by_role("button", name="I am running a youth program")
    if purpose.count():
        purpose.click()
    low = {}
    for path in PAGES[role]:
        page.goto(path)
        low[path] = page.evaluate(TOO_LOW)
    page.close()
    assert not any(low.values()), low
