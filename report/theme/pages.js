// What the other scripts share: the pages with their rows, and small tools to build elements.
(() => {
  "use strict";
  /** @type {string | undefined} the script that brings the other pages of a site; the self-contained page needs none */
  const site = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.dataset.site;
  /** @type {Promise<BriefingRoot[]> | undefined} */
  let found;

  /** @param {string} address */
  const load = (address) => new Promise((resolve, reject) => {
    document.head.append(make("script", { src: address }));
    const script = /** @type {HTMLScriptElement} */ (document.head.lastElementChild);
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
  });

  /** Every page: the open one, and those of the site, fetched when first asked for. */
  const roots = () => found ??= (async () => {
    const here = [{ address: "", root: document }];
    if (!site) return here;
    await load(site);
    const open = location.pathname.split("/").pop() || "index.html";
    const parser = new DOMParser();
    for (const [address, text] of Object.entries(window.briefingSite ?? {})) {
      if (address !== open) here.push({ address, root: parser.parseFromString(text, "text/html") });
    }
    return here;
  })();

  /** The element with an id, on whatever page it lies. @param {string} id */
  const element = async (id) => document.getElementById(id) ?? (await roots()).map(({ root }) => root.getElementById(id)).find(Boolean) ?? null;

  /** Text of an element with single spaces. @param {Element | null | undefined} element */
  const words = (element) => (element?.textContent ?? "").replace(/[\s\u200b]+/g, " ").trim();

  /** Lower case without accents, so that a name is found however it is typed. @param {string} text */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** An element with attributes and content; content is text or nodes, never markup. @type {typeof briefing.make} */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  /** Hand a text to the reader as a file. @param {string} name @param {string} type @param {string} text */
  const save = (name, type, text) => {
    const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  };

  window.briefing = { roots, element, words, plain, make, save };
})();
