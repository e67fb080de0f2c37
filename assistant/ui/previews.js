// The preview of a source over its chip: shown by page.css; here it goes at Escape and turns down where there is no room above.
(() => {
  if (window.policyPreviews) return;
  window.policyPreviews = true;
  const HIDDEN = "pa-hidden";
  const chipOf = (event) => event.target.closest?.(".pa-chip");
  const place = (event) => {
    const chip = chipOf(event);
    const preview = chip?.querySelector(".pa-preview");
    if (!preview) return;
    chip.classList.toggle("pa-below", chip.closest(".pa-source").getBoundingClientRect().top < preview.offsetHeight + 70);
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
