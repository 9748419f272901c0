// Where the reader is: at the end, where what is new comes into sight by itself, or further up, where a button leads to it.
const scroll = document.getElementById("scroll");
const log = document.getElementById("log");
const button = document.getElementById("newest");

export function newest() {
  return [...log.querySelectorAll(".message")].at(-1) || null;
}

// Whether the newest message has come into sight; a card taller than the screen counts from its first lines on.
export function atEnd() {
  const last = newest();
  return !last || last.getBoundingClientRect().top < scroll.getBoundingClientRect().bottom - 32;
}

// Show the end of the conversation, but never so far that the top of this message is out of sight.
export function reveal(message) {
  scroll.scrollTop = scroll.scrollHeight;
  const above = message.getBoundingClientRect().top - scroll.getBoundingClientRect().top - 12;
  if (above < 0) scroll.scrollTop += above;
  look();
}

// What came after a message and asks for something, the last such; else the last of all.
export function mainOf(after) {
  const all = [...log.querySelectorAll(".message")];
  const fresh = all.slice(all.indexOf(after) + 1);
  return fresh.filter((one) => one.querySelector(".actions")).at(-1) || fresh.at(-1) || null;
}

export function arrived() {
  if (atEnd()) return;
  button.textContent = "New message";
  button.hidden = false;
}

function look() {
  button.hidden = atEnd();
  if (button.hidden) button.textContent = "Newest message";
}

export function start(focusOn) {
  scroll.addEventListener("scroll", look, { passive: true });
  document.addEventListener("click", (event) => {
    const last = event.target.closest("[data-newest]") && newest();
    if (!last) return;
    event.preventDefault();
    reveal(last);
    focusOn(last);
  });
}
