// The size of the text and the colours, as this browser's reader prefers them; the server is not asked.
(() => {
  if (window.policyPreferences) return;
  window.policyPreferences = true;
  const kept = (name) => localStorage.getItem(`policy-${name}`) ?? { size: "", theme: "System" }[name];
  const resize = () => {
    const size = kept("size");
    document.documentElement.style.fontSize = size && `${size}%`;
  };
  // Streamlit keeps a theme for each address, and looks for it when the page is loaded.
  const recolour = () => {
    const key = `stActiveTheme-${location.pathname}-v2`;
    const wanted = JSON.stringify(kept("theme"));
    if ((localStorage.getItem(key) ?? '"System"') === wanted) return;
    localStorage.setItem(key, wanted);
    // Once only: what another version of Streamlit forgets is not worth a page that loads for ever.
    if (sessionStorage.getItem("policy-coloured") === key + wanted) return;
    sessionStorage.setItem("policy-coloured", key + wanted);
    location.reload();
  };
  const mark = () => {
    for (const button of document.querySelectorAll("[data-preference]")) {
      const pressed = String(kept(button.dataset.preference) === button.dataset.value);
      if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
  };
  document.addEventListener("click", (event) => {
    const { preference, value } = event.target.closest?.("[data-preference]")?.dataset ?? {};
    if (preference === undefined) return;
    localStorage.setItem(`policy-${preference}`, value);
    sessionStorage.removeItem("policy-coloured");
    mark();
    resize();
    recolour();
  });
  new MutationObserver(mark).observe(document.body, { childList: true, subtree: true });
  resize();
  recolour();
})();
