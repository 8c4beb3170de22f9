"""Quarto's pages run from disk and under a policy that their own scripts pass."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from helpers.render import site

MODULE = 'import * as tabs from "./tabs/tabs.js";\n\nexport function start() {\n  tabs.init();\n}\n'
TABS = "// which tab\n\nexport function init() {\n  shown();\n}\n\nfunction shown() {}\n"
PAGE = """<html lang="en"><head>
<script src="lib/quarto.js" type="module"></script>
<script src="lib/tabs/tabs.js" type="module"></script>
<script src="lib/plain.js"></script>
<script type="application/json">{"a": 1}</script>
<script id="inline">start();</script></head>
<body><a href="" onclick="go(&quot;x&quot;); return false;">go</a><p>an onclick="x" in words</p></body></html>
"""


def stage(folder: Path, module: str = MODULE, page: str = PAGE) -> str:
    (folder / "lib" / "tabs").mkdir(parents=True)
    (folder / "lib" / "quarto.js").write_text(module, "utf-8")
    (folder / "lib" / "tabs" / "tabs.js").write_text(TABS, "utf-8")
    (folder / "index.html").write_text(page, "utf-8")
    site.guard(folder)
    return (folder / "index.html").read_text("utf-8")


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_a_module_becomes_a_plain_script_with_what_it_imports(tmp_path: Path) -> None:
    page = stage(tmp_path)
    got = (tmp_path / "lib" / "quarto.js").read_text("utf-8")
    assert '<script src="lib/quarto.js" defer></script>' in page
    assert ('type="module"' in page, "tabs.js" in page, 'src="lib/plain.js"' in page) == (False, False, True)
    assert got.startswith('(() => {\n"use strict";\nconst tabs = (() => {')
    assert ("import" in got, "export" in got, "return { init };" in got) == (False, False, True)


@pytest.mark.parametrize(
    "module",
    ['import { init } from "./tabs/tabs.js";\n', "export const a = 1;\n", 'import * as gone from "./gone.js";\n', "await ready;\n"],
)
def test_a_module_of_another_form_stays_one(tmp_path: Path, module: str) -> None:
    page = stage(tmp_path, module)
    assert '<script src="lib/quarto.js" type="module"></script>' in page
    assert [(tmp_path / "lib" / name).read_text("utf-8") for name in ("quarto.js", "tabs/tabs.js")] == [module, TABS]


def test_the_policy_comes_first_and_names_what_stands_in_the_page(tmp_path: Path) -> None:
    page = stage(tmp_path)
    policy = page[page.index("<head>") + 6 :].split('">')[0]
    assert policy.startswith("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' ")
    scripts = policy.split("script-src ")[1].split(";")[0].split()
    assert scripts == ["'self'", hashed("start();"), "'unsafe-hashes'", hashed('go("x"); return false;')]


def test_no_address_and_no_unnamed_script_is_allowed(tmp_path: Path) -> None:
    page = stage(tmp_path, page="<html><head></head><body></body></html>")
    policy = page.split('content="')[1].split('"')[0]
    assert ("http" in policy, "'unsafe-inline'" in policy.split("style-src")[0], "unsafe-hashes" in policy) == (False, False, False)
