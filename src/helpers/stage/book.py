"""The staged book: one folder that Quarto and the embedded engine both take as it is."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from helpers.charts.faces import font_files
from helpers.errors import StageError
from helpers.stage.cells import table_csv
from helpers.stage.outputs import Failure, Part, exhibit, failure_box

# A spreadsheet reads these as a formula; a minus stays where the whole cell is a number.
FORMULA = re.compile(r"[=+@\t\r]|-(?!(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$)")
# In a part edition a link into a chapter that is not there becomes plain text.
_CHAPTER_LINK = re.compile(r"\[(?P<text>(?:\\.|[^\]\\])*)\]\((?P<file>[\w-]+)\.qmd#[\w-]+\)(?:\{[^}]*\})?")
_REFERENCE = re.compile(r"\[exhibit\]\((?P<file>[\w-]+)\.qmd#(?P<anchor>exhibit-[\w-]+)\)\{\.ref\}")


@dataclass(frozen=True)
class Chapter:
    """One file of the book before exhibits are numbered."""

    key: str
    title: str
    parts: list[Part]
    failure: Failure | None = None
    again: str = ""
    intro: str = ""


@dataclass
class Staged:
    """What the stage wrote: chapter texts, figures and the data behind them, by key."""

    texts: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)


def assemble(chapters: list[Chapter]) -> Staged:
    """Number chapters and exhibits, resolve references to exhibits, and lay out every text.

    Raises StageError when two exhibits share a key or a reference points at none.
    """
    staged = Staged()
    numbers: dict[str, str] = {}
    for place, chapter in enumerate(chapters, 1):
        lines = [f"# [{place}]{{.number}} {chapter.title} {{#{chapter.key}}}"]
        if chapter.failure:
            lines.append(failure_box(chapter.failure, chapter.again))
        if chapter.intro:
            lines.append(chapter.intro)
        counts = {"figure": 0, "table": 0}
        for part in chapter.parts:
            if part.kind == "text":
                lines.append(part.body)
                continue
            key = part.about["key"]
            if f"exhibit-{key}" in numbers:
                raise StageError(f'two exhibits have the key "{key}"', f"{chapter.key}.qmd", "give one another id")
            counts[part.kind] += 1
            number = f"{part.kind.capitalize()} {place}.{counts[part.kind]}"
            numbers[f"exhibit-{key}"] = number
            lines.append(exhibit(part, number))
            if part.kind == "figure":
                staged.figures[key] = part.body
                staged.data[key] = safe_csv(part.about["data"])
            elif "register" not in part.about["classes"].split():  # the register is facts.csv itself
                staged.data[key] = safe_csv(table_csv(part.body))
        staged.texts[chapter.key] = "\n\n".join(lines) + "\n"
    for key, text in staged.texts.items():
        linked = _CHAPTER_LINK.sub(lambda found: found[0] if found["file"] in staged.texts else f"[{found['text']}]{{.absent}}", text)
        staged.texts[key] = _REFERENCE.sub(lambda found: _numbered(found, numbers), linked)
    return staged


def write(staged: Staged, report: Path, stage: Path, edition: Mapping[str, str]) -> None:
    """Write the stage: chapters, figures, fonts, theme, and `_quarto.yml` with the chapters filled in."""
    if stage.exists():
        shutil.rmtree(stage)
    (stage / "figures").mkdir(parents=True)
    for folder in ("_extensions", "theme"):
        shutil.copytree(report / folder, stage / folder)
    (stage / "fonts").mkdir()
    for path in font_files():
        shutil.copy(path, stage / "fonts" / path.name)
    for key, text in staged.texts.items():
        (stage / f"{key}.qmd").write_text(text, "utf-8")
    for key, svg in staged.figures.items():
        (stage / "figures" / f"{key}.svg").write_text(svg, "utf-8")
    (stage / "data" / "figures").mkdir(parents=True)
    for key, data in staged.data.items():  # the page holds them too, so that it hands them out without the folder
        (stage / "data" / "figures" / f"{key}.csv").write_text(data, "utf-8")
    (stage / "_quarto.yml").write_text(configured((report / "_quarto.yml").read_text("utf-8"), list(staged.texts), edition), "utf-8")


def configured(text: str, keys: list[str], edition: Mapping[str, str]) -> str:
    """`_quarto.yml` with title, edition, cut-off and chapters of this build."""
    config = yaml.safe_load(text)
    config["book"].update(title=edition["title"], subtitle=edition["subtitle"], chapters=[f"{key}.qmd" for key in keys])
    config.update({"edition": edition["edition"], "cut-off": edition["cut_off_words"]})
    return yaml.safe_dump(config, sort_keys=False, allow_unicode=True)


def safe_csv(text: str) -> str:
    """CSV in which no cell is read as a formula: a text that starts like one gets an apostrophe (OWASP, CSV injection)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in csv.reader(io.StringIO(text)):
        writer.writerow([f"'{cell}" if FORMULA.match(cell) else cell for cell in row])
    return out.getvalue()


def _numbered(found: re.Match[str], numbers: dict[str, str]) -> str:
    anchor = found["anchor"]
    if anchor not in numbers:
        raise StageError(f'the reference to "{anchor}" points at no exhibit', f"{found['file']}.qmd", "name an exhibit of that chapter")
    return f"[{numbers[anchor]}]({found['file']}.qmd#{anchor}){{.ref}}"
