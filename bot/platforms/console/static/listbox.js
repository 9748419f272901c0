// A list of options under a text box: one option is active, arrow keys move it, Enter takes it, Escape closes.
export class Listbox {
  constructor(input, list, choose) {
    this.input = input;
    this.list = list;
    this.choose = choose;
    this.active = -1;
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-value]");
      if (option) this.choose(option);
    });
  }

  get options() {
    return [...this.list.querySelectorAll("[data-value]")];
  }

  get isOpen() {
    return !this.list.hidden;
  }

  open(first = 0) {
    this.list.hidden = false;
    this.expanded(true);
    this.activate(this.options.length ? first : -1);
  }

  close() {
    this.list.hidden = true;
    this.expanded(false);
    this.activate(-1);
  }

  // Only a combobox is open or closed; a box of many lines can't be one, and has the active option alone.
  expanded(open) {
    if (this.input.getAttribute("role") === "combobox") this.input.setAttribute("aria-expanded", String(open));
  }

  activate(index) {
    const options = this.options;
    this.active = options.length && index >= -1 ? Math.min(index, options.length - 1) : -1;
    options.forEach((option, position) => option.setAttribute("aria-selected", String(position === this.active)));
    const option = options[this.active];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // True when the key was the list's own.
  key(event) {
    if (!this.isOpen) return false;
    const count = this.options.length;
    if (event.key === "ArrowDown" && count) this.activate((this.active + 1) % count);
    else if (event.key === "ArrowUp" && count) this.activate((this.active - 1 + count) % count);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.options[this.active]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
