// Search over text, exhibits, register and sources. The index is made when the search is first opened.
(() => {
  "use strict";
  const { make, words, plain, roots } = briefing;
  const SHOWN = 40;
  /** @typedef {{ id: number, address: string, title: string, trail: string, text: string, weight?: number }} Entry */

  /** Headings above an element, outermost first. @param {Element} element @param {Document} root @returns {string[]} */
  const trail = (element, root) => {
    const found = [];
    for (let section = element.closest("section[id]"); section; section = section.parentElement?.closest("section[id]") ?? null) {
      const heading = section.querySelector(":scope > :is(h1, h2, h3, h4, h5)");
      if (heading) found.unshift(words(heading));
    }
    const title = root.querySelector("h1.title");
    if (title && !document.querySelector("nav#contents")) found.unshift(words(title));
    return found;
  };

  /** Text of a section without that of its subsections, tables and exhibits. @param {Element} section */
  const own = (section) => [...section.children]
    .filter((child) => !child.matches("section, figure, h1, h2, h3, h4, h5"))
    .map(words).join(" ");

  /** @param {BriefingRoot} page @returns {Omit<Entry, "id">[]} */
  const entriesOf = ({ address, root }) => {
    const entries = [];
    const main = root.querySelector("main") ?? root.body;
    const sections = [...main.querySelectorAll("section[id]")];
    const title = words(root.querySelector("h1.title"));
    if (address || !document.querySelector("nav#contents")) {
      entries.push({ address: `${address}#`, title, trail: "", text: own(main) });
    }
    for (const section of sections) {
      const headings = trail(section, root);
      entries.push({ address: `${address}#${section.id}`, title: headings.pop() ?? "", trail: headings.join(" › "), text: own(section), weight: 2 });
    }
    for (const figure of main.querySelectorAll("figure.exhibit")) {
      const caption = figure.querySelector("figcaption .title");
      const long = figure.matches(".register");
      const text = long ? "" : `${words(figure.querySelector("figcaption .subtitle"))} ${words(figure.querySelector("table"))}`;
      const name = `${words(figure.querySelector("figcaption .number"))} ${words(caption)}`;
      entries.push({ address: `${address}#${figure.id}`, title: name, trail: trail(figure, root).join(" › "), text });
    }
    for (const row of main.querySelectorAll("figure.register tr[id]")) {
      const [first, ...rest] = [...row.children];
      const name = words(first?.querySelector("strong")) || words(first);
      const text = `${words(first).slice(name.length)} ${rest.map(words).filter((said) => said && said !== "\u2014").join(" · ")}`;
      entries.push({ address: `${address}#${row.id}`, title: name, trail: trail(row, root).join(" › "), text });
    }
    return entries;
  };

  /** @type {Promise<{ index: any, entries: Entry[] }> | undefined} */
  let ready;
  const prepare = () => ready ??= (async () => {
    const entries = (await roots()).flatMap(entriesOf).map((entry, id) => ({ id, ...entry }));
    const index = new MiniSearch({
      fields: ["title", "trail", "text"],
      processTerm: plain,
      searchOptions: {
        boost: { title: 4, trail: 1.5 },
        combineWith: "AND",
        prefix: true,
        /** Text before the rows that it rests on. @param {number} id */
        boostDocument: (id) => entries[id].weight ?? 1,
        /** @param {string} term */
        fuzzy: (term) => (term.length > 5 && !/\d/.test(term) ? 0.15 : false),
      },
    });
    await index.addAllAsync(entries, { chunkSize: 250 });
    return { index, entries };
  })();

  /** The stretch of a text around the first word found, with the words marked. @param {string} text @param {string[]} terms */
  const excerpt = (text, terms) => {
    const low = plain(text);
    const places = low.length === text.length ? terms.map((term) => low.indexOf(term)).filter((place) => place >= 0) : [];
    const start = Math.max(0, Math.min(...(places.length ? places : [0])) - 60);
    const cut = (start ? "… " : "") + text.slice(start, start + 190).replace(/^\S*\s/, start ? "" : "$&") + (text.length > start + 190 ? " …" : "");
    const pattern = new RegExp(`(${terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "giu");
    const parts = terms.length ? cut.split(pattern) : [cut];
    return parts.map((part, place) => (place % 2 ? make("mark", {}, part) : part));
  };

  const input = make("input", { type: "search", id: "search-words", autocomplete: "off", spellcheck: "false", "aria-describedby": "search-status", enterkeyhint: "search" });
  const status = make("p", { id: "search-status", class: "status", role: "status" }, "Words of the text, of the register or of a source");
  const results = make("ol", { class: "results" });
  const close = make("button", { type: "button", class: "close" }, "Close");
  const dialog = make("dialog", { class: "search", "aria-label": "Search the briefing" },
    make("form", { method: "dialog" }, make("label", { for: "search-words" }, "Search"), input, close), status, results);
  document.body.append(dialog);

  let asked = 0;
  const show = async () => {
    const query = input.value.trim();
    const turn = ++asked;
    if (!query) {
      results.replaceChildren();
      status.textContent = "Words of the text, of the register or of a source";
      return;
    }
    const { index, entries } = await prepare();
    if (turn !== asked) return;
    const found = index.search(query);
    status.textContent = found.length === 0 ? "Nothing found" : found.length > SHOWN ? `${found.length} places; the best ${SHOWN} are shown` : `${found.length} place${found.length === 1 ? "" : "s"}`;
    results.replaceChildren(...found.slice(0, SHOWN).map((/** @type {{ id: number, terms: string[] }} */ hit) => {
      const entry = entries[hit.id];
      const link = make("a", { href: entry.address }, make("span", { class: "title" }, ...excerpt(entry.title, hit.terms)));
      return make("li", {}, link, make("span", { class: "trail" }, entry.trail), make("span", { class: "excerpt" }, ...excerpt(entry.text, hit.terms)));
    }));
    results.scrollTop = 0;
  };
  let pause = 0;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(show, 120);
  });

  const open = () => {
    if (!dialog.open) dialog.showModal();
    input.select();
    prepare();
  };
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.querySelector("form")?.addEventListener("submit", (event) => {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (results.querySelector("a"))?.click();
  });
  results.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("a")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {  // in a search field it would only clear the words
      event.preventDefault();
      dialog.close();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, .../** @type {NodeListOf<HTMLElement>} */ (results.querySelectorAll("a"))];
    const place = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + (event.key === "ArrowDown" ? 1 : -1);
    stops[place]?.focus();
    event.preventDefault();
  });

  // the self-contained page brings its buttons along; Quarto's sidebar gets one
  document.querySelector("#quarto-sidebar :is(.sidebar-header, .pt-lg-2)")?.append(
    make("button", { type: "button", class: "search-open", "aria-keyshortcuts": "/" }, "Search", make("kbd", { "aria-hidden": "true" }, "/")));
  for (const button of document.querySelectorAll(".search-open")) button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || target.isContentEditable || target.matches("input, select, textarea")) return;
    event.preventDefault();
    open();
  });
})();
