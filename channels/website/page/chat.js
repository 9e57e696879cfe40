// The page on which a person can chat. Everything that was said is put on the page as text, never as HTML.
"use strict";

const SESSION = "/webhooks/website/session";
const MESSAGES = "/webhooks/website/messages";
const KEPT = "microneedling-assistant.session";
const TEXTS = {
  writing: "The assistant is writing…",
  you: "You",
  assistant: "Assistant",
  urgent: "Please act on this now",
  differ: "The sources differ on this",
  sources: (n) => (n === 1 ? "1 source" : `${n} sources`),
  clinic: "your clinic",
  retry: "Try again",
  retryIn: (s) => `Try again in ${s} s`,
  offline: "The assistant can't be reached. Please check your connection.",
  broken: "Something went wrong on our side. Please try again in a moment.",
  erased: "Your conversation was deleted.",
  left: (n) => `${n} characters left`,
};

const el = (id) => document.getElementById(id);
const [log, middle, field, send, typing, welcome, erase] = [
  el("log"), document.querySelector(".middle"), el("text"), el("send"), el("typing"), el("welcome"), el("erase"),
];

// --- The session ------------------------------------------------------------------------------------------

let token = null;
try { token = localStorage.getItem(KEPT); } catch { /* storage is blocked: the page works without it */ }

function keepToken(value) {
  token = value;
  erase.hidden = !value;
  try {
    if (value) localStorage.setItem(KEPT, value);
    else localStorage.removeItem(KEPT);
  } catch { /* as above */ }
}

class Trouble extends Error {
  constructor(sentence, { status = 0, wait = 0 } = {}) {
    super(sentence);
    Object.assign(this, { status, wait, again: status === 0 || status === 429 || status >= 500 });
  }
}

async function call(method, path, body) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  } catch {
    throw new Trouble(TEXTS.offline);
  }
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return answer;
  const wait = Number(response.headers.get("Retry-After")) || 0;
  throw new Trouble(answer?.detail || TEXTS.broken, { status: response.status, wait });
}

async function post(message) {
  if (!token) keepToken((await call("POST", SESSION)).token);
  try {
    return await call("POST", MESSAGES, message);
  } catch (trouble) {
    if (trouble.status !== 401) throw trouble;
    keepToken(null); // the session has run out: a new one, once
    keepToken((await call("POST", SESSION)).token);
    return call("POST", MESSAGES, message);
  }
}

// --- Putting things on the page ----------------------------------------------------------------------------

function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

function addBold(node, text) {
  text.split(/\*\*(.+?)\*\*/s).forEach((part, i) => {
    if (part) node.append(i % 2 ? make("strong", "", part) : part);
  });
  return node;
}

// Paragraphs stand between empty lines; lines that begin with "- " are a list.
function addText(node, text) {
  for (const block of text.split(/\n{2,}/)) {
    let open = null;
    for (const line of block.split("\n")) {
      const item = line.startsWith("- ");
      if (!open || (open.tagName === "UL") !== item) {
        open = make(item ? "ul" : "p");
        node.append(open);
      } else if (!item) {
        open.append(make("br"));
      }
      if (item) open.append(addBold(make("li"), line.slice(2)));
      else addBold(open, line);
    }
  }
}

function addSources(node, sources) {
  const details = make("details", "sources");
  details.append(make("summary", "", TEXTS.sources(sources.length)));
  const list = make("ul");
  for (const source of sources) {
    list.append(make("li", "", [source.title, source.section].filter(Boolean).join(" – ")));
  }
  details.append(list);
  node.append(details);
}

function addButtons(node, buttons) {
  const group = make("div", "buttons");
  for (const { title, payload } of buttons) {
    const button = make("button", "", title);
    button.type = "button";
    button.addEventListener("click", () => {
      if (send.disabled) return;
      useUp(group);
      button.setAttribute("aria-pressed", "true");
      say({ payload }, title);
    });
    group.append(button);
  }
  node.append(group);
}

function useUp(group) {
  for (const button of group.querySelectorAll("button")) button.disabled = true;
}

function bubble(role, name) {
  const node = make("article", `said ${role}`);
  node.append(make("span", "hidden", `${name}: `));
  return node;
}

function showUser(text) {
  welcome.hidden = true;
  const node = bubble("user", TEXTS.you);
  node.append(text);
  log.append(node);
}

