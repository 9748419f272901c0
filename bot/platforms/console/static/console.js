// The conversation: what arrives is shown, buttons are pressed, forms are filled in and sent.
import { eventId, me, post, tell } from "./net.js";
import { allChosen, answers, element, enhance, focusFirst, queries, quietly, restore } from "./forms.js";
import { toggle } from "./look.js";
import * as place from "./scroll.js";
import * as clock from "./clock.js";
import * as composer from "./composer.js";
import * as people from "./people.js";

const log = document.getElementById("log");
const sheet = document.getElementById("sheet");

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // escaped by the server, and the page's policy runs no script in it
  return template.content.firstElementChild;
}

// Put a message at its place: a new one last, a changed one where it was. One that hasn't changed keeps what is typed in it.
function put(message) {
  const old = log.querySelector(`[data-key="${CSS.escape(message.key)}"]`);
  if (old && Number(old.dataset.version) >= message.version) return old;
  const fresh = parse(message.html);
  const held = old?.contains(document.activeElement);
  const following = place.atEnd();
  if (old) old.replaceWith(fresh);
  else log.insertBefore(fresh, after(message.key));
  fresh.querySelectorAll("[data-form]").forEach(enhance);
  if (held) focusOn(fresh);
  // What was said before the page was opened is there to be read: it isn't read out, and is looked at from its end.
  if (!document.body.dataset.ready) return fresh;
  markDays();
  // One that changed further up, such as an older copy, stays where it is.
  if (following && fresh === place.newest()) place.reveal(fresh);
  else if (!old) place.arrived();
  fresh.classList.add("arrived");
  announce(fresh.dataset.spoken);
  return fresh;
}

// The message a new one stands before. What one's own post answers can be here before what the stream brings.
function after(key) {
  const [epoch, number] = key.split("-");
  return [...log.querySelectorAll(`[data-key^="${CSS.escape(epoch)}-"]`)].find((one) => Number(one.dataset.key.split("-")[1]) > Number(number)) || null;
}

function markDays() {
  log.querySelectorAll(".day").forEach((day) => day.remove());
  let last = "";
  for (const message of log.querySelectorAll("[data-day]")) {
    if (message.dataset.day !== last) {
      const day = element("li", "day");
      day.textContent = last = message.dataset.day;
      message.before(day);
    }
  }
}

// Everything that was said before is here: show it from its end.
function ready({ now, moving }) {
  document.getElementById("offline").hidden = true;
  clock.stands(now, Boolean(moving)); // it may have been moved while this page was away
  if (document.body.dataset.ready) return;
  markDays();
  const last = place.newest();
  if (last) place.reveal(last);
  document.body.dataset.ready = "yes";
}

