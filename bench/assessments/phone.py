"""A page on a slow phone: how soon it can be used, and how long a tap takes.

Debian's Chromium, headless, 390 by 844 pixels, the processor throttled four times. Nothing is evaluated in
the page while it starts: it tells by a binding when it is usable.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, ElementHandle, Page

THROTTLING = 4
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TIMEOUT_MS = 300_000
LOOK_MS = 20
REST_MS = 3_000
"""What a page does after it is usable is over by then, before taps are measured."""
CHOICE = "input[type=radio]"
FIRST_FRAME = """
(() => {
  const look = () => {
    const found = document.querySelector("SELECTOR");
    if (found && (found.closest("label, fieldset, div") ?? found).getBoundingClientRect().height > 0)
      requestAnimationFrame(() => {
        usable(String(performance.now()));
        listen();
      });
    else requestAnimationFrame(look);
  };
  // Our page says what is saved as soon as it has read its journal and takes answers.
  const listen = () => {
    const state = document.querySelector("[data-walk-state]");
    if (!state) return;
    const told = () => {
      if (!state.textContent) return;
      observer.disconnect();
      usable(String(performance.now()));
    };
    const observer = new MutationObserver(told);
    observer.observe(state, { childList: true, characterData: true });
    told();
  };
  requestAnimationFrame(look);
})();
"""
REACH = """
async ({ question, choice }) => {
  const names = [...new Set([...document.querySelectorAll("input[type=radio]")].map((input) => input.name))];
  const inputs = document.getElementsByName(names[question % names.length]);
  const input = inputs[Math.min(choice, inputs.length - 1)];
  input.scrollIntoView({ block: "center" });
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)));
  return input;
}
"""
TAP = """
async (input) => {
  const begun = performance.now();
  input.click();
  // A task that is queued in a frame runs after its layout and paint.
  await new Promise((resolve) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(0);
  }));
  return performance.now() - begun;
}
"""


@dataclass(frozen=True)
class Start:
    """Seconds until usable: by the clock, and of the page's thread at work."""

    usable_s: float
    busy_s: float

    def __str__(self) -> str:
        return f"usable {self.usable_s:.2f} s ({self.busy_s:.2f} at work)"


@dataclass(frozen=True)
class Taps:
    """Milliseconds of each tap: by the clock, and of the page's thread at work."""

    taken_ms: list[float]
    busy_ms: list[float]

    def __str__(self) -> str:
        return f"tap p95 {p95(self.taken_ms):.0f} ms ({p95(self.busy_ms):.0f} at work)"


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def median(starts: list[Start]) -> Start:
    """The median of several starts, each figure by itself."""
    return Start(
        statistics.median(each.usable_s for each in starts), statistics.median(each.busy_s for each in starts)
    )


class Phone:
    """A page in a context of its own, on a throttled processor."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
        )
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(TIMEOUT_MS)
        self._session: CDPSession = self._context.new_cdp_session(self.page)
        self._usable_ms: list[float] = []
        self._session.on(
            "Runtime.bindingCalled", lambda called: self._usable_ms.append(float(called["payload"]))
        )
        self._session.send("Runtime.enable")
        self._session.send("Runtime.addBinding", {"name": "usable"})
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._session.send("Emulation.setCPUThrottlingRate", {"rate": THROTTLING})

    def open(self, address: str, selector: str = CHOICE) -> Start:
        """Open a page; it is usable in the first frame that shows what ``selector`` names."""
        self.page.add_init_script(FIRST_FRAME.replace("SELECTOR", selector))
        self.page.goto(address, timeout=TIMEOUT_MS, wait_until="commit")
        for _ in range(TIMEOUT_MS // LOOK_MS):
            if self._usable_ms:
                break
            self.page.wait_for_timeout(LOOK_MS)
        busy = self._busy_s()
        return Start(self._usable_ms[0] / 1000, busy)

    def listens_s(self) -> float:
        """Seconds until our page, opened before, took answers."""
        for _ in range(TIMEOUT_MS // LOOK_MS):
            if len(self._usable_ms) > 1:
                break
            self.page.wait_for_timeout(LOOK_MS)
        return self._usable_ms[1] / 1000

    def tap(self, number: int, question: int | None = None) -> tuple[float, float]:
        """Tap a choice somewhere in the form; milliseconds by the clock and at work."""
        # Every other tap is a failed rating, which brings more questions.
        wanted = {
            "question": number * 7 if question is None else question,
            "choice": 0 if number % 2 else 3,
        }
        target: ElementHandle = self.page.evaluate_handle(REACH, wanted).as_element()  # type: ignore[assignment]
        begun = self._busy_s()
        taken = float(self.page.evaluate(TAP, target))
        return taken, (self._busy_s() - begun) * 1000

    def taps(self, many: int) -> Taps:
        """Tap all over the form, once it is at rest."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_timeout(REST_MS)
        measured = [self.tap(number) for number in range(many)]
        return Taps([taken for taken, _ in measured], [busy for _, busy in measured])

    def close(self) -> None:
        """Let go of the page."""
        self._context.close()

    def _busy_s(self) -> float:
        """Seconds that the page's thread has been at work, the throttling included."""
        told = self._session.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in told if each["name"] == "TaskDuration"))
