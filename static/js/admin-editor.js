// The editor speaks the clerk's language: its words come with the page.
{
  const told = document.getElementById("editor-words");
  const words = told ? JSON.parse(told.textContent) : {};
  window.gettext = (word) => words[word] ?? word;

  document.addEventListener("prose-editor:ready", (event) => {
    const editor = event.target.closest(".prose-editor");
    const label = document.querySelector(`label[for="${event.target.id}"]`);
    const area = editor?.querySelector("[contenteditable]");
    if (label && area) {
      area.setAttribute("aria-label", label.textContent.trim());
      label.addEventListener("click", () => area.focus());
    }
    for (const button of editor?.querySelectorAll(".prose-menubar button") ?? []) {
      const text = button.querySelector("h2, h3, h4, p");
      if (text) text.textContent = window.gettext(text.textContent);
      if (!button.title) continue;
      button.title = window.gettext(button.title);
      button.setAttribute("aria-label", button.title);
    }
  });
}
