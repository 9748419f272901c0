// Forms: search fields, counters, and what was filled in.
import { get, Problem } from "./net.js";
import { Listbox } from "./listbox.js";

const PAUSE = 120; // ms of silence before asking for options

export function enhance(form) {
  form.querySelectorAll("[data-search]").forEach(enhanceSearch);
  form.querySelectorAll("[data-limit]").forEach(enhanceCounter);
}

// Focus the first field that is still empty, without a list opening over the others.
export function focusFirst(form) {
  const inputs = [...form.querySelectorAll(".field")].map((field) => field.querySelector(".chip button, input:checked, input, textarea, select"));
  const first = inputs.find((input) => input && !input.closest(".chips") && !input.value) || inputs[0];
  if (!first) return;
  quietly(() => first.focus({ preventScroll: true }));
}

let quiet = false;

// Do something that moves the focus without opening lists.
export function quietly(work) {
  quiet = true;
  work();
  quiet = false;
}

export function answers(form) {
  const found = {};
  for (const field of form.querySelectorAll("[data-field]")) {
    found[field.dataset.field] = field.dataset.kind === "search_field" ? chosen(field.querySelector("[data-search]")) : typed(field);
  }
  return found;
}

// What was typed into search fields and not chosen: kept when the form comes back with errors.
export function queries(form) {
  const found = {};
  for (const search of form.querySelectorAll("[data-search]")) found[search.dataset.name] = search.querySelector("[role=combobox]").value;
  return found;
}

// Whether every search field's words were turned into a choice; where not, says so at the field.
export function allChosen(form) {
  const left = [...form.querySelectorAll("[data-search]")].filter((search) => {
    const input = search.querySelector("[role=combobox]");
    return input.value.trim() && ("multiple" in search.dataset || !chosen(search));
  });
  left.forEach(askToChoose);
  left[0]?.querySelector("[role=combobox]").focus();
  return !left.length;
}

function askToChoose(search) {
  const field = search.closest(".field");
  const input = search.querySelector("[role=combobox]");
  const id = `${input.id}-error`;
  field.querySelector(".error")?.remove();
  const error = element("p", "error", { id, role: "alert" });
  error.textContent = "Choose one from the list, or clear what you typed.";
  field.classList.add("has-error");
  field.append(error);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", id);
}

export function restore(form, typedQueries) {
  for (const search of form.querySelectorAll("[data-search]")) {
    const query = typedQueries[search.dataset.name];
    if (query) search.querySelector("[role=combobox]").value = query;
  }
}

function typed(field) {
  const input = field.querySelector("input:checked, textarea, select, input:not([type=radio])");
  return input ? input.value : "";
}

function chosen(search) {
  const values = [...search.querySelectorAll(".chip")].map((chip) => chip.dataset.value);
  return "multiple" in search.dataset ? values : values[0] || "";
}

function enhanceCounter(input) {
  const counter = input.closest(".field").querySelector("[data-counter]");
  const limit = Number(input.dataset.limit);
  const count = () => {
    const left = limit - [...input.value].length;
    counter.classList.toggle("over", left < 0);
    counter.textContent = left > limit * 0.1 ? "" : left >= 0 ? `${left} left` : `${-left} too many`;
  };
  input.addEventListener("input", count);
  count();
}

function enhanceSearch(search) {
  const input = search.querySelector("[role=combobox]");
  const list = search.querySelector("[role=listbox]");
  const chips = search.querySelector(".chips");
  const suggested = [...list.children];
  let timer = 0;
  let asking = new AbortController();
  const listbox = new Listbox(input, list, (option) => {
    addChip(search, option.dataset.value, option.dataset.label);
    input.value = "";
    listbox.close();
    if ("multiple" in search.dataset) input.focus();
    else chips.querySelector(".chip button").focus();
  });

  const show = (items) => {
    list.replaceChildren(...items);
    listbox.open();
  };
  const look = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const query = input.value.trim();
    if (!query && suggested.length) return show(suggested);
    try {
      const found = await get("/options", { source: search.dataset.source, q: query }, signal);
      if (signal.aborted || document.activeElement !== input) return;
      show(found.length ? found.map((option, index) => optionItem(list.id, option, index)) : [noneItem(query)]);
    } catch (failure) {
      if (signal.aborted) return;
      if (!(failure instanceof Problem)) throw failure;
      show([plainItem(failure.message)]);
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  input.addEventListener("focus", () => quiet || look());
  input.addEventListener("click", () => listbox.isOpen || look());
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asking.abort();
    listbox.close();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || listbox.key(event)) return;
    if (event.key === "ArrowDown") look();
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Backspace" && !input.value) chips.querySelector(".chip:last-child")?.remove();
  });
  chips.addEventListener("click", (event) => {
    const remove = event.target.closest("button");
    if (!remove) return;
    remove.closest(".chip").remove();
    input.focus();
  });
}

function addChip(search, value, label) {
  const chips = search.querySelector(".chips");
  if (!("multiple" in search.dataset)) chips.replaceChildren();
  if ([...chips.children].some((chip) => chip.dataset.value === value)) return;
  const chip = element("li", "chip", { "data-value": value });
  const words = element("span", "", { dir: "auto" });
  words.textContent = label;
  const remove = element("button", "", { type: "button", "aria-label": `Remove ${label}` });
  remove.textContent = "×";
  chip.append(words, remove);
  chips.append(chip);
}

function optionItem(listId, option, index) {
  const attributes = { role: "option", id: `${listId}-${index}`, "aria-selected": "false", "data-value": option.value, "data-label": option.label };
  const item = element("li", "option", attributes);
  const words = element("span", "", { dir: "auto" });
  words.textContent = option.label;
  item.append(words);
  if (option.detail) {
    const detail = element("small", "", { dir: "auto" });
    detail.textContent = option.detail;
    item.append(detail);
  }
  return item;
}

function noneItem(query) {
  return plainItem(query ? `Nothing fits “${query}”.` : "Nothing to choose from.");
}

function plainItem(words) {
  const item = element("li", "option none", { role: "option", "aria-disabled": "true" });
  item.textContent = words;
  return item;
}

export function element(name, className = "", attributes = {}) {
  const made = document.createElement(name);
  if (className) made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
