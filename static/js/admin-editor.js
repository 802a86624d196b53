// The editor speaks the clerk's language: its words come with the page.
{
  const told = document.getElementById("editor-words");
  const words = told ? JSON.parse(told.textContent) : {};
  window.gettext = (word) => words[word] ?? word;

  const speak = (button) => {
    const text = button.querySelector("h2, h3, h4, p");
    if (text) text.textContent = window.gettext(text.textContent);
    if (!button.title) return;
    button.title = window.gettext(button.title);
    button.setAttribute("aria-label", button.title);
  };

  document.addEventListener("prose-editor:ready", (event) => {
    const editor = event.target.closest(".prose-editor");
    const label = document.querySelector(`label[for="${event.target.id}"]`);
    const area = editor?.querySelector("[contenteditable]");
    label?.addEventListener("click", () => area?.focus());
    if (label && area) area.setAttribute("aria-label", label.firstChild.textContent.trim());
    // The buttons come after the editor itself.
    const watch = new MutationObserver(() => {
      const buttons = editor.querySelectorAll(".prose-menubar button");
      if (!buttons.length) return;
      watch.disconnect();
      buttons.forEach(speak);
    });
    watch.observe(editor, { childList: true, subtree: true });
  });
}
