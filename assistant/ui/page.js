// What the page does without asking the server. The listeners are put on once, however often the page is drawn.
(() => {
  if (window.policyPage) return;
  window.policyPage = true;
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("a[data-opens]");
    const button = mark && document.querySelector(`.st-key-open-${CSS.escape(mark.dataset.opens)} button`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector(".st-key-source-close button")?.click();
  });
})();
