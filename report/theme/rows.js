// A field above each long table keeps the rows that have the words typed into it; the register has filters of its own.
(() => {
  "use strict";
  const { make, words, plain } = briefing;
  const LONG = 20;

  for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("main table.data"))) {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const figure = table.closest("figure");
    if (!figure || rows.length < LONG || rows[0].dataset.partner) continue;
    const id = `rows-${figure.id}`;
    const input = make("input", { type: "search", id, autocomplete: "off", spellcheck: "false", "aria-label": `Find rows of ${words(figure.querySelector("figcaption .number")) || "this table"}` });
    const status = make("span", { class: "status", role: "status" });
    table.closest(".table-scroll")?.before(make("div", { class: "rows" }, make("label", { for: id }, "Find rows"), input, status));

    /** @type {string[] | undefined} */
    let texts;
    const apply = () => {
      texts ??= rows.map((row) => plain(words(row)));
      const wanted = plain(input.value).split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, place) => {
        row.hidden = !wanted.every((word) => texts?.[place].includes(word));
        if (!row.hidden) count += 1;
      });
      status.textContent = wanted.length ? `${count} of ${rows.length}` : "";
    };
    input.addEventListener("input", apply);
    // a link to a row that is hidden brings it back
    addEventListener("hashchange", () => {
      const target = document.getElementById(location.hash.slice(1));
      if (!target?.closest("[hidden]") || !table.contains(target)) return;
      input.value = "";
      apply();
      target.scrollIntoView();
    });
  }
})();
