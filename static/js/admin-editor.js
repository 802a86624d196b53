// The editor speaks the clerk's language: its words come with the page.
{
  const told = document.getElementById("editor-words");
  const words = told ? JSON.parse(told.textContent) : {};
  window.gettext = (word) => words[word] ?? word;

  // A title longer than allowed is kept whole; the form says how much to take away.
  document.addEventListener("prose-editor:ready", (event) => {
    const label = document.querySelector(`label[for="${event.target.id}"]`);
    const area = event.target.closest(".prose-editor")?.querySelector("[contenteditable]");
    if (label && area) {
      area.setAttribute("aria-label", label.textContent.trim());
      label.addEventListener("click", () => area.focus());
    }
    for (const button of document.querySelectorAll(".prose-menubar__button[title]")) {
      button.title = window.gettext(button.title);
    }
  });
}
