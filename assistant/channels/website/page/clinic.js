// The page works without this: it fills in where the assistant is, copies the lines, and opens the chat from the page.

for (const place of document.querySelectorAll(".origin")) place.textContent = location.origin;

document.getElementById("ask").addEventListener("click", () => document.querySelector("microneedling-chat")?.show());

const said = document.getElementById("copied");

for (const button of document.querySelectorAll(".copy")) {
  button.hidden = !navigator.clipboard; // which is there only over https, or from this machine
  button.addEventListener("click", () => copy(button));
}

async function copy(button) {
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
  say(button, "Copied");
  setTimeout(() => say(button, ""), 3000);
}

function say(button, word) {
  button.firstChild.textContent = word || "Copy";
  said.textContent = word;
}
