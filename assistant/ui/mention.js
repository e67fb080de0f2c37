// An @ typed in the question opens the choice of documents; once one is chosen, typing goes on. No request of its own.
(() => {
  if (window.policyMention) return;
  window.policyMention = true;
  const LINE = "[data-testid=stChatInputTextArea]";
  const DOCUMENTS = ".st-key-scope-documents";
  const write = (line, text, place) => {
    // By the element's own setter: the page's framework does not see what is assigned otherwise.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(line, text);
    line.dispatchEvent(new Event("input", { bubbles: true }));
    line.setSelectionRange(place, place);
  };
  const toTheLine = (popover) => {
    if (popover.getAttribute("aria-expanded") === "true") popover.click();
    document.querySelector(LINE)?.focus();
  };
  const choose = (popover) => {
    const count = () => document.querySelectorAll(`${DOCUMENTS} [data-tag]`).length;
    let before = null;
    const watching = new MutationObserver(() => {
      const box = document.querySelector(`${DOCUMENTS} input`);
      if (before === null && box) {
        before = count();
        box.focus();
      } else if (before !== null && (!box || count() > before)) {
        watching.disconnect();
        if (box) toTheLine(popover);
      }
    });
    watching.observe(document.body, { childList: true, subtree: true });
    if (popover.getAttribute("aria-expanded") !== "true") popover.click();
  };
  document.addEventListener("input", (event) => {
    const line = event.target;
    const popover = document.querySelector(".st-key-scope [data-testid=stPopoverButton]");
    if (!popover || !line.matches?.(LINE) || !["@", "＠"].includes(event.data)) return;
    const place = line.selectionStart - 1;
    // Within an address it is a sign like any other.
    if (/[\w.+-]/.test(line.value[place - 1] ?? " ")) return;
    write(line, line.value.slice(0, place) + line.value.slice(place + 1), place);
    choose(popover);
  });
})();
