"""Display blocks in a notebook so that a reviewer can read them and the stage can take them up."""

from __future__ import annotations

from IPython.display import display

from helpers.charts.svg import svg_of
from helpers.facts.format import day
from helpers.facts.links import escape, for_notebook
from helpers.profile.blocks import Block, Chart, Table, metadata, pipe_table
from helpers.tables.load import Tables


def show(*blocks: Block) -> None:
    """Display blocks in order; what the stage needs travels in the metadata of each output."""
    for block in blocks:
        about = {"briefing": metadata(block)}
        if isinstance(block, Chart):
            _caption(block)
            display({"image/svg+xml": svg_of(block.drawing), "text/plain": block.alt}, raw=True, metadata=about)
        elif isinstance(block, Table):
            _caption(block)
            about["briefing"]["markdown"] = pipe_table(block)
            display({"text/markdown": for_notebook(pipe_table(block)), "text/plain": block.title}, raw=True, metadata=about)
        else:
            about["briefing"]["markdown"] = block.markdown
            display({"text/markdown": for_notebook(block.markdown), "text/plain": block.markdown}, raw=True, metadata=about)


def show_edition(tables: Tables) -> None:
    """Say which edition a notebook belongs to; the book says it on its cover."""
    about, version = tables.package.edition, str(tables.package.descriptor.get("version", ""))
    words = f"{about['title']}. {about['edition']}" + (f" (version {version})" if version else "") + f"; data to {day(about['cut_off'])}"
    kept = {"kind": "edition", "edition": about["edition"], "version": version, "cut_off": about["cut_off"]}
    display({"text/markdown": f"*{escape(words)}*", "text/plain": words}, raw=True, metadata={"briefing": kept})


def _caption(block: Chart | Table) -> None:
    """Title, unit and source for whoever reads the notebook itself; the book sets its own."""
    parts = (f"**{escape(block.title)}**", block.subtitle, block.source)
    text = "  \n".join(part for part in parts if part)
    display({"text/markdown": for_notebook(text), "text/plain": block.title}, raw=True, metadata={"briefing": {"kind": "caption"}})
