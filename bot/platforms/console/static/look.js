// The look at the exact JSON a message becomes, one tab a platform.
import { get, Problem } from "./net.js";
import { element } from "./forms.js";

const NAMES = { slack: ["Slack", "Block Kit"], teams: ["Teams", "Adaptive Card"] };

export async function toggle(button) {
  const panel = document.getElementById(button.getAttribute("aria-controls"));
  const opening = panel.hidden;
  button.setAttribute("aria-expanded", String(opening));
  panel.hidden = !opening;
  if (!opening) return;
  await fill(panel);
  panel.scrollIntoView({ block: "nearest" });
}

async function fill(panel) {
  const key = panel.id.replace(/^look-/, "");
  try {
    build(panel, await get("/preview", { key }));
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    const words = element("p", "failure", { role: "alert" });
    words.textContent = failure.message;
    panel.replaceChildren(words);
  }
}

function build(panel, previews) {
  const tabs = element("div", "tabs", { role: "tablist", "aria-label": "Platform" });
  const pages = [];
  for (const [name, text] of Object.entries(previews)) {
    const id = `${panel.id}-${name}`;
    const tab = element("button", "", { type: "button", role: "tab", id: `${id}-tab`, "aria-controls": id });
    const [platform, format] = NAMES[name] || [name, ""];
    const kind = element("span", "tab-kind");
    kind.textContent = format;
    tab.append(platform, " ", kind);
    const page = element("pre", "", { role: "tabpanel", id, tabindex: "0", "aria-labelledby": tab.id });
    page.textContent = text;
    tab.addEventListener("click", () => select(tabs, tab));
    tabs.append(tab);
    pages.push(page);
  }
  tabs.addEventListener("keydown", (event) => arrow(tabs, event));
  const copy = element("button", "copy", { type: "button" });
  copy.textContent = "Copy";
  copy.addEventListener("click", () => copyShown(copy, pages));
  const bar = element("div", "tabs");
  tabs.className = "";
  bar.append(tabs, copy);
  panel.replaceChildren(bar, ...pages);
  select(tabs, tabs.querySelector("[role=tab]"));
}

function select(tabs, chosen) {
  for (const tab of tabs.querySelectorAll("[role=tab]")) {
    const on = tab === chosen;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
    const page = document.getElementById(tab.getAttribute("aria-controls"));
    if (page) page.hidden = !on;
  }
}

function arrow(tabs, event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = [...tabs.querySelectorAll("[role=tab]")];
  const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
  select(tabs, next);
  next.focus();
  event.preventDefault();
}

async function copyShown(button, pages) {
  await navigator.clipboard.writeText(pages.find((page) => !page.hidden).textContent);
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
}
