// What the page does without asking the server. The listeners are put on once, however often the page is drawn.
(() => {
  if (window.policyPage) return;
  // The latest question stays at the top while the page under it settles, until the reader does something.
  const toQuestion = () => {
    const question = Array.from(document.querySelectorAll(".pa-question")).pop();
    if (!question) return;
    const settling = new ResizeObserver(() => question.scrollIntoView());
    settling.observe(document.querySelector(".st-key-conversation") ?? document.body);
    const rest = () => settling.disconnect();
    for (const sign of ["wheel", "pointerdown", "keydown"]) document.addEventListener(sign, rest, { once: true });
    setTimeout(rest, 3000);
  };
  window.policyPage = { toQuestion };
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
