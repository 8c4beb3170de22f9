// What a number rests on, shown beside it on hover, focus or tap: its row of the register, its source, claim or exhibit in short.
(() => {
  "use strict";
  const { make, words, element } = briefing;
  const ROWS = 3;
  const card = make("div", { id: "number-card", role: "tooltip", popover: "manual" });
  (document.querySelector("main") ?? document.body).append(card);
  /** @type {HTMLAnchorElement | null} */
  let shown = null;
  let follow = () => {};
  let timer = 0;

  /** Whether a cell says anything; a dash does not. @param {string} text */
  const told = (text) => text !== "" && text !== "\u2014";

  /** A heading, a value and a list of what is known of it. @param {string} what @param {string} value @param {string[][]} pairs */
  const block = (what, value, pairs) => make("div", { class: "row" },
    make("p", { class: "what" }, what),
    ...(told(value) ? [make("p", { class: "value" }, value)] : []),
    make("dl", {}, ...pairs.filter(([, text]) => told(text)).flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, text)])));

  /** @param {HTMLTableRowElement} tr */
  const fact = (tr) => {
    const [text, value, period, kind, source, note] = [...tr.cells].map(words);
    const weak = /weak outlet|Superseded/.exec(note) ? note : "";
    const grade = tr.dataset.grade ?? "";
    const name = grade ? source.replace(new RegExp(`\\s*${grade}$`), "") : source;
    const what = words(tr.cells[0].querySelector("strong")) || text;
    return block(what, value, [
      ["Fact", told(value) ? "" : text.slice(what.length).trim()],
      ["Period", period],
      ["Kind", tr.dataset.kind ?? kind],
      ["Source", grade ? `${name} (grade ${grade})` : name],
      ["Confidence", tr.dataset.confidence ?? ""],
      ["Note", weak],
    ]);
  };

  /** @param {HTMLTableRowElement} tr */
  const source = (tr) => {
    const [title, kind, grade, , note] = [...tr.cells].map(words);
    const name = words(tr.cells[0].querySelector("strong"));
    return block(name, "", [["Source", title.slice(name.length).replace(/^[:\s]+/, "")], ["Kind", kind], ["Grade", grade.replace(/^([A-D]) /, "$1, ")], ["Note", note]]);
  };

  /** @param {HTMLTableRowElement} tr */
  const claim = (tr) => {
    const [text, verdict, better, why] = [...tr.cells].map(words);
    return block(text, "", [["Verdict", verdict], ["Better value", better], ["Why", why]]);
  };

  /** A figure or table that a number was computed in or can be read from. @param {HTMLElement} figure */
  const exhibit = (figure) => make("div", { class: "row" }, ...["number", "title", "subtitle"].flatMap((part) => {
    const text = words(figure.querySelector(`figcaption .${part}`));
    return text ? [make("p", { class: part }, text)] : [];
  }));

  /** What kinds of link have a card: how their target begins, how it is told, and what a click leads to. @type {[RegExp, (element: any) => HTMLElement, string][]} */
  const KINDS = [
    [/^fact-/, fact, "its row in the register"],
    [/^source-/, source, "the source in the list"],
    [/^claim-/, claim, "the claim in its ledger"],
    [/^exhibit-/, exhibit, "the exhibit"],
  ];

  /** @param {HTMLAnchorElement} link */
  const show = async (link) => {
    if (shown === link) return;
    hide();
    shown = link;
    const facts = (link.dataset.fact ?? "").split(/\s+/).filter(Boolean);
    const ids = facts.length ? facts.map((id) => `fact-${id}`) : [link.hash.slice(1)];
    const [, tell, place] = KINDS.find(([begin]) => begin.test(ids[0])) ?? KINDS[0];
    const found = (await Promise.all(ids.slice(0, ROWS).map(element))).filter((target) => target !== null);
    if (shown !== link || found.length === 0) return;
    const computed = facts.length > 1 || link.classList.contains("derived");
    const touch = matchMedia("(hover: none)").matches;
    card.replaceChildren(
      ...(computed ? [make("p", { class: "computed" }, `Computed from ${facts.length === 1 ? "this fact" : `${facts.length} facts`}`)] : []),
      ...found.map(tell),
      make("p", { class: "hint" }, `${touch ? "Tap again" : "Click"} for ${place}`));
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
  const number = (target) => {
    const link = target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (target.closest("main a:is([data-fact], .cite, .claim, .ref)")) : null;
    if (!link || link.dataset.fact) return link;
    // "Table 1.3" says itself where it leads; a chapter has no card
    return KINDS.some(([begin]) => begin.test(link.hash.slice(1))) && !/^(Figure|Table) \d/.test(words(link)) ? link : null;
  };
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
