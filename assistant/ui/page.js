// What the page does without asking the server. The listeners are put on once, however often the page is drawn.
(() => {
  if (window.policyPage) return;
  const latest = () => Array.from(document.querySelectorAll("[class*=st-key-exchange-]")).pop();
  const main = () => document.querySelector(".stMain");
  // The latest question stays at the top while the page settles, until the reader does something; once an answer
  // that grows has filled the screen, its end stays in sight instead.
  const toLatest = () => {
    let typing = false;
    let followed = false;
    const settle = () => {
      const exchange = latest();
      const growing = exchange?.querySelector(".pa-growing");
      if (!exchange || (followed && !growing)) return;
      exchange.scrollIntoView();
      const hidden = growing ? growing.getBoundingClientRect().bottom - ending() : 0;
      if (hidden > 0) {
        followed = true;
        main().scrollTop += hidden;
      }
      const editor = !typing && exchange.querySelector("textarea");
      if (editor) {
        typing = true;
        editor.focus({ preventScroll: true });
        editor.setSelectionRange(editor.value.length, editor.value.length);
      }
    };
    const ending = () => document.querySelector(".st-key-ask").getBoundingClientRect().top - 76;
    const settling = new ResizeObserver(settle);
    settling.observe(document.querySelector(".st-key-conversation") ?? document.body);
    const rest = () => settling.disconnect();
    for (const sign of ["wheel", "pointerdown", "keydown"]) document.addEventListener(sign, rest, { once: true });
    const wane = () => (latest()?.querySelector(".pa-growing, .pa-waiting") ? setTimeout(wane, 3000) : rest());
    setTimeout(wane, 3000);
  };
  // Who opened a link and signs in first comes back without it.
  const WANTED = "policy-wanted";
  const remember = () => location.search && sessionStorage.setItem(WANTED, location.search);
  const resume = () => {
    const wanted = sessionStorage.getItem(WANTED);
    sessionStorage.removeItem(WANTED);
    if (wanted && !location.search) location.search = wanted;
  };
  window.policyPage = { toLatest, remember, resume };
  const showEnd = () => {
    const button = document.querySelector(".pa-to-end");
    const page = main();
    if (button) button.hidden = !latest() || page.scrollHeight - page.scrollTop - page.clientHeight < 200;
  };
  document.addEventListener("scroll", showEnd, { capture: true, passive: true });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".pa-to-end")) return;
    if (latest()?.querySelector(".pa-growing")) toLatest();
    else main().scrollTo({ top: main().scrollHeight });
  });
  // By itself where the page came over HTTPS or from this machine; else as a selection is copied.
  const copy = async (flavours) => {
    if (navigator.clipboard?.write) {
      const blobs = Object.entries(flavours).map(([type, value]) => [type, new Blob([value], { type })]);
      return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    }
    const fill = (event) => {
      for (const [type, value] of Object.entries(flavours)) event.clipboardData.setData(type, value);
      event.preventDefault();
    };
    document.addEventListener("copy", fill, { once: true });
    if (!document.execCommand("copy")) throw new Error("the browser does not copy");
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".pa-copy");
    if (!button) return;
    const told = button.querySelector("[aria-live]");
    const { link, path, makes } = button.dataset;
    const part = (name) => button.parentElement.querySelector(`.pa-copied-${name}`);
    const address = path
      ? `${location.origin}${location.pathname.replace(/[^/]+\/?$/, "")}${path}`
      : link && `${location.origin}${location.pathname}?answer=${link}`;
    const copied = address
      ? { "text/plain": address }
      : { "text/html": part("html").innerHTML, "text/plain": part("text").textContent };
    const done = await copy(copied).then(() => true, () => false);
    // A link that nobody has leads nowhere.
    if (done && makes) document.querySelector(`.st-key-${CSS.escape(makes)} button`)?.click();
    told.textContent = done ? told.dataset.done : told.dataset.failed;
    setTimeout(() => (told.textContent = told.dataset.before), 4000);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("a[data-opens]");
    const button = mark && document.querySelector(`.st-key-open-${CSS.escape(mark.dataset.opens)} button`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  // Who opened a source reads on there, and comes back to where it was opened.
  let opener = null;
  let panel = null;
  document.addEventListener("click", (event) => {
    const origin = event.target.closest?.("a[data-opens], [class*=st-key-open-] button");
    if (!event.isTrusted || !origin) return;
    opener = origin;
    panel?.focus({ preventScroll: true });
  }, true);
  const ROW = ".st-key-source-documents > div > [role=tablist]";
  const TITLES = `${ROW} > [role=tab]`;
  document.addEventListener("pointerover", (event) => {
    const tab = event.target.closest?.(TITLES);
    if (tab) tab.title = tab.textContent;
  });
  // The × that the style sheet draws at a title's end. The keyboard closes by Delete, and all by the panel's button.
  const CLOSE_WIDTH = 28;
  const crossed = (event) => {
    const tab = event.target.closest?.(TITLES);
    return tab && event.clientX > tab.getBoundingClientRect().right - CLOSE_WIDTH ? tab : null;
  };
  for (const sign of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
    document.documentElement.addEventListener(sign, (event) => {
      const tab = event.isTrusted && crossed(event);
      if (sign === "pointerdown") closing = false;
      if (!tab) return;
      event.stopPropagation();
      event.preventDefault();
      if (sign !== "click") return;
      closing = true;
      const place = [...tab.parentElement.querySelectorAll(":scope > [role=tab]")].indexOf(tab);
      document.querySelector(`.st-key-source-close-${place} button`)?.click();
    }, true);
  }
  let closing = false;
  let seen = null;
  // Streamlit's tabs keep Escape to themselves; a preview still goes first (previews.js).
  document.documentElement.addEventListener("keydown", (event) => {
    closing = false;
    const tab = event.target.closest?.(".st-key-source-panel [role=tab]");
    const title = Boolean(tab?.matches(TITLES));
    if (!tab || !(event.key === "Escape" || (event.key === "Delete" && title))) return;
    event.stopPropagation();
    closing = title;
    document.querySelector(".st-key-source-close button")?.click();
  }, true);
  let reading = null;
  new MutationObserver(() => {
    showEnd();
    // A document that was opened from far down a list begins at its title.
    const back = document.querySelector(".st-key-back");
    if (back && !reading) main().scrollTop = 0;
    reading = back;
    const now = document.querySelector(".st-key-source-panel");
    const shown = document.querySelector(`${TITLES}[aria-selected=true]`);
    if (shown !== seen) {
      shown?.scrollIntoView({ block: "nearest", inline: "nearest" });
      // The row of titles is a new one, and comes in pieces: who closed one of them stays there.
      const at = document.activeElement;
      if (closing && (at === document.body || at?.matches(TITLES))) (shown ?? now)?.focus({ preventScroll: true });
      seen = shown;
    }
    // While its document is on its way a title is disabled, and its row takes the focus.
    if (document.activeElement?.matches(ROW)) shown?.focus({ preventScroll: true });
    if (now === panel) return;
    if (now) {
      now.tabIndex = -1;
      now.focus({ preventScroll: true });
    } else if (opener && document.activeElement === document.body) {
      const again = opener.dataset.opens && document.querySelector(`a[data-opens="${CSS.escape(opener.dataset.opens)}"]`);
      const origin = opener.isConnected ? opener : again;
      // Who comes back has read what the preview quotes.
      origin?.closest(".pa-chip")?.classList.add("pa-hidden");
      origin?.focus({ preventScroll: true });
    }
    panel = now;
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-disabled"] });
  // Streamlit draws the page that is open already as it is: its name leads from a document back to the list.
  document.documentElement.addEventListener("click", (event) => {
    const name = event.target.closest?.("[data-testid$=NavLink]");
    const back = document.querySelector(".st-key-back button");
    if (!back || name?.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    back.click();
  }, true);
  const CHOICES = "[data-testid=stSidebarNavLink], .st-key-new button, .st-key-preferences a, [class*=st-key-history-open-] button";
  // On a phone the side covers the page that a choice in it leads to.
  document.addEventListener("click", (event) => {
    if (innerWidth > 768 || !event.target.closest?.(CHOICES)) return;
    document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector(".st-key-source-close button")?.click();
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = document.querySelector("[data-testid=stChatInputTextArea]");
    if (!line || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    line.focus();
  });
})();
