// The clock: it runs like the real one, and can be moved forward.
import { me, post, tell } from "./net.js";

const zone = document.body.dataset.zone;
const words = new Intl.DateTimeFormat("en-GB", {
  timeZone: zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
});
const numbers = new Intl.DateTimeFormat("en-CA", {
  timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
let ahead = 0;

function parts(format, instant) {
  return Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
}

export function set(iso) {
  ahead = new Date(iso).getTime() - Date.now();
  tick();
}

function tick() {
  const now = new Date(Date.now() + ahead);
  const time = document.getElementById("now");
  const part = parts(words, now);
  time.dateTime = now.toISOString();
  time.textContent = `${part.weekday} ${part.day} ${part.month} ${part.hour}:${part.minute}`;
}

export function start(show) {
  const clock = document.getElementById("clock");
  const failure = document.getElementById("clock-failure");
  const to = document.getElementById("clock-to");

  async function move(where) {
    if (clock.classList.contains("busy")) return;
    clock.classList.add("busy");
    clock.querySelectorAll(".clock-menu button").forEach((button) => button.setAttribute("aria-disabled", "true"));
    try {
      tell(failure, null);
      const moved = await post("/clock", { as: me, to: where });
      set(moved.now);
      clock.open = false;
      clock.querySelector("summary").focus();
      show({ messages: moved.messages, dialog: null }, { mine: true });
    } catch (problem) {
      tell(failure, problem);
    } finally {
      clock.classList.remove("busy");
      clock.querySelectorAll(".clock-menu button").forEach((button) => button.removeAttribute("aria-disabled"));
    }
  }

  clock.addEventListener("click", (event) => {
    const step = event.target.closest("[data-move]");
    if (step) move(step.dataset.move);
  });
  clock.addEventListener("toggle", () => {
    if (!clock.open) return;
    const part = parts(numbers, new Date(Date.now() + ahead + 3600_000));
    to.value = `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
    tell(failure, null);
  });
  clock.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !clock.open) return;
    clock.open = false;
    clock.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (clock.open && !clock.contains(event.target)) clock.open = false;
  });
  document.getElementById("clock-pick").addEventListener("submit", (event) => {
    event.preventDefault();
    if (to.value) move(to.value);
  });
  set(document.body.dataset.now);
  setInterval(tick, 5000);
}
