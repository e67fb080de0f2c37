// What Streamlit says in English only, in the words of the page (window.policyWords); names that end in a blank
// are beginnings.
(() => {
  if (window.policyTranslate) return window.policyTranslate();
  const NAMES = ["aria-label", "title", "placeholder"];
  // Text of others is never touched.
  const OTHERS = ".stHtml, .stButton, .stDownloadButton, textarea, script, style";
  const told = new WeakMap();
  const say = (english) => {
    const words = window.policyWords;
    if (Object.hasOwn(words, english)) return words[english];
    const start = Object.keys(words).find((one) => one.endsWith(" ") && english.startsWith(one));
    return start === undefined ? english : words[start] + english.slice(start.length);
  };
  const put = (node, name, now, set) => {
    if (!now) return;
    const known = told.get(node) ?? {};
    const english = known[name]?.said === now ? known[name].english : now;
    const said = say(english);
    if (said === now) return;
    told.set(node, { ...known, [name]: { english, said } });
    set(said);
  };
  const attributes = (element) => {
    for (const name of NAMES)
      put(element, name, element.getAttribute(name), (said) => element.setAttribute(name, said));
  };
  const text = (node) => {
    if (!node.parentElement?.closest(OTHERS)) put(node, "", node.data, (said) => (node.data = said));
  };
  const sweep = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return text(root);
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(OTHERS)?.matches(".stHtml")) return;
    attributes(root);
    root.querySelectorAll(NAMES.map((name) => `[${name}]`).join()).forEach((one) => {
      if (!one.closest(".stHtml")) attributes(one);
    });
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) text(texts.currentNode);
  };
  window.policyTranslate = () => sweep(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(sweep);
      else if (change.type === "attributes") attributes(change.target);
      else text(change.target);
    }
  }).observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: NAMES,
  });
  sweep(document.body);
})();
