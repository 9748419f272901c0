// What a page needs a script for: choices that apply at once, printing, and tables that fit a phone.
const filters = document.querySelector("[data-filters]");
if (filters) {
  // Whoever chose by keyboard goes on from where they were. The address says where that was: a frame inside Teams may keep nothing.
  filters.querySelector("[type=submit]").hidden = true;
  filters.addEventListener("change", (event) => {
    const next = new URL(filters.action);
    next.hash = event.target.name;
    filters.action = next;
    filters.requestSubmit();
  });
  filters.elements[decodeURIComponent(location.hash.slice(1))]?.focus();
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// What is folded is printed all the same, and folded again afterwards.
const folded = () => document.querySelectorAll("details.more:not([open])");
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...folded()];
  opened.forEach((one) => { one.open = true; });
});
addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));

// On a phone each row is a card, in which every value stands beside its column's name.
for (const table of document.querySelectorAll("table[data-cards]")) {
  const names = [...table.querySelectorAll("thead th")].map((one) => one.textContent.trim());
  for (const row of table.querySelectorAll("tbody tr")) [...row.cells].forEach((cell, place) => { cell.dataset.label = names[place] || ""; });
  table.classList.add("cards");
}

// What scrolls sideways can be scrolled by keyboard, too.
function reachable() {
  for (const one of document.querySelectorAll(".scroll")) {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
    else one.removeAttribute("tabindex");
  }
}
reachable();
addEventListener("resize", reachable);
document.addEventListener("toggle", reachable, true);
