// Names that the scripts share, for the type check (`deno check`, in `make test`); no page loads this file.
declare const MiniSearch: any;
declare const FloatingUIDOM: {
  computePosition(reference: Element, floating: HTMLElement, options: object): Promise<{ x: number; y: number }>;
  autoUpdate(reference: Element, floating: HTMLElement, update: () => void): () => void;
  offset(distance: number): object;
  flip(options?: object): object;
  shift(options?: object): object;
};
interface BriefingRoot {
  /** "" for the page that is open, else the file of another page of the site */
  address: string;
  root: Document;
}
declare const briefing: {
  roots(): Promise<BriefingRoot[]>;
  element(id: string): Promise<HTMLElement | null>;
  words(element: Element | null | undefined): string;
  plain(text: string): string;
  make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes?: Record<string, string>, ...children: (Node | string)[]): HTMLElementTagNameMap[K];
  save(name: string, type: string, text: string): void;
};
interface Window {
  briefing: typeof briefing;
  briefingSite?: Record<string, string>;
}