function focusOn(where) {
  const target = where.querySelector("[aria-invalid=true]") || where.querySelector("[data-form-error]");
  if (target) return quietly(() => (target.querySelector("input") || target).focus());
  const title = where.querySelector(".card-title") || where.querySelector(".said, .note p");
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

function announce(words) {
  if (!words) return;
  const line = element("p");
  line.textContent = words;
  const region = document.getElementById("announce");
  region.append(line);
  setTimeout(() => line.remove(), 10_000);
}

// Show what the server answered to this page's own doing.
function show(outcome, { mine = false } = {}) {
  const placed = outcome.messages.map(put);
  if (outcome.dialog) openSheet(outcome.dialog);
  const last = placed.at(-1);
  if (mine && last) place.reveal(last);
  const form = mine && last?.querySelector("[data-form]");
  if (form) focusFirst(form);
  return last;
}

// ── Dialogs ──
let sheetFrom = null; // the button that opened it

function openSheet(dialog) {
  const shown = element("div", "shown");
  shown.append(parse(dialog.html), ...lookParts(dialog.key));
  sheet.replaceChildren(shown);
  const form = sheet.querySelector("[data-form]");
  sheet.setAttribute("aria-label", form.dataset.title);
  form.querySelector("[data-cancel]").hidden = false;
  enhance(form);
  if (!sheet.open) quietly(() => sheet.showModal());
  sheet.dataset.before = JSON.stringify([answers(form), queries(form)]);
  sheet.scrollTop = 0;
  if (form.querySelector("[data-form-error]")) focusOn(sheet);
  else focusFirst(form);
}

function lookParts(key) {
  const words = "The JSON that Slack and Teams get";
  const button = element("button", "look-button", { type: "button", "data-look": "", "aria-expanded": "false", "aria-controls": `look-${key}`, "aria-label": words, title: words });
  button.textContent = "</>";
  const panel = element("div", "look", { id: `look-${key}`, hidden: "" });
  return [button, panel];
}

async function cancelSheet() {
  const form = sheet.querySelector("[data-form]");
  const touched = form && JSON.stringify([answers(form), queries(form)]) !== sheet.dataset.before;
  if (touched && !(await confirmed("Throw away what you typed?", "Throw away"))) return;
  sheet.close();
}

function confirmed(question, yes) {
  const ask = document.getElementById("ask");
  document.getElementById("ask-question").textContent = question;
  document.getElementById("ask-yes").textContent = yes;
  ask.returnValue = "no";
  ask.showModal();
  document.getElementById("ask-no").focus();
  return new Promise((resolve) => ask.addEventListener("close", () => resolve(ask.returnValue === "yes"), { once: true }));
}

// ── Pressing and sending ──
async function press(button) {
  if (button.getAttribute("aria-disabled") === "true") return;
  if (button.dataset.confirm && !(await confirmed(button.dataset.confirm, button.textContent.trim()))) return button.focus();
  const message = button.closest("[data-key]");
  const replaces = "replaces" in button.dataset;
  const body = {
    command: button.dataset.command, args: JSON.parse(button.dataset.args), key: message.dataset.key, replaces,
    opens_form: "opensForm" in button.dataset, event_id: (button.dataset.event ||= eventId()),
  };
  await during(button, failureIn(button.closest(".actions")), async () => {
    const outcome = await post("/press", body);
    delete button.dataset.event;
    sheetFrom = button;
    sheet.dataset.place = replaces ? message.dataset.key : "";
    const last = show(outcome, { mine: !replaces });
    if (replaces && last) focusOn(last);
  });
}

async function submit(form) {
  const button = form.querySelector("[type=submit]");
  if (button.getAttribute("aria-disabled") === "true" || !allChosen(form)) return;
  const inSheet = sheet.contains(form);
  const body = {
    command: form.dataset.command, args: JSON.parse(form.dataset.args), answers: answers(form), key: inSheet ? "" : form.closest("[data-key]").dataset.key,
    place: inSheet ? sheet.dataset.place : "",
  };
  // The same answers sent again after a failure are the same event; changed ones are another.
  const said = JSON.stringify(body);
  if (form.dataset.said !== said) Object.assign(form.dataset, { said, event: eventId() });
  await during(button, form.querySelector("[data-failure]"), async () => {
    const typed = queries(form);
    const outcome = await post("/submit", { ...body, event_id: form.dataset.event });
    if (inSheet && !outcome.dialog) {
      sheetFrom = null; // the focus goes to the confirmation
      sheet.close();
    }
    const last = show(outcome, { mine: inSheet && !outcome.dialog });
    const again = outcome.dialog ? sheet.querySelector("[data-form]") : last?.querySelector("[data-form]");
    if (again) restore(again, typed);
    else if (last) {
      place.reveal(last);
      focusOn(last);
    }
  });
}

async function during(button, failure, work) {
  button.setAttribute("aria-disabled", "true");
  try {
    tell(failure, null);
    await work();
  } catch (problem) {
    tell(failure, problem);
    failure.scrollIntoView({ block: "nearest" });
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

function failureIn(actions) {
  let failure = actions.querySelector("[data-failure]");
  if (!failure) {
    failure = element("p", "failure", { role: "alert", "data-failure": "", hidden: "" });
    actions.append(failure);
  }
  return failure;
}

// ── What arrives ──
function listen() {
  const offline = document.getElementById("offline");
  const stream = new EventSource(`/events?as=${encodeURIComponent(me)}`);
  stream.addEventListener("message", (event) => put(JSON.parse(event.data)));
  stream.addEventListener("ready", (event) => ready(JSON.parse(event.data)));
  stream.addEventListener("clock", (event) => clock.moved(JSON.parse(event.data)));
  stream.addEventListener("unread", (event) => {
    const news = JSON.parse(event.data);
    people.unread(news.email, news.unread);
  });
  stream.addEventListener("error", () => {
    offline.hidden = false;
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
}

function start() {
  people.start();
  if (!me) return;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("press" in button.dataset) press(button);
    if ("look" in button.dataset) toggle(button);
    if ("cancel" in button.dataset) cancelSheet();
  });
  document.addEventListener("submit", (event) => {
    if (!("form" in event.target.dataset)) return;
    event.preventDefault();
    submit(event.target);
  });
  sheet.addEventListener("cancel", (event) => {
    event.preventDefault();
    cancelSheet();
  });
  sheet.addEventListener("close", () => {
    sheet.replaceChildren();
    if (sheetFrom?.isConnected) sheetFrom.focus({ preventScroll: true });
  });
  place.start(focusOn);
  clock.start(show);
  composer.start(show);
  listen();
  // On a phone this would raise the keyboard over the greeting.
  if (matchMedia("(pointer: fine)").matches) document.getElementById("say").focus({ preventScroll: true });
}

start();
