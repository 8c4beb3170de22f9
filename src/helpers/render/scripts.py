"""Scripts of the pages, and the policy that lets only these run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

# libraries first; what they are and where they come from stands in vendor/README.md
LIBRARIES = (
    "vendor/notice.js",
    "vendor/minisearch.js",
    "vendor/floating-ui.core.umd.min.js",
    "vendor/floating-ui.dom.umd.min.js",
    "vendor/sortable.min.js",
)
FEATURES = ("pages.js", "search.js", "numbers.js", "register.js", "tables.js", "rows.js", "figures.js", "whole.js")
_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_SILENT = re.compile(r"<(svg|style|script)\b.*?</\1>", re.DOTALL)
EARLY = "early.js"
FRAME = "briefing.js"


def early(theme: Path) -> str:
    """What has to run before the first paint: the reader's choice of light or dark."""
    return _read(theme, EARLY)


def late(theme: Path) -> str:
    """Everything else, for the end of the page."""
    return "\n".join(_read(theme, name) for name in (*LIBRARIES, FRAME, *FEATURES))


def policy(*scripts: str) -> str:
    """Content-Security-Policy of a page that holds these inline scripts and needs nothing from outside."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def site(pages: dict[str, str]) -> str:
    """A script that holds the text of every page of a site, for search and for numbers whose rows lie on another page."""
    texts = {name: main_part(html) for name, html in sorted(pages.items())}
    return f"window.briefingSite = {json.dumps(texts, ensure_ascii=False, sort_keys=True)};\n"


def main_part(html: str) -> str:
    """What a page of the site says: its main element without charts and scripts."""
    found = _MAIN.search(html)
    return _SILENT.sub("", found[0] if found else "")


def _read(theme: Path, name: str) -> str:
    lines = (theme / name).read_text(encoding="utf-8").strip().splitlines()
    # trailing blanks do not survive the template; a source map lies beside a library, not in the page
    return "\n".join(line.rstrip() for line in lines if not line.startswith("//# sourceMappingURL"))
