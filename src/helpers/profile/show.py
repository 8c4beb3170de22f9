"""Display blocks in a notebook so that a reviewer can read them and the stage can take them up."""

from __future__ import annotations

from IPython.display import display

from helpers.charts.svg import to_svg
from helpers.facts.links import for_notebook
from helpers.profile.blocks import Block, Chart, Table, metadata, pipe_table


def show(*blocks: Block) -> None:
    """Display blocks in order; what the stage needs travels in the metadata of each output."""
    for block in blocks:
        about = {"briefing": metadata(block)}
        if isinstance(block, Chart):
            _caption(block)
            display({"image/svg+xml": to_svg(block.figure), "text/plain": block.alt}, raw=True, metadata=about)
        elif isinstance(block, Table):
            _caption(block)
            about["briefing"]["markdown"] = pipe_table(block)
            display({"text/markdown": for_notebook(pipe_table(block)), "text/plain": block.title}, raw=True, metadata=about)
        else:
            about["briefing"]["markdown"] = block.markdown
            display({"text/markdown": for_notebook(block.markdown), "text/plain": block.markdown}, raw=True, metadata=about)


def _caption(block: Chart | Table) -> None:
    """Title, unit and source for whoever reads the notebook itself; the book sets its own."""
    text = f"**{block.title}**" + (f"  \n{block.subtitle}" if block.subtitle else "") + (f"  \n{block.source}" if block.source else "")
    display({"text/markdown": for_notebook(text), "text/plain": block.title}, raw=True, metadata={"briefing": {"kind": "caption"}})
