// Filters of the register; what is chosen stands in the address (#register?partner=LAO), so that it can be sent on.
(() => {
  "use strict";
  const { make, words } = briefing;
  /** @type {NodeListOf<HTMLTableRowElement>} */
  const rows = document.querySelectorAll("figure.register tr[data-partner]");
  const first = rows[0]?.closest("section");
  if (!first) return;

  /** @type {Record<string, string>} */
  const GRADES = { A: "A (primary)", B: "B (established)", C: "C (secondary)", D: "D (weak)" };
  /** @type {[string, string][]} */
  const FIELDS = [["partner", "Partner"], ["dimension", "Dimension"], ["kind", "Kind"], ["grade", "Source grade"], ["confidence", "Confidence"], ["verdict", "Verdict on a claim"]];
  const ORDER = ["high", "medium", "low"];

  /** @param {string} field @param {string} value */
  const label = (field, value) => {
    if (field === "partner") return words(document.querySelector(`#register-${value.toLowerCase()} > :is(h2, h3)`)) || value;
    return field === "grade" ? GRADES[value] ?? value : value;
  };
  /** Values of a field: partners in the order of the book, confidence from high to low, others by name. @param {string} field */
  const values = (field) => {
    const found = [...new Set([...rows].flatMap((row) => (row.dataset[field] ?? "").split(field === "verdict" ? " " : "\n")))].filter(Boolean);
    if (field === "confidence") return found.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
    return field === "partner" ? found : found.sort();
  };

  /** @type {Record<string, HTMLSelectElement>} */
  const selects = {};
  const form = make("form", { class: "filter", "aria-label": "Filter the register" });
  for (const [field, name] of FIELDS) {
    const id = `filter-${field}`;
    selects[field] = make("select", { id, name: field }, make("option", { value: "" }, "all"), ...values(field).map((value) => make("option", { value }, label(field, value))));
    form.append(make("div", {}, make("label", { for: id }, name), selects[field]));
  }
  const status = make("p", { class: "status", role: "status" });
  const reset = make("button", { type: "reset" }, "Show all");
  form.append(make("div", { class: "outcome" }, status, reset));
  first.before(form);

  const apply = () => {
    const wanted = FIELDS.map(([field]) => field).filter((field) => selects[field].value);
    let count = 0;
    for (const row of rows) {
      const kept = wanted.every((field) => {
        const value = row.dataset[field] ?? "";
        return field === "verdict" ? value.split(" ").includes(selects[field].value) : value === selects[field].value;
      });
      row.hidden = !kept;
      if (kept) count += 1;
    }
    for (const figure of document.querySelectorAll("figure.register")) {
      const held = figure.querySelectorAll("tr[data-partner]");
      const section = /** @type {HTMLElement | null} */ (figure.closest("section"));
      if (held.length && section) section.hidden = ![...held].some((row) => !(/** @type {HTMLElement} */ (row).hidden));
    }
    reset.hidden = wanted.length === 0;
    const [kept, all] = [count, rows.length].map((number) => number.toLocaleString("en-GB"));
    status.textContent = wanted.length === 0 ? `${all} facts` : count ? `${kept} of ${all} facts` : `No fact of ${all} fits`;
  };

  const remember = () => {
    const chosen = new URLSearchParams(FIELDS.map(([field]) => [field, selects[field].value]).filter(([, value]) => value));
    history.replaceState(null, "", `#register${chosen.size ? `?${chosen}` : ""}`);
  };
  form.addEventListener("change", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());

  /** The address says what to show: a choice, or a row that has to be visible. */
  const read = () => {
    const [place, query] = location.hash.slice(1).split("?");
    if (place === "register" && query !== undefined) {
      const chosen = new URLSearchParams(query);
      for (const [field] of FIELDS) selects[field].value = chosen.get(field) ?? "";
      for (const [field] of FIELDS) if (selects[field].selectedIndex < 0) selects[field].value = "";
      apply();
      form.scrollIntoView();
    } else if (document.getElementById(place)?.closest("[hidden]")) {
      for (const [field] of FIELDS) selects[field].value = "";
      apply();
      document.getElementById(place)?.scrollIntoView();
    }
  };
  addEventListener("hashchange", read);
  apply();
  read();
})();
