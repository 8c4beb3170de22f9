"""Scripts of the pages and the policy that names them."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from helpers.render import scripts

THEME = Path(__file__).parents[2] / "report" / "theme"


def inline(page: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)


def test_the_policy_names_each_script_of_the_page_by_its_hash(out: Path) -> None:
    page = (out / "index.html").read_text("utf-8")
    got = {f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}" for text in inline(page)}
    exp = set(re.findall(r"'(sha256-[^']+)'", page))
    assert got == exp


def test_the_policy_allows_no_other_script() -> None:
    got = re.search(r"script-src ([^;]*);", scripts.policy("x"))
    assert got
    assert "unsafe" not in got[1]


def test_no_script_ends_its_element() -> None:
    assert "</script" not in scripts.late(THEME).lower()


def test_a_site_page_keeps_its_text_and_loses_its_charts() -> None:
    got = scripts.main_part("<body><nav>x</nav><main>Text <svg><text>a</text></svg>end</main></body>")
    assert got == "<main>Text end</main>"


def test_quarto_links_the_scripts_that_the_page_holds() -> None:
    linked = re.findall(r'<script src="theme/([^"]+)"', (THEME / "scripts.html").read_text("utf-8"))
    assert linked == [*scripts.LIBRARIES, *scripts.FEATURES]


def test_each_library_is_named_with_its_version() -> None:
    told = (THEME / "vendor" / "README.md").read_text("utf-8")
    got = [path.name for path in (THEME / "vendor").glob("*.js") if f"`{path.name}`" not in told]
    assert got == []
