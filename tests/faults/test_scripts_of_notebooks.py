"""No notebook output brings script: neither into the book nor into the copies for reviewers."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest

from helpers.errors import StageError
from helpers.execute.copies import POLICY, html_copy, kept_copy
from helpers.stage.outputs import parts_of

SCRIPTS = [
    "<script>alert(1)</script>",
    "<script>alert(1)</script >",
    "<ScRiPt src='data:text/javascript,alert(1)'></sCrIpT\n>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<meta http-equiv='refresh' content='0;url=//example.org'>",
    "<base href='//example.org/'><form action='/x'><button>x</button></form>",
]
DRAWINGS = [
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<svg xmlns="http://www.w3.org/2000/svg"><g/onclick="alert(1)"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:alert(1)"><g/></a></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><p>x</p></foreignObject></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="urn:x"><x:script/></svg><script>',
]
LABEL = (
    '<svg xmlns="http://www.w3.org/2000/svg"><!-- javascript: onload=x --><text>javascript:alert(1) onload=x &lt;script&gt;</text></svg>'
)


def notebook(path: Path, metadata: dict[str, object] | None = None, **data: str) -> Path:
    output = nbformat.v4.new_output(
        "display_data", data={name.replace("_", "/"): text for name, text in data.items()}, metadata=metadata or {}
    )
    cell = nbformat.v4.new_code_cell("show()", outputs=[output], execution_count=1)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


@pytest.mark.parametrize("html", SCRIPTS)
def test_html_that_a_cell_displays_is_not_in_the_book(tmp_path: Path, html: str) -> None:
    assert parts_of(notebook(tmp_path / "a.ipynb", text_html=html)) == ([], None)


@pytest.mark.parametrize("html", SCRIPTS)
def test_the_copy_says_before_all_else_that_nothing_runs(tmp_path: Path, html: str) -> None:
    got = html_copy(notebook(tmp_path / "a.ipynb", text_html=html))
    first = got[got.index("<head>") :].removeprefix("<head>")
    assert first.startswith(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>')


def test_the_policy_of_the_copy_allows_no_script_and_no_address() -> None:
    parts = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert (parts["default-src"], "script-src" in parts, "http" in POLICY) == ("'none'", False, False)


class Counter(HTMLParser):
    scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"


def test_the_copy_holds_no_script_element(tmp_path: Path) -> None:
    counter = Counter()
    counter.feed(html_copy(notebook(tmp_path / "a.ipynb", text_html=SCRIPTS[0])))
    assert counter.scripts == 0


@pytest.mark.parametrize("svg", DRAWINGS)
def test_a_figure_that_is_more_than_a_drawing_is_refused(tmp_path: Path, svg: str) -> None:
    path = notebook(tmp_path / "a.ipynb", {"briefing": {"kind": "figure", "key": "x"}}, **{"image_svg+xml": svg})
    with pytest.raises(StageError, match=r"holds a script|no SVG"):
        parts_of(path)


def test_a_label_that_looks_like_a_script_is_a_label(tmp_path: Path) -> None:
    path = notebook(tmp_path / "a.ipynb", {"briefing": {"kind": "figure", "key": "x"}}, **{"image_svg+xml": LABEL})
    assert parts_of(path)[0][0].body == LABEL


def test_a_kill_between_a_copy_and_its_stamp_leaves_no_stale_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = notebook(tmp_path / "a.ipynb", text_html="<p>first</p>")
    before = path.read_bytes()
    kept_copy(path)
    notebook(path, text_html="<p>second</p>")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("helpers.execute.copies.write_whole", killed)
        with pytest.raises(KeyboardInterrupt):
            kept_copy(path)
    path.write_bytes(before)  # the tables are as they were
    assert "first" in kept_copy(path).read_text("utf-8")
