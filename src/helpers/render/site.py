"""Quarto's pages, made to run from disk and under a policy of their own.

A browser loads no module from disk, so Quarto's is written as a plain script; and each page names the scripts that may run in it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from pathlib import Path

_INLINE = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", re.DOTALL)
_MODULE = re.compile(r'<script src="([^"]+)" type="module"></script>\n?')
_HANDLER = re.compile(r"""<[a-z][^<>]*?\s(on[a-z]+)=(?:"([^"]*)"|'([^']*)')""")
_IMPORT = re.compile(r'^import \* as (\w+) from "(\./[\w./-]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^\s*(?:import\b(?!\()|export\b)|\bimport\.meta\b|^\s*await\b", re.MULTILINE)


def guard(folder: Path) -> None:
    """Rewrite the pages in a folder, and the modules that they load."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
    modules = sorted({name for page in pages.values() for name in _MODULE.findall(page)})
    plain = {name: text for name in modules if (text := bundle(folder / name)) is not None}
    if len(plain) < len(modules):  # one that stays a module may import another
        plain = {}
    imported = {
        (folder / name).parent / other for name in plain for _, other in _IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    }
    inside = {name for name in modules if (folder / name).resolve() in {path.resolve() for path in imported}}

    def tag(found: re.Match[str]) -> str:
        name = found[1]
        if name in inside:
            return ""
        return f'<script src="{name}" defer></script>\n' if name in plain else found[0]

    for path, page in pages.items():
        path.write_text(with_policy(_MODULE.sub(tag, page)), encoding="utf-8")
    for name in plain.keys() - inside:
        (folder / name).write_text(plain[name], encoding="utf-8")


def bundle(path: Path) -> str | None:
    """A module and what it imports as one plain script; None where it does more than import whole modules and export functions."""
    text = path.read_text(encoding="utf-8")
    parts = []
    for name, other in _IMPORT.findall(text):
        inner = bundle(path.parent / other) if (path.parent / other).is_file() else None
        exported = _EXPORT.findall((path.parent / other).read_text(encoding="utf-8")) if inner else []
        if not inner:
            return None
        parts.append(f"const {name} = {inner.rstrip().removesuffix('})();')}return {{ {', '.join(exported)} }};\n}})();\n")
    body = _EXPORT.sub("", _IMPORT.sub("", text))
    return None if _OTHER.search(body) else f'(() => {{\n"use strict";\n{"".join(parts)}{body.strip()}\n}})();\n'


def with_policy(page: str) -> str:
    """A page that says before all else which scripts may run in it: those of the site, and those that stand in it, word by word."""
    scripts = sorted({_hash(text) for text in _INLINE.findall(page)})
    handlers = sorted({_hash(unescape(double or single)) for _, double, single in _HANDLER.findall(page)})
    allowed = " ".join(["'self'", *scripts, *(["'unsafe-hashes'", *handlers] if handlers else [])])
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return re.sub("<head>", lambda found: f'{found[0]}<meta http-equiv="Content-Security-Policy" content="{policy}">', page, count=1)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
