// Tables sort by a click on a column's name; the library moves the rows, this gives it keys and buttons.
(() => {
  "use strict";
  const { make, words } = briefing;
  const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
  /** @type {Record<string, number>} */
  const SCALES = { tn: 1e12, bn: 1e9, m: 1e6, k: 1e3 };

  /** A date or period as a number that sorts by its end. @param {string} text */
  const date = (text) => {
    const years = text.match(/\b(1[5-9]|20|21)\d\d\b/g);
    if (!years) return null;
    const end = text.slice(0, text.lastIndexOf(years[years.length - 1])).toLowerCase();
    const month = MONTHS.findLastIndex((name) => end.trimEnd().endsWith(name));
    const day = /(\d{1,2})\s+\w+\s*$/.exec(end);
    return Number(years[years.length - 1]) * 10_000 + (month + 1 || 12) * 100 + (day ? Number(day[1]) : 31);
  };
  /** The first number of a text with its scale. @param {string} text */
  const amount = (text) => {
    const found = /([-−]?\d[\d,\u202f\u2009]*(?:\.\d+)?)\s*(tn|bn|m|k)?\b/.exec(text);
    return found ? Number(found[1].replace("−", "-").replace(/[^\d.-]/g, "")) * (SCALES[found[2]] ?? 1) : null;
  };

  /** Give the cells of a column keys to sort by, where most of them hold dates or numbers. @param {HTMLTableElement} table @param {number} column @param {string} name */
  const key = (table, column, name) => {
    const cells = [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => row.cells[column]).filter(Boolean);
    const dated = /date|period|signed|cut-off|published|reading/i.test(name);
    const keys = cells.map((cell) => (dated ? date(words(cell)) : /^[^\d]{0,6}[-−]?\d/.test(words(cell)) ? amount(words(cell)) : null));
    const numeric = keys.filter((value) => value !== null).length > cells.length * 0.4;
    cells.forEach((cell, place) => { cell.dataset.sort = numeric ? String(keys[place] ?? "-1e99") : words(cell).toLowerCase(); });
  };

  // on a phone a row of words becomes a block (briefing.css): each cell then says its column
  const narrow = matchMedia("(max-width: 33.9rem)");
  const label = () => {
    if (!narrow.matches) return;
    narrow.removeEventListener("change", label);
    for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("main table.data"))) {
      const names = [...table.tHead?.rows[0].cells ?? []].map(words);
      table.classList.add("labelled");
      for (const body of table.tBodies) for (const row of body.rows) names.forEach((name, place) => { if (name && row.cells[place]) row.cells[place].dataset.label = name; });
    }
  };
  narrow.addEventListener("change", label);
  label();

  for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("main table.data"))) {
    if (!table.tHead || table.tBodies.length === 0 || table.tBodies[0].rows.length < 4) continue;
    table.classList.add("sortable", "asc");
    for (const header of table.tHead.rows[0].cells) {
      const name = words(header);
      if (!name) {
        header.classList.add("no-sort");
        continue;
      }
      const button = make("button", { type: "button", title: "Sort" });
      button.append(...header.childNodes);
      header.append(button);
      let keyed = false;
      button.addEventListener("click", () => {
        if (!keyed) key(table, header.cellIndex, name);
        keyed = true;
      });
    }
  }
})();
