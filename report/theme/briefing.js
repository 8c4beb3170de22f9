// Two comforts of the embedded page; without this script it reads the same.
(() => {
  "use strict";
  const root = document.documentElement;

  // Light or dark: what the system says, until the reader chooses.
  const button = /** @type {HTMLButtonElement} */ (document.querySelector("button.theme"));
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const label = () => { button.textContent = dark() ? "Light" : "Dark"; button.setAttribute("aria-label", `Switch to ${dark() ? "light" : "dark"} colours`); };
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("briefing-theme", root.dataset.theme); } catch { /* a file opened from disk may have no storage */ }
    label();
  });
  system.addEventListener("change", label);
  label();

  // Contents: mark the section being read and unfold its chapter.
  const nav = /** @type {HTMLElement} */ (document.querySelector("nav#contents"));
  const links = new Map([.../** @type {NodeListOf<HTMLAnchorElement>} */ (nav.querySelectorAll("a"))].map((link) => [link.hash.slice(1), link]));
  const chapters = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("main > section[id]"))];
  /** @type {HTMLAnchorElement | null} */
  let current = null;
  const mark = () => {
    const line = innerHeight * 0.25;
    /** The last one that begins above the line; a filter of the register hides some. @param {HTMLElement[]} sections */
    const reached = (sections) => sections.findLast((section) => !section.hidden && section.getBoundingClientRect().top <= line);
    const chapter = reached(chapters) ?? chapters[0];
    // only the sections of this chapter are asked: to ask one far away would have it laid out
    const found = reached([.../** @type {NodeListOf<HTMLElement>} */ (chapter.querySelectorAll(":scope > section[id]"))]) ?? chapter;
    const link = found && links.get(found.id);
    if (!link || link === current) return;
    if (current) current.removeAttribute("aria-current");
    nav.querySelectorAll(".open").forEach((item) => item.classList.remove("open"));
    nav.classList.add("marked");  // until then the style shows the first chapter open, so that nothing moves
    link.setAttribute("aria-current", "location");
    for (let item = link.closest("li"); item; item = item.parentElement?.closest("li") ?? null) item.classList.add("open");
    const box = link.getBoundingClientRect(), frame = nav.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) nav.scrollTop += box.top - frame.top - frame.height / 3;
    current = link;
  };
  // The line being read is kept with the address: back, forward and a reload return to it, not to the head of its chapter.
  let pause = 0;
  const keep = () => {
    clearTimeout(pause);
    const section = current && document.getElementById(current.hash.slice(1));
    if (section && scrollY > 0) history.replaceState({ place: section.id, top: section.getBoundingClientRect().top }, "");
  };
  addEventListener("click", keep, { capture: true });
  addEventListener("pagehide", keep);
  let waiting = false;
  addEventListener("scroll", () => {
    clearTimeout(pause);
    pause = setTimeout(keep, 300);
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();

  // Sections are laid out as they come near; a jump arrives once those around its target have their sizes.
  const land = () => {
    const { place, top } = /** @type {{ place?: string, top?: number }} */ (history.state ?? {});
    const target = document.getElementById(place ?? location.hash.slice(1));
    let steps = 0;
    const step = () => {
      target?.scrollIntoView();
      if (target && top !== undefined) scrollBy(0, target.getBoundingClientRect().top - top);
      if (++steps < 5) requestAnimationFrame(step);
    };
    if (target) requestAnimationFrame(step);
  };
  addEventListener("hashchange", land);
  land();
})();
