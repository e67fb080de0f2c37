// The preview of a source: shown by page.css; here it is put beside its chip, where the pointer can reach it, and goes at Escape.
(() => {
  if (window.policyPreviews) return;
  window.policyPreviews = true;
  const HIDDEN = "pa-hidden";
  // Pixels that the bar over the page takes.
  const HEADER = 60;
  const chipOf = (event) => event.target.closest?.(".pa-chip");
  const place = (event) => {
    const chip = chipOf(event);
    const preview = chip?.querySelector(".pa-preview");
    if (!preview) return;
    const at = chip.getBoundingClientRect();
    const line = chip.closest(".pa-source").getBoundingClientRect();
    const above = at.top - preview.offsetHeight;
    const left = Math.min(at.left - line.left, line.width - preview.offsetWidth);
    preview.style.left = `${Math.max(left, 0)}px`;
    preview.style.top = `${(above > HEADER ? above : at.bottom) - line.top}px`;
  };
  const again = (event) => {
    const chip = chipOf(event);
    if (chip && !chip.contains(event.relatedTarget)) chip.classList.remove(HIDDEN);
  };
  for (const sign of ["pointerover", "focusin"]) document.addEventListener(sign, place);
  for (const sign of ["pointerout", "focusout"]) document.addEventListener(sign, again);
  // Before the listener that closes the opened source: one press takes one thing away.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") return;
      const shown = [...document.querySelectorAll(`.pa-chip:is(:hover, :focus-within):not(.${HIDDEN})`)];
      if (!shown.length) return;
      shown.forEach((chip) => chip.classList.add(HIDDEN));
      event.stopImmediatePropagation();
    },
    true,
  );
})();
