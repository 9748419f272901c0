// The clock, the company's: it runs like the real one, and can be moved forward, a day at a time.
import { me, post, tell } from "./net.js";
import * as place from "./scroll.js";

const { zone, there } = document.body.dataset;
const words = reading(zone, { day: "numeric", month: "short" });
const theirs = there && reading(there, {});
const numbers = new Intl.DateTimeFormat("en-CA", {
  timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const DAY = 864e5; // ms
let ahead = 0;
let way = null; // where a move began and where it goes to, in ms

function reading(timeZone, more) {
  return new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", ...more });
}

function parts(format, instant) {
  return Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
}

function set(iso) {
  ahead = new Date(iso).getTime() - Date.now();
  tick();
}

function tick() {
  const now = new Date(Date.now() + ahead);
  const time = document.getElementById("now");
  const part = parts(words, now);
  time.dateTime = now.toISOString();
  time.textContent = `${part.weekday} ${part.day} ${part.month} ${part.hour}:${part.minute}`;
  if (!theirs) return;
  const other = parts(theirs, now);
  const city = there.split("/").at(-1).replaceAll("_", " ");
  document.getElementById("there").textContent = `${other.weekday} ${other.hour}:${other.minute} ${city}`;
}

// What the server says of the clock: where it is, and where it is being moved to, if it is.
export function moved({ now, to }) {
  set(now);
  const at = new Date(now).getTime();
  if (to) way = { from: way?.from ?? at, to: new Date(to).getTime() };
  else way = null;
  busy(Boolean(to));
  if (!way) return;
  const all = Math.max(1, Math.round((way.to - way.from) / DAY));
  const part = parts(words, new Date(at));
  document.getElementById("clock-day").textContent = `${part.weekday} ${part.day} ${part.month}, day ${Math.min(all, Math.floor((at - way.from) / DAY) + 1)} of ${all}`;
  document.getElementById("clock-way").value = (at - way.from) / (way.to - way.from);
}

export function stands(now, moving) {
  set(now);
  if (!moving) way = null;
  busy(moving);
}

function busy(on) {
  const clock = document.getElementById("clock");
  clock.classList.toggle("busy", on);
  document.getElementById("clock-moving").hidden = !on;
  clock.querySelectorAll(".clock-steps, .clock-pick").forEach((one) => { one.hidden = on; });
}

export function start(show) {
  const clock = document.getElementById("clock");
  const failure = document.getElementById("clock-failure");
  const to = document.getElementById("clock-to");

  async function move(where) {
    if (clock.classList.contains("busy")) return;
    busy(true);
    document.getElementById("clock-day").textContent = "Moving…";
    document.getElementById("clock-stop").focus();
    const before = place.newest();
    way = { from: Date.now() + ahead };
    try {
      tell(failure, null);
      const { now, messages } = await post("/clock", { as: me, to: where });
      moved({ now });
      clock.open = false;
      clock.querySelector("summary").focus();
      show({ messages, dialog: null });
      const main = place.mainOf(before);
      if (main) place.reveal(main);
    } catch (problem) {
      tell(failure, problem);
    } finally {
      way = null;
      busy(false);
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
  document.getElementById("clock-stop").addEventListener("click", () => {
    document.getElementById("clock-day").textContent = "Stopping at the end of this day…";
    post("/clock/stop", {}).catch((problem) => tell(failure, problem));
  });
  document.getElementById("clock-pick").addEventListener("submit", (event) => {
    event.preventDefault();
    if (to.value) move(to.value);
  });
  set(document.body.dataset.now);
  busy("moving" in document.body.dataset);
  setInterval(tick, 5000);
}
