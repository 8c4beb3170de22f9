// An exhibit has an address of its own; a chart is an SVG file one click away, its data are a link that needs no script; a table is a CSV file.
(() => {
  "use strict";
  const { make, save, words } = briefing;
  const FORMULA = /^(?:[=+@\t\r]|-(?![\d.,]+$))/;  // a text that begins so would be read as a formula: it gets an apostrophe

  /** The cells of a table as CSV. @param {HTMLTableElement} table */
  const csv = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => {
    const text = words(cell);
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }).join(",") + "\n").join("");

  for (const figure of document.querySelectorAll("figure.exhibit")) {
    const number = figure.querySelector("figcaption .number");
    if (number && figure.id) {
      const link = make("a", { class: "here", href: `#${figure.id}`, title: "Link to this exhibit" });
      link.append(...number.childNodes);
      number.append(link);
    }

    const table = /** @type {HTMLTableElement | null} */ (figure.querySelector("table.data"));
    if (table && !figure.classList.contains("register")) {  // the register is the file of facts itself
      const data = make("button", { type: "button", class: "csv" }, "Data (CSV)");
      data.addEventListener("click", () => save(`${figure.id.replace(/^exhibit-/, "")}.csv`, "text/csv", csv(table)));
      const under = figure.querySelector(".source") ?? figure.appendChild(make("div", { class: "source" }));
      under.append(" ", make("span", { class: "files" }, data));
    }

    const svg = figure.querySelector(".chart > svg");
    const source = figure.querySelector(".source");
    if (!svg || !source) continue;
    const button = make("button", { type: "button", class: "svg" }, "Chart (SVG)");
    button.addEventListener("click", () => {
      // the page gives each colour two values; a file of its own has the one for white ground
      const text = new XMLSerializer().serializeToString(svg).replace(/var\(--c[0-9a-f]{6},\s*(#[0-9a-f]{6})\)/gi, "$1");
      save(`${figure.id.replace(/^exhibit-/, "")}.svg`, "image/svg+xml", `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`);
    });
    // the two stay together on a line
    const files = make("span", { class: "files" });
    const data = source.querySelector("a.csv");
    if (data) {
      data.replaceWith(files);
      files.append(data, " ");
    } else {
      source.append(" ", files);
    }
    files.append(button);
  }
})();
