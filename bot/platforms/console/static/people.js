// The list of people: narrowed while one types, and a count beside those who have news.
export function start() {
  const find = document.getElementById("find");
  const who = document.getElementById("who");
  find.addEventListener("input", () => {
    const words = find.value.trim().toLowerCase();
    let shown = 0;
    for (const item of document.querySelectorAll("[data-person]")) {
      item.hidden = Boolean(words) && !`${item.textContent} ${item.dataset.person}`.toLowerCase().includes(words);
      shown += item.hidden ? 0 : 1;
    }
    document.querySelector("[data-nobody]").hidden = shown > 0 || !words;
  });
  if (!who) return;
  who.addEventListener("click", () => open(who, who.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || who.getAttribute("aria-expanded") !== "true") return;
    open(who, false);
    who.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!who.parentElement.contains(event.target)) open(who, false);
  });
  total();
}

function open(who, on) {
  who.setAttribute("aria-expanded", String(on));
}

export function unread(email, count) {
  for (const item of document.querySelectorAll("[data-person]")) {
    if (item.dataset.person !== email) continue;
    item.querySelector("[data-count]").textContent = count;
    item.querySelector("[data-badge]").hidden = !count;
  }
  total();
}

function total() {
  const all = document.getElementById("all-unread");
  if (!all) return;
  const shown = [...document.querySelectorAll("[data-badge]")].filter((badge) => !badge.hidden);
  const sum = shown.reduce((count, badge) => count + Number(badge.querySelector("[data-count]").textContent), 0);
  all.textContent = sum;
  all.hidden = !sum;
}
