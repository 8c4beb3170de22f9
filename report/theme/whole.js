// A chart fits a phone with small letters; a tap shows it large, lying along the long side of the screen.
(() => {
  "use strict";
  const { make, words } = briefing;
  const LEAST = 1.2;  // pixels for a unit of the drawing: its smallest letters, of 7.5 units, are then 9 pixels
  const narrow = matchMedia("(max-width: 40rem)");

  /** @param {HTMLElement} chart @param {SVGSVGElement} svg @param {string} name */
  const open = (chart, svg, name) => {
    const close = make("button", { type: "button", class: "close" }, "Close");
    const sheet = make("div", { class: "sheet" });
    const room = make("div", { class: "room", tabindex: "0", role: "region", "aria-label": name }, sheet);
    // inside the chart, whose colours it takes on
    const dialog = make("dialog", { class: "whole", "aria-label": name }, make("p", {}, name, close), room);
    const lay = () => {
      const { width, height } = svg.viewBox.baseVal;
      const upright = Math.min(room.clientWidth / width, room.clientHeight / height);
      const lying = Math.min(room.clientHeight / width, room.clientWidth / height);
      const turn = lying > upright * 1.15;
      const scale = Math.max(turn ? lying : upright, LEAST);
      const [long, high] = [width * scale, height * scale];
      Object.assign(sheet.style, { width: `${turn ? high : long}px`, height: `${turn ? long : high}px` });
      svg.style.setProperty("width", `${long}px`, "important");
      svg.style.setProperty("height", `${high}px`, "important");
      svg.style.transform = turn ? `translateX(${high}px) rotate(90deg)` : "";
      room.scrollLeft = turn ? room.scrollWidth : 0;  // where even so not all fits, its head is shown first
    };
    const style = svg.getAttribute("style");
    chart.style.minHeight = `${chart.offsetHeight}px`;
    dialog.addEventListener("close", () => {
      removeEventListener("resize", lay);
      if (style === null) svg.removeAttribute("style"); else svg.setAttribute("style", style);
      chart.prepend(svg);
      chart.style.minHeight = "";
      dialog.remove();
    });
    close.addEventListener("click", () => dialog.close());
    chart.append(dialog);
    sheet.append(svg);
    dialog.showModal();
    addEventListener("resize", lay);
    lay();
  };

  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("figure.exhibit"))) {
    const chart = /** @type {HTMLElement | null} */ (figure.querySelector(".chart"));
    const svg = /** @type {SVGSVGElement | null} */ (chart?.querySelector(":scope > svg"));
    if (!chart || !svg) continue;
    const show = () => open(chart, svg, words(figure.querySelector("figcaption .title")));
    const button = make("button", { type: "button", class: "see-whole" }, "Enlarge the chart");
    button.addEventListener("click", show);
    chart.before(button);
    chart.addEventListener("click", (event) => {
      if (narrow.matches && event.target instanceof Element && !event.target.closest("dialog, a")) show();
    });
  }
})();
