// The alarm desk: live, by keyboard first. Without this script its pages are lists, links and forms that work.
import { counted, startClock } from "./desk/ages.js";
import { follow } from "./desk/follow.js";
import { startKeys } from "./desk/keys.js";
import { startLost } from "./desk/lost.js";
import { startPane } from "./desk/pane.js";
import { startQueue } from "./desk/queue.js";
import { isMuted, toggle } from "./desk/sound.js";

const desk = document.querySelector("[data-desk]");
const isWide = window.matchMedia("(min-width: 68.01rem)");

// Ages count up every second, and with them what waiting is worth.
function startAges(clock, tick) {
  function count() {
    for (const age of document.querySelectorAll("[data-age]")) {
      const text = counted(clock.age(Number(age.dataset.age), Number(age.dataset.last ?? age.dataset.age)));
      if (age.textContent !== text) age.textContent = text;
    }
    tick();
  }
  setInterval(count, 1000);
  return count;
}

function startSound() {
  const button = desk.querySelector("[data-sound]");
  const show = (muted) => {
    if (!button) return;
    button.textContent = muted ? desk.dataset.unmute : desk.dataset.mute;
    button.setAttribute("aria-pressed", String(muted));
  };
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => show(toggle()));
  }
  show(isMuted());
  return show;
}

function startLive(queue, pane, lost, count) {
  const live = desk.querySelector(".desk-live");
  const text = desk.querySelector("[data-live-text]");
  const labels = desk.dataset;
  follow({
    url: desk.dataset.stream,
    after: desk.dataset.after,
    channel: desk.dataset.channel,
    onChange(change, at) {
      queue.apply(change);
      lost.apply(change);
      if (String(change.case) === pane.article()?.dataset.case) pane.changed(at);
      count();
    },
    onState(state, heardAt) {
      live.dataset.state = state;
      const since = new Date(heardAt).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
      const words = {
        live: labels.live,
        reconnecting: labels.reconnecting,
        polling: labels.polling,
        stale: `${labels.stale} ${since}`,
        "signed-out": labels.signedOut,
      };
      text.textContent = words[state];
    },
  });
}

if (desk) {
  const clock = startClock(desk);
  const queue = desk.querySelector("[data-rows]") ? startQueue(desk, clock) : null;
  const lost = startLost(desk);
  const count = startAges(clock, () => {
    queue?.tick();
    lost.tick();
  });
  count();
  const pane = startPane(desk, (article) => {
    count();
    if (!article || !queue) return;
    queue.choose(queue.of(article.dataset.case));
    history.replaceState(null, "", `?case=${encodeURIComponent(article.dataset.caseNumber)}`);
  });
  const openRow = async (row) => {
    const url = row.querySelector("a").href;
    if (!isWide.matches) {
      location.assign(url);
      return;
    }
    desk.classList.add("desk--chosen");
    queue.choose(row);
    await pane.open(url);
  };
  const openCurrent = async () => {
    const row = queue?.current();
    if (row && row.dataset.row !== pane.article()?.dataset.case) await openRow(row);
  };
  if (queue) {
    const shown = pane.article();
    if (shown) queue.choose(queue.of(shown.dataset.case));
    desk.querySelector("[data-rows]").addEventListener("click", async (event) => {
      const row = event.target.closest("[data-row]");
      if (!row || !isWide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      await openRow(row);
      pane.article()?.focus({ preventScroll: true });
      pane.element.scrollIntoView({ block: "nearest" });
    });
    startLive(queue, pane, lost, count);
  }
  startKeys(desk, { queue, pane, openCurrent, showMuted: startSound() });
}
