// The message box: completion of commands, and sending what was typed.
import { eventId, get, post, tell } from "./net.js";
import { Listbox } from "./listbox.js";
import { element } from "./forms.js";

// A phone's keyboard says itself what its key does, and has no Shift+Enter.
const HINT = matchMedia("(pointer: fine) and (min-width: 561px)").matches ? "Enter sends, Shift+Enter starts a new line." : "";

export function start(show) {
  const form = document.getElementById("composer");
  const box = document.getElementById("say");
  const list = document.getElementById("completions");
  const failure = document.getElementById("say-failure");
  const draft = `draft:${document.body.dataset.as}`;
  let commands = [];
  let pending = null; // the text being sent and its id: sent again after a failure, it keeps the id

  const listbox = new Listbox(box, list, (option) => complete(option.dataset.value));

  function complete(name) {
    box.value = `/${name} `;
    listbox.close();
    box.focus();
    changed();
  }

  function matching() {
    const word = box.value.match(/^\/?([^\s]*)$/);
    if (!word || (box.value && !box.value.startsWith("/"))) return [];
    const start = word[1].toLowerCase();
    return commands.filter((command) => command.name.startsWith(start));
  }

  function changed() {
    sessionStorage.setItem(draft, box.value);
    const found = box.value.startsWith("/") ? matching() : [];
    list.replaceChildren(...found.map(item));
    if (found.length && !(found.length === 1 && box.value === `/${found[0].name}`)) listbox.open();
    else listbox.close();
    hint();
  }

  function hint() {
    const name = box.value.match(/^\/(\S+)/)?.[1].toLowerCase();
    const command = commands.find((one) => one.name === name);
    const usage = document.querySelector("[data-usage]");
    usage.replaceChildren();
    if (!command) return usage.append(HINT);
    const code = element("code");
    code.textContent = `/${command.name} ${command.usage}`;
    usage.append(code, ` ${command.help}`);
  }

  async function send() {
    const text = box.value.trim();
    if (!text || form.dataset.busy) return;
    if (pending?.text !== text) pending = { text, event_id: eventId() };
    busy(true);
    try {
      tell(failure, null);
      const outcome = await post("/say", pending);
      pending = null;
      if (box.value.trim() === text) box.value = "";
      changed();
      show(outcome, { mine: true });
    } catch (problem) {
      tell(failure, problem);
      box.focus();
    } finally {
      busy(false);
    }
  }

  function busy(on) {
    if (on) form.dataset.busy = "yes";
    else delete form.dataset.busy;
    document.getElementById("send").setAttribute("aria-disabled", String(on));
  }

  box.addEventListener("input", changed);
  box.addEventListener("blur", () => listbox.close());
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const exact = listbox.isOpen && listbox.options[listbox.active]?.dataset.value === box.value.slice(1).toLowerCase();
    if (event.key === "Enter" && !event.shiftKey && (exact || !listbox.isOpen || listbox.active < 0)) {
      event.preventDefault();
      listbox.close();
      send();
    } else if (event.key === "Tab" && !event.shiftKey && listbox.isOpen && listbox.active >= 0) {
      event.preventDefault();
      complete(listbox.options[listbox.active].dataset.value);
    } else {
      listbox.key(event);
    }
  });
  document.getElementById("slash").addEventListener("click", () => {
    if (!box.value.startsWith("/")) box.value = `/${box.value}`;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
    changed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });

  box.value = sessionStorage.getItem(draft) || "";
  const address = new URL(location.href);
  if (address.searchParams.get("say")) {
    box.value = address.searchParams.get("say");
    sessionStorage.setItem(draft, box.value);
    address.searchParams.delete("say");
    history.replaceState(null, "", address);
  }
  get("/completions", {}).then((found) => {
    commands = found;
    hint();
  }, (problem) => tell(failure, problem));
}

function item(command, index) {
  const option = element("li", "option", { role: "option", id: `completion-${index}`, "aria-selected": "false", "data-value": command.name });
  const name = element("b");
  name.textContent = `/${command.name}`;
  const help = element("small");
  help.textContent = command.help;
  option.append(name, help);
  return option;
}
