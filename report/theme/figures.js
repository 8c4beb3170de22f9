// A chart as an SVG file, one click away; the data beside it are a link that needs no script.
(() => {
  "use strict";
  const { make, save } = briefing;
  // where a chart is wider than the screen (briefing.css) the keyboard can scroll it
  const narrow = matchMedia("(max-width: 40rem)");
  const reach = () => {
    for (const chart of document.querySelectorAll("figure.exhibit .chart")) {
      if (narrow.matches) chart.setAttribute("tabindex", "0");
      else chart.removeAttribute("tabindex");
    }
  };
  narrow.addEventListener("change", reach);
  reach();

  for (const figure of document.querySelectorAll("figure.exhibit")) {
    const svg = figure.querySelector(".chart > svg");
    const source = figure.querySelector(".source");
    if (!svg || !source) continue;
    const button = make("button", { type: "button", class: "svg" }, "Chart (SVG)");
    button.addEventListener("click", () => {
      // the page gives each colour two values; a file of its own has the one for white ground
      const text = new XMLSerializer().serializeToString(svg).replace(/var\(--c[0-9a-f]{6},\s*(#[0-9a-f]{6})\)/gi, "$1");
      save(`${figure.id.replace(/^exhibit-/, "")}.svg`, "image/svg+xml", `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`);
    });
    source.append(" ", button);
  }
})();
