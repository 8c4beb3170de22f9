// What a number rests on, shown beside it on hover, focus or tap: the row of the register in short.
(() => {
  "use strict";
  const { make, words, row } = briefing;
  const ROWS = 3;
  const card = make("div", { id: "number-card", role: "tooltip", popover: "manual" });
  (document.querySelector("main") ?? document.body).append(card);
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  let follow = () => {};
  let timer = 0;

  /** One fact as a heading, its value and a list of what is known of it. @param {HTMLTableRowElement} tr */
  const summary = (tr) => {
    const [fact, value, period, kind, source, note] = [...tr.cells].map(words);
    const weak = /weak outlet|Superseded/.exec(note) ? note : "";
    const grade = tr.dataset.grade ?? "";
    const name = grade ? source.replace(new RegExp(`\\s*${grade}$`), "") : source;
    const pairs = [
      ["Period", period],
      ["Kind", tr.dataset.kind ?? kind],
      ["Source", grade ? `${name} (grade ${grade})` : name],
      ["Confidence", tr.dataset.confidence ?? ""],
      ["Note", weak],
    ].filter(([, text]) => text);
    return make("div", { class: "row" },
      make("p", { class: "what" }, words(tr.cells[0].querySelector("strong")) || fact),
      make("p", { class: "value" }, value),
      make("dl", {}, ...pairs.flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, text)])));
  };

  /** @param {HTMLAnchorElement} link */
  const show = async (link) => {
    if (shown === link) return;
    hide();
    shown = link;
    const ids = (link.dataset.fact ?? "").split(/\s+/).filter(Boolean);
    const rows = (await Promise.all(ids.slice(0, ROWS).map((id) => row(`fact-${id}`)))).filter((tr) => tr !== null);
    if (shown !== link || rows.length === 0) return;
    const computed = ids.length > 1 || link.classList.contains("derived");
    const touch = matchMedia("(hover: none)").matches;
    card.replaceChildren(
      ...(computed ? [make("p", { class: "computed" }, `Computed from ${ids.length === 1 ? "this fact" : `${ids.length} facts`}`)] : []),
      ...rows.map(summary),
      make("p", { class: "hint" }, touch ? "Tap again for its row in the register" : "Click for its row in the register"));
    link.setAttribute("aria-describedby", card.id);
    card.showPopover();
    follow = FloatingUIDOM.autoUpdate(link, card, async () => {
      const { offset, flip, shift } = FloatingUIDOM;
      const { x, y } = await FloatingUIDOM.computePosition(link, card, { strategy: "fixed", placement: "top", middleware: [offset(8), flip(), shift({ padding: 8 })] });
      Object.assign(card.style, { left: `${x}px`, top: `${y}px` });
    });
  };

  const hide = () => {
    clearTimeout(timer);
    if (!shown) return;
    follow();
    follow = () => {};
    shown.removeAttribute("aria-describedby");
    shown = null;
    if (card.matches(":popover-open")) card.hidePopover();
  };

  /** @param {EventTarget | null} target */
  const number = (target) => (target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-fact]")) : null);
  /** @param {number} wait @param {() => void} action */
  const after = (wait, action) => { clearTimeout(timer); timer = setTimeout(action, wait); };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = number(event.target);
    if (link) after(150, () => show(link));
    else if (event.target instanceof Node && card.contains(event.target)) clearTimeout(timer);  // the card may be read at leisure
    else if (shown && shown !== document.activeElement) after(250, hide);
  });
  document.addEventListener("focusin", (event) => {
    const link = number(event.target);
    if (link?.matches(":focus-visible")) show(link);
    else if (!link) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    hide();
    event.stopPropagation();
  }, true);
  // the first tap shows, the second follows the link
  let kind = "";
  document.addEventListener("pointerdown", (event) => { kind = event.pointerType; }, true);
  document.addEventListener("click", (event) => {
    const link = number(event.target);
    if (link && kind === "touch" && shown !== link) {
      event.preventDefault();
      show(link);
    } else if (!(event.target instanceof Node && card.contains(event.target))) {
      hide();
    }
  });
})();
