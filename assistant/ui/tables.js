// Sorts a table of an answer by a column, without asking the server: upwards, downwards, as it was.
(() => {
  if (window.policyTables) return;
  window.policyTables = true;
  const FIGURE = /^[^\d\p{Script=Han}]{0,3}?([-−－]?)[≥≤＞＜><约〔(（]?(\d[\d,]*(?:\.\d+)?)\s*(万亿|万|亿)?/u;
  const UNITS = { 万: 1e4, 亿: 1e8, 万亿: 1e12 };
  const NEXT = { ascending: "descending", descending: "none" };
  const SIGNS = { ascending: 1, descending: -1, none: 0 };
  const places = new WeakMap();
  const said = (cell) => {
    const copy = cell?.cloneNode(true);
    copy?.querySelectorAll(".pa-mark").forEach((mark) => mark.remove());
    return (copy?.textContent ?? "").trim();
  };
  const figure = (text) => {
    const found = FIGURE.exec(text);
    return found && (found[1] ? -1 : 1) * Number(found[2].replaceAll(",", "")) * (UNITS[found[3]] ?? 1);
  };
  const silent = (text) => /^[—–－\-/、\s]*$/.test(text);
  // What has no value stands last in both directions.
  const order = (one, other, sign, numeric) => {
    if (!sign || silent(one) || silent(other)) return sign && silent(one) - silent(other);
    return sign * (numeric ? figure(one) - figure(other) : one.localeCompare(other, "zh-Hans-CN", { numeric: true }));
  };
  const sort = (table, column, direction) => {
    const rows = [...table.tBodies[0].rows];
    rows.forEach((row, at) => places.has(row) || places.set(row, at));
    table.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    [...table.tHead.rows].pop().cells[column].setAttribute("aria-sort", direction);
    const texts = new Map(rows.map((row) => [row, said(row.cells[column])]));
    const numeric = [...texts.values()].every((text) => silent(text) || figure(text) !== null);
    rows.sort((one, other) => order(texts.get(one), texts.get(other), SIGNS[direction], numeric) || places.get(one) - places.get(other));
    table.tBodies[0].append(...rows);
  };
  // The page draws an answer anew when something is clicked, its table as it was made: it is known by what it says.
  const chosen = new Map();
  const names = new WeakMap();
  const nameOf = (table) => {
    if (!names.has(table)) names.set(table, table.textContent + table.querySelector("a")?.href);
    return names.get(table);
  };
  document.addEventListener("click", (event) => {
    const head = event.target.closest?.(".pa-sort")?.closest("th");
    if (!head) return;
    const table = head.closest("table");
    chosen.set(nameOf(table), [head.cellIndex, NEXT[head.getAttribute("aria-sort")] ?? "ascending"]);
    sort(table, ...chosen.get(nameOf(table)));
  });
  new MutationObserver(() => {
    if (!chosen.size) return;
    for (const table of document.querySelectorAll(".pa-answer table:not(:has([aria-sort]))")) {
      const kept = table.querySelector(".pa-sort") && chosen.get(nameOf(table));
      if (kept) sort(table, ...kept);
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
