// One click is one act: a form that has been sent is not sent again, and typed text is not left
// behind unasked.
const changed = new WeakSet();

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) changed.add(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") form.dataset.sent = "1";
  changed.delete(form);
});

// A page brought back by the browser's back button may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

window.addEventListener("beforeunload", (event) => {
  const open = [...document.querySelectorAll("form[data-guard]")];
  if (open.some((form) => changed.has(form) && !form.dataset.sent)) event.preventDefault();
});
