// Streamlit's own English, in the page's language: seen and read out alike (wording.py has the words).
(() => {
  if (window.policyWords) return;
  window.policyWords = true;
  const NAMES = ["aria-label", "title", "placeholder"];
  const NAMED = NAMES.map((name) => `[${name}]`).join(",");
  // Elsewhere a text may be a document's.
  const TEXTS = ["stFileUploader", "stChatInput", "stTopNavSection", "stSkipToContent", "stTooltipContent"].map((id) => `[data-testid=${id}]`).join(",");
  const NAMES_OF_FILES = "[data-testid=stFileChipName]";
  let written = null;
  let words = [];
  let change = [];
  const pattern = (text) => new RegExp(`^${text.replace(/[.()]/g, "\\$&").replace("*", "(.+)")}$`);
  const changed = (text) => {
    for (const [from, to] of change) {
      const found = from.exec(text);
      if (found) return to.replace("*", () => found[1]);
    }
    return text;
  };
  const rename = (element) => {
    for (const name of NAMES) {
      const text = element.getAttribute(name);
      const told = text && changed(text);
      if (told !== text) element.setAttribute(name, told);
    }
  };
  const reword = (node) => {
    const told = changed(node.data);
    if (told !== node.data && !node.parentElement.closest(NAMES_OF_FILES)) node.data = told;
  };
  const put = (root) => {
    if (root.nodeType === Node.TEXT_NODE) {
      if (root.parentElement?.closest(TEXTS)) reword(root);
    } else if (root.nodeType === Node.ELEMENT_NODE) {
      [root, ...root.querySelectorAll(NAMED)].forEach(rename);
      for (const part of root.closest(TEXTS) ? [root] : root.querySelectorAll(TEXTS)) {
        const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) reword(texts.currentNode);
      }
    }
  };
  // Another language begins from the words of the one before.
  const read = () => {
    const now = document.getElementById("pa-words")?.dataset.words;
    if (!now || now === written) return;
    written = now;
    const next = Object.entries(JSON.parse(now));
    change = next.map(([english, told], at) => [pattern(words[at]?.[1] ?? english), told]);
    put(document.body);
    words = next;
    change = next.map(([english, told]) => [pattern(english), told]);
  };
  new MutationObserver((records) => {
    read();
    for (const { type, target, addedNodes } of records) {
      if (type === "childList") addedNodes.forEach(put);
      else if (type === "attributes") rename(target);
      else put(target);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: NAMES });
  read();
})();
