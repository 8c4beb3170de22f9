"""A staged book small enough to read, and the filter by itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from helpers.charts.faces import font_files
from helpers.render import render
from helpers.render.pandoc import pandoc

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "report"

SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="453.6pt" height="200pt" viewBox="0 0 453.6 200" version="1.1">
 <defs><clipPath id="p1"><rect width="450" height="200"/></clipPath></defs>
 <g id="line" clip-path="url(#p1)" style="fill: none; stroke: #0b4f6c"><path d="M 0 200 L 453 0"/></g>
 <text style="font: 9px 'Source Sans Pro'; fill: #1f2933" x="10" y="20">Total</text>
</svg>
"""

INDEX = """# [1]{.number} In brief {#index}

::: {.summary}
Trade came to [USD 25.5 bn](register.qmd#fact-alp-trade){.fact data-fact="alp-trade"} in 2024.
:::
"""

ALPLAND = """# [2]{.number} Alpland {#alp}

::: {.finding}
Trade fell to [USD 25.5 bn](register.qmd#fact-alp-trade){.fact data-fact="alp-trade"}.
:::

## Trade {#alp-trade}

Customs say so ([Customs](register.qmd#source-customs){.cite}); see [Figure 2.1](alp.qmd#exhibit-trade){.ref}.

Hostile: \\<script\\>alert\\(1\\)\\</script\\> \\#include \\$x\\$ \\@foo \\*bold\\* \\{\\{ x \\}\\} a\\-\\-b.

::: {#exhibit-trade .exhibit kind="figure" number="Figure 2.1" data-csv="data/figures/trade.csv"}
::: {.title}
Trade rose and fell
:::
::: {.subtitle}
USD bn a year
:::
![](figures/trade.svg){fig-alt="A line that rises from 0 to 200."}

::: {.source}
Source: Customs.
:::
:::
"""


def register(rows: int) -> str:
    """A register chapter with so many further rows."""
    lines = ["| []{#fact-alp-trade}Goods trade | USD 25.5 bn | []{#source-customs}Customs |"]
    lines += [f"| []{{#fact-more-{row}}}Another fact, number {row} | {row} | Customs |" for row in range(rows)]
    table = "\n".join(["| Fact | Value | Source |", "|:---|---:|:---|", *lines])
    marks = '#exhibit-register .exhibit .register kind="table" number="Table 3.1" widths="60 20 20" size="tiny"'
    return f"# [3]{{.number}} Evidence register {{#register}}\n\n::: {{{marks}}}\n::: {{.title}}\nAll facts\n:::\n\n{table}\n:::\n"


def write_stage(folder: Path) -> Path:
    """Three chapters, one figure, a register of 81 rows: a folder as the stage writes it."""
    (folder / "figures").mkdir(parents=True)
    (folder / "fonts").mkdir()
    for name in ("_extensions", "theme"):
        shutil.copytree(REPORT / name, folder / name)
    for path in font_files():
        shutil.copy(path, folder / "fonts" / path.name)
    config = yaml.safe_load((REPORT / "_quarto.yml").read_text("utf-8"))
    config["book"] |= {"title": "A small briefing", "subtitle": "Two partners", "chapters": ["index.qmd", "alp.qmd", "register.qmd"]}
    config |= {"edition": "Test edition", "cut-off": "21 November 2026"}
    (folder / "_quarto.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    for name, text in (("index", INDEX), ("alp", ALPLAND), ("register", register(80))):
        (folder / f"{name}.qmd").write_text(text, "utf-8")
    (folder / "figures" / "trade.svg").write_text(SVG, "utf-8")
    return folder


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    """A stage of one's own, to be broken."""
    return write_stage(tmp_path / "stage")


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the embedded engine makes of the stage; to be read only."""
    folder = tmp_path_factory.mktemp("render")
    render(write_stage(folder / "stage"), folder / "out", "embedded")
    return folder / "out"


@pytest.fixture
def filtered(tmp_path: Path) -> Callable[[str, str], str]:
    """What the filter makes of Markdown, as Typst or HTML."""
    (tmp_path / "figures").mkdir(exist_ok=True)
    (tmp_path / "figures" / "trade.svg").write_text(SVG, "utf-8")

    def run(markdown: str, to: str) -> str:
        script = REPORT / "_extensions" / "briefing" / "briefing.lua"
        return pandoc(["--from=markdown", f"--to={to}", "--wrap=none", f"--lua-filter={script}"], tmp_path, markdown)

    return run
