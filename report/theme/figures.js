// An exhibit has an address of its own; a chart is an SVG file one click away, its data are a link that needs no script.
(() => {
  "use strict";
  const { make, save } = briefing;
  for (const figure of document.querySelectorAll("figure.exhibit")) {
    const number = figure.querySelector("figcaption .number");
    if (number && figure.id) {
      const link = make("a", { class: "here", href: `#${figure.id}`, title: "Link to this exhibit" });
      link.append(...number.childNodes);
      number.append(link);
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