function showAssistant({ text, buttons = [], metadata = {} }) {
  welcome.hidden = true;
  const node = bubble("assistant", TEXTS.assistant);
  if (metadata.outcome === "urgent") {
    node.classList.add("urgent");
    node.setAttribute("role", "alert");
    node.append(make("p", "flag", `⚠ ${TEXTS.urgent}`));
  }
  addText(node, text);
  if (metadata.disagreement) node.append(make("p", "differ", TEXTS.differ));
  if (metadata.sources?.length) addSources(node, metadata.sources);
  if (buttons.length) addButtons(node, buttons);
  log.append(node);
  return node;
}

function showTrouble(trouble, again) {
  const node = make("div", "said trouble");
  node.setAttribute("role", "alert");
  node.append(make("p", "", trouble.message));
  if (again && trouble.again) node.append(retryButton(trouble.wait, () => { node.remove(); again(); }));
  log.append(node);
  scrollDown();
}

function retryButton(wait, again) {
  const button = make("button", "", TEXTS.retry);
  button.type = "button";
  button.addEventListener("click", again);
  const tick = () => {
    button.disabled = wait > 0;
    button.textContent = wait > 0 ? TEXTS.retryIn(wait) : TEXTS.retry;
    if (wait-- > 0) setTimeout(tick, 1000);
  };
  tick();
  return button;
}

function showTyping(yes) {
  typing.replaceChildren();
  if (!yes) return;
  const dots = make("span", "dots");
  dots.setAttribute("aria-hidden", "true");
  dots.append(make("i"), make("i"), make("i"));
  typing.append(dots, TEXTS.writing);
  scrollDown();
}

function scrollDown() {
  middle.scrollTop = middle.scrollHeight;
}

// --- Talking -----------------------------------------------------------------------------------------------

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is missing on plain http
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(content, shown) {
  showUser(shown);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  deliver({ id: newId(), ...content, ...(timeZone && { timezone: timeZone }) });
}

// The same id each time: however often it is tried, the message counts once.
async function deliver(message) {
  send.disabled = true;
  showTyping(true);
  try {
    const { messages } = await post(message);
    showTyping(false);
    const nodes = messages.map(showAssistant);
    nodes[0]?.previousElementSibling?.scrollIntoView({ block: "start" }); // the question stays in sight
  } catch (trouble) {
    showTyping(false);
    showTrouble(trouble, () => deliver(message));
    if (!trouble.again && message.text && !field.value) field.value = message.text;
  }
  send.disabled = false;
  field.focus();
}

function submit() {
  const text = field.value.trim();
  if (!text || send.disabled) return;
  field.value = "";
  grow();
  say({ text }, text);
}

async function restore() {
  erase.hidden = !token;
  if (!token) return;
  try {
    const { messages } = await call("GET", MESSAGES);
    log.replaceChildren();
    log.setAttribute("aria-live", "off"); // nobody wants to hear all of it again
    for (const message of messages) {
      if (message.role === "user") {
        log.querySelectorAll(".buttons").forEach(useUp);
        showUser(message.text);
      } else {
        showAssistant(message);
      }
    }
    log.querySelectorAll("[role=alert]").forEach((node) => node.removeAttribute("role"));
    scrollDown();
  } catch (trouble) {
    if (trouble.status === 401) keepToken(null);
    else showTrouble(trouble, restore);
  } finally {
    setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  }
}

async function eraseAll() {
  try {
    await call("DELETE", SESSION);
  } catch (trouble) {
    if (trouble.status !== 401) return showTrouble(trouble, eraseAll);
  }
  keepToken(null);
  log.replaceChildren();
  welcome.hidden = false;
  typing.textContent = TEXTS.erased;
  field.focus();
}

function grow() {
  field.rows = 1;
  while (field.scrollHeight > field.clientHeight + 2 && field.rows < 5) field.rows += 1;
  const left = field.maxLength - field.value.length;
  el("count").textContent = left <= 100 ? TEXTS.left(left) : "";
}

el("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
field.addEventListener("input", grow);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
el("examples").addEventListener("click", ({ target }) => {
  if (target instanceof HTMLButtonElement && !send.disabled) say({ text: target.textContent }, target.textContent);
});
erase.addEventListener("click", () => {
  el("confirm").returnValue = ""; // else Escape repeats the last choice
  el("confirm").showModal();
});
el("confirm").addEventListener("close", () => { if (el("confirm").returnValue === "erase") eraseAll(); });

restore();
