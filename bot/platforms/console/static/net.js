// Talking to the server, and saying in words what went wrong.
export const me = document.body.dataset.as;

const ASIDE = "What you typed is still here.";

export class Problem extends Error {}

async function answer(response) {
  const json = (response.headers.get("Content-Type") || "").startsWith("application/json") ? await response.json() : {};
  if (response.ok) return json;
  if (json.problem) throw new Problem(json.problem);
  if (response.status === 413) throw new Problem(`That is too long to send. ${ASIDE}`);
  if (response.status === 403) throw new Problem("The console was opened under another name. Open it at http://localhost and try again.");
  throw new Problem(`The bot could not answer just now, and nothing was saved. ${ASIDE} Try again in a moment.`);
}

async function ask(path, init) {
  let response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Problem(`The bot can't be reached. Is it still running? ${ASIDE}`);
  }
  return answer(response);
}

export function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return ask(path, { method: "POST", headers, body: JSON.stringify({ as: me, ...body }) });
}

export function get(path, query, signal) {
  return ask(`${path}?${new URLSearchParams({ as: me, ...query })}`, { signal });
}

export function eventId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Show a failure in an element that is announced; without a failure, take it away.
export function tell(element, failure) {
  if (failure && !(failure instanceof Problem)) throw failure;
  element.hidden = !failure;
  element.textContent = failure ? failure.message : "";
}
