// Two comforts of the embedded page; without this script it reads the same.
(() => {
  "use strict";
  const root = document.documentElement;

  // Light or dark: what the system says, until the reader chooses.
  const button = document.querySelector(".theme");
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
  button.hidden = false;

  // Contents: mark the section being read and unfold its chapter.
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  const sections = [...document.querySelectorAll("main section[id]")].filter((section) => links.has(section.id));
  const nav = document.querySelector("nav");
  let current = null;
  const mark = () => {
    const line = innerHeight * 0.25;
    let found = sections[0];
    for (const section of sections) if (section.getBoundingClientRect().top <= line) found = section;
    const link = found && links.get(found.id);
    if (!link || link === current) return;
    if (current) current.removeAttribute("aria-current");
    nav.querySelectorAll(".open").forEach((item) => item.classList.remove("open"));
    link.setAttribute("aria-current", "location");
    for (let item = link.closest("li"); item; item = item.parentElement.closest("li")) item.classList.add("open");
    const box = link.getBoundingClientRect(), frame = nav.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) nav.scrollTop += box.top - frame.top - frame.height / 3;
    current = link;
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();
})();
