"""Each construct of the staged book, in both media."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Filtered = Callable[[str, str], str]

FACT = '[USD 5 bn](register.qmd#fact-a){.fact data-fact="a"}'
FIGURE = """::: {#exhibit-trade .exhibit kind="figure" number="Figure 2.1" data-csv="data/figures/trade.csv"}
::: {.title}
Trade rose
:::
::: {.subtitle}
USD bn
:::
![](figures/trade.svg){fig-alt="A line that \\"rises\\"."}

::: {.source}
Source: Customs.
:::
:::
"""
TABLE = """::: {#exhibit-law .exhibit kind="table" number="Table 2.1" widths="60 40" size="small"}
::: {.title}
Treaties
:::

| Name | Number |
|:-----|-------:|
| []{#claim-s0-1}- Treaty | 1 |
:::
"""


def test_a_fact_in_html_keeps_its_id_and_leads_to_the_same_page(filtered: Filtered) -> None:
    got = filtered(FACT, "html")
    exp = '<p><a href="#fact-a" class="fact" data-fact="a">USD 5 bn</a></p>\n'
    assert got == exp


def test_a_fact_in_typst_leads_to_its_label(filtered: Filtered) -> None:
    got = filtered(FACT, "typst")
    exp = '#goto("fact-a", "fact")[USD 5 bn];\n'
    assert got == exp


@pytest.mark.parametrize("kind", ["claim", "cite"])
def test_claims_and_sources_are_links_of_their_own_kind(filtered: Filtered, kind: str) -> None:
    got = filtered(f"[x](rus.qmd#{kind}-1){{.{kind}}}", "typst")
    exp = f'#goto("{kind}-1", "{kind}")[x];\n'
    assert got == exp


def test_a_bracket_after_a_link_does_not_continue_the_call(filtered: Filtered) -> None:
    got = filtered("[x](a.qmd#b)(c)", "typst")
    exp = '#goto("b", "plain")[x];\\(c)\n'
    assert got == exp


def test_an_external_link_stays_as_it_is(filtered: Filtered) -> None:
    got = filtered("[x](https://example.org/a#b)", "html")
    exp = '<p><a href="https://example.org/a#b">x</a></p>\n'
    assert got == exp


def test_the_number_of_a_chapter_is_part_of_its_heading(filtered: Filtered) -> None:
    got = filtered("# [2]{.number} Russia {#rus}", "typst")
    exp = '= #number("number")[2]; Russia\n<rus>\n'
    assert got == exp


@pytest.mark.parametrize("verdict", ["confirmed", "imprecise", "outdated", "contradicted", "unverifiable"])
def test_a_verdict_is_a_pill_with_its_word(filtered: Filtered, verdict: str) -> None:
    markdown = f"[{verdict}]{{.verdict .{verdict}}}"
    got = filtered(markdown, "typst"), filtered(markdown, "html")
    exp = f'#verdict("{verdict}")[{verdict}];\n', f'<p><span class="verdict {verdict}">{verdict}</span></p>\n'
    assert got == exp


def test_a_grade_is_a_pill(filtered: Filtered) -> None:
    got = filtered("[A]{.grade .grade-a}", "typst")
    exp = '#grade("grade-a")[A];\n'
    assert got == exp


@pytest.mark.parametrize("name", ["finding", "facts-line", "summary", "caveat", "exception", "failed", "sources-list", "timeline"])
def test_a_box_is_a_function_of_the_template(filtered: Filtered, name: str) -> None:
    got = filtered(f"::: {{.{name}}}\nText\n:::", "typst")
    assert got.split() == [f"#{name}[", "Text", "]"]


@pytest.mark.parametrize("name", ["caveat", "exception", "failed"])
def test_a_callout_is_a_note_to_assistive_technology(filtered: Filtered, name: str) -> None:
    got = filtered(f"::: {{.{name}}}\nText\n:::", "html")
    assert got.startswith(f'<div class="{name}" role="note">')


def test_key_figures_become_cards(filtered: Filtered) -> None:
    markdown = ":::: {.glance}\n::: {.key}\n5\n\nShips\n\n2024\n:::\n::::"
    got = filtered(markdown, "typst").strip()
    exp = "#glance(key-card([5], [Ships], [2024], ), )"
    assert got == exp
    got = filtered(markdown, "html")
    assert [name in got for name in ('class="value"', 'class="label"', 'class="small"')] == [True] * 3


def test_dates_of_a_timeline_stand_in_their_own_column(filtered: Filtered) -> None:
    got = filtered("::: {.timeline}\n2022\n: A visit\n:::", "typst")
    assert "#dated(([2022], [A visit])" in got


def test_a_figure_in_typst_has_number_title_source_and_alt(filtered: Filtered) -> None:
    got = filtered(FIGURE, "typst")
    exp = ["exhibit-trade", "kind: image", "Figure 2.1", "title: [Trade rose]", "subtitle: [USD bn]", "source: [Source: Customs.]"]
    assert [part for part in exp if part not in got] == []
    assert 'alt: "A line that \\"rises\\"."' in got


def test_a_figure_in_html_is_a_figure_with_its_chart_inside(filtered: Filtered) -> None:
    got = filtered(FIGURE, "html")
    exp = [
        '<figure id="exhibit-trade" class="exhibit figure">',
        "<figcaption>",
        '<span class="number">Figure 2.1</span>',
        '<svg role="img" aria-label="A line that &quot;rises&quot;."',
        'href="data/figures/trade.csv"',
    ]
    assert [part for part in exp if part not in got] == []


def test_ids_of_a_chart_carry_the_id_of_its_exhibit(filtered: Filtered) -> None:
    got = filtered(FIGURE, "html")
    assert 'id="exhibit-trade-p1"' in got
    assert "url(#exhibit-trade-p1)" in got


def test_colours_of_a_chart_have_a_second_value_for_dark_pages(filtered: Filtered) -> None:
    got = filtered(FIGURE, "html")
    assert "stroke: var(--c0b4f6c,#0b4f6c)" in got
    assert "--c0b4f6c:light-dark(#0b4f6c,#" in got


def test_a_table_in_typst_has_widths_header_and_alignment(filtered: Filtered) -> None:
    got = filtered(TABLE, "typst")
    exp = ["kind: table", "columns: (60fr, 40fr,)", "align: (left, right,)", 'size: "small"', "header: ([Name], [Number], )"]
    assert [part for part in exp if part not in got] == []


def test_a_cell_that_starts_with_a_hyphen_is_no_list(filtered: Filtered) -> None:
    got = filtered(TABLE, "typst")
    assert '[#anchor("claim-s0-1");\\- Treaty]' in got


def test_a_table_in_html_can_be_scrolled_and_names_its_columns(filtered: Filtered) -> None:
    got = filtered(TABLE, "html")
    exp = [
        'role="region" tabindex="0" aria-label="Table 2.1: Treaties"',
        '<th scope="col">Name</th>',
        '<th class="right" scope="col">Number</th>',
        '<col style="width:60%">',
    ]
    assert [part for part in exp if part not in got] == []


def test_a_row_takes_the_id_of_its_anchor(filtered: Filtered) -> None:
    got = filtered(TABLE, "html")
    assert '<tr id="claim-s0-1">' in got


@pytest.mark.parametrize(("name", "to", "exp"), [("web-only", "typst", ""), ("print-only", "html", "")])
def test_what_is_for_the_other_medium_is_dropped(filtered: Filtered, name: str, to: str, exp: str) -> None:
    got = filtered(f"::: {{.{name}}}\nText\n:::", to).strip()
    assert got == exp


@pytest.mark.parametrize(
    ("text", "exp"),
    [
        (r"\<script\>alert\(1\)\</script\>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (r"\#include \$x\$ \@foo \*b\*", "#include $x$ @foo *b*"),
        (r"\{\{ x \}\}", "{{ x }}"),
    ],
)
def test_escaped_text_prints_as_itself_in_html(filtered: Filtered, text: str, exp: str) -> None:
    got = filtered(text, "html")
    assert got == f"<p>{exp}</p>\n"


@pytest.mark.parametrize(
    ("text", "exp"),
    [
        (r"\#include", r"\#include"),
        (r"\$x\$ \@foo \*b\*", r"\$x\$ \@foo \*b\*"),
        (r"a\-\-b", r"a\-\-b"),
        (r"a\.\.\.", r"a\.\.\."),
        (r"\=SUM\(A1\)", r"\=SUM\(A1\)"),
        (r"https\://a.b", r"https\:\/\/a\.b"),
        ("non-aggression", "non-aggression"),
    ],
)
def test_escaped_text_cannot_become_typst(filtered: Filtered, text: str, exp: str) -> None:
    got = filtered(text, "typst")
    assert got == f"{exp}\n"


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "`#panic()`{=typst}", "```{=typst}\n#panic()\n```"])
def test_markup_that_was_not_escaped_is_still_only_text(filtered: Filtered, text: str) -> None:
    html, typst = filtered(text, "html"), filtered(text, "typst")
    assert "<script" not in html
    assert not any(line.startswith("#panic") for line in typst.splitlines())


def test_a_long_word_in_a_narrow_column_may_be_hyphenated(filtered: Filtered) -> None:
    table = "| constitutionality and law | constitutionality |\n|:--|:--|\n| January–October | January–October |"
    got = filtered(f'::: {{#x .exhibit kind="table" number="Table 1.1" widths="90 10"}}\n{table}\n:::', "typst")
    assert got.count("#hyphenated[constitutionality]") == 1
    assert "#hyphenated[January" not in got


def test_a_long_word_that_has_room_is_not_hyphenated(filtered: Filtered) -> None:
    table = "| consultation | law |\n|:--|:--|\n| consultation | law |"
    fenced = '::: {{#x .exhibit kind="table" number="Table 1.1" widths="{}" size="small"}}\n' + table + "\n:::"
    assert "#hyphenated" not in filtered(fenced.format("15 85"), "typst")
    assert "#hyphenated[consultation]" in filtered(fenced.format("10 90"), "typst")


@pytest.mark.parametrize("table", [False, True])
def test_a_number_stays_on_the_line_of_its_unit(filtered: Filtered, table: bool) -> None:
    word = "1.4\u00a0mb/d"
    got = filtered(data_table(cells(f'"{word} and/or"')) if table else f"{word} and/or", "typst")
    assert "#box[1\\.4\u00a0mb\\/d]; and" in got


def test_a_host_name_with_its_grade_is_hyphenated_in_a_wider_column_too(filtered: Filtered) -> None:
    table = data_table(cells('"nolopodrasdejardever.com\u00a0D"')).replace('widths="60 40"', 'widths="33 167"')
    assert "#hyphenated[" in filtered(table, "typst")


def test_a_grade_stays_with_the_name_it_grades(filtered: Filtered) -> None:
    table = "| Source |\n|:--|\n| Customs [A]{.grade .grade-a} |"
    got = filtered(table, "html")
    assert 'Customs\u00a0<span class="grade grade-a">A</span>' in got


def test_a_row_takes_the_data_of_an_empty_span(filtered: Filtered) -> None:
    marked = TABLE.replace("[]{#claim-s0-1}", '[]{#claim-s0-1}[]{data-partner="LAO" data-kind="legal status" onclick="x"}')
    got = filtered(marked, "html")
    assert '<tr id="claim-s0-1" data-partner="LAO" data-kind="legal status">' in got


def test_the_data_of_a_row_leave_no_trace_in_typst(filtered: Filtered) -> None:
    got = filtered(TABLE.replace("[]{#claim-s0-1}", '[]{#claim-s0-1}[]{data-partner="LAO"}'), "typst")
    assert "LAO" not in got


def test_the_data_of_a_figure_are_in_its_link(filtered: Filtered, tmp_path: Path) -> None:
    (tmp_path / "data" / "figures").mkdir(parents=True)
    (tmp_path / "data" / "figures" / "trade.csv").write_text("year,USD bn\n2024,1\n", "utf-8")
    got = filtered(FIGURE, "html")
    assert 'href="data:text/csv;charset=utf-8,year,USD%20bn%0A2024,1%0A" download="trade.csv"' in got


def test_without_staged_data_a_figure_links_to_the_file_beside_the_page(filtered: Filtered) -> None:
    got = filtered(FIGURE, "html")
    assert 'href="data/figures/trade.csv" download="trade.csv"' in got


def test_a_chapter_names_its_notebook_after_its_facts(filtered: Filtered) -> None:
    got = filtered("# Alpland {#alp}\n\n::: {.facts-line}\nx\n:::\n\nText.", "html")
    assert got.index("facts-line") < got.index("notebooks/ALP.html") < got.index("Text.")


def test_the_register_names_no_notebook(filtered: Filtered) -> None:
    got = filtered("# Register {#register}\n\nText.", "html")
    assert "notebooks/" not in got


HEAD = '{"header":["Fact","Count"],"align":"lr"}'
MARKED = '{"id":"fact-a","data":{"partner":"RUS"},"cells":[[{"kind":"strong","text":"Trade"}," rose"],["1"]]}'


def data_table(*lines: str) -> str:
    body = "\n".join(("```{.rows}", HEAD, *lines, "```"))
    marks = '#exhibit-r .exhibit .register kind="table" number="Table 3.1" widths="60 40" size="tiny"'
    return f"::: {{{marks}}}\n::: {{.title}}\nAll\n:::\n\n{body}\n:::\n"


def cells(first: str) -> str:
    return f'{{"id":"","data":{{}},"cells":[[{first}],["1"]]}}'


def test_a_row_of_data_in_html_has_its_id_its_data_and_its_cells(filtered: Filtered) -> None:
    got = filtered(data_table(MARKED), "html")
    exp = '<tr id="fact-a" data-partner="RUS"><td><strong>Trade</strong> rose</td><td class="right">1</td></tr>'
    assert exp in got


def test_a_table_of_data_in_html_has_header_cells_with_their_scope(filtered: Filtered) -> None:
    got = filtered(data_table(MARKED), "html")
    exp = '<thead>\n<tr><th scope="col">Fact</th><th class="right" scope="col">Count</th></tr>\n</thead>'
    assert exp in got


def test_a_row_of_data_in_typst_has_its_anchor_and_its_cells(filtered: Filtered) -> None:
    got = filtered(data_table(MARKED), "typst")
    assert '[#anchor("fact-a");#strong[Trade]; rose], [1],' in got


def test_a_table_of_data_in_typst_has_columns_alignment_and_head(filtered: Filtered) -> None:
    got = filtered(data_table(MARKED), "typst")
    exp = '#data-table(columns: (60fr, 40fr,), align: (left, right,), size: "tiny", header: ([Fact], [Count],),'
    assert exp in got


@pytest.mark.parametrize(
    ("inline", "html", "typst"),
    [
        ('{"kind":"emph","text":"x"}', "<em>x</em>", "#emph[x];"),
        ('{"kind":"code","text":"a_b"}', "<code>a_b</code>", '#raw("a_b");'),
        ('{"kind":"grade","text":"B"}', '<span class="grade grade-b">B</span>', '#grade("grade")[B];'),
        ('{"kind":"web","text":"x","url":"https://x.org/"}', '<a href="https://x.org/">x</a>', '#web("https://x.org/")[x];'),
        ('{"kind":"again","text":"x y","where":"Trade, 2024","to":""}', "<td>x y</td>", "As for Trade, 2024."),
        (
            '{"kind":"again","text":"x y","where":"Trade, 2024","to":"fact-x"}',
            "<td>x y</td>",
            'As for #goto("fact-x", "fact")[Trade, 2024];.',
        ),
        (
            '{"kind":"cite","text":"x","page":"s.qmd","to":"source-x"}',
            '<a href="#source-x" class="cite">x</a>',
            '#goto("source-x", "cite")[x];',
        ),
        (
            '{"kind":"fact","text":"x","page":"r.qmd","to":"fact-x"}',
            '<a href="#fact-x" class="fact" data-fact="x">x</a>',
            '#goto("fact-x", "fact")[x];',
        ),
    ],
)
def test_each_kind_of_inline_of_a_row_in_both_media(filtered: Filtered, inline: str, html: str, typst: str) -> None:
    table = data_table(cells(inline))
    assert (html in filtered(table, "html"), typst in filtered(table, "typst")) == (True, True)


def test_text_of_a_row_prints_as_itself_in_html(filtered: Filtered) -> None:
    got = filtered(data_table(cells('"<b>*x*</b> & \\"y\\""')), "html")
    assert "<td>&lt;b&gt;*x*&lt;/b&gt; &amp; &quot;y&quot;</td>" in got


def test_text_of_a_row_prints_as_itself_in_typst(filtered: Filtered) -> None:
    got = filtered(data_table(cells('"#read(\\"x\\") $a$ *b* -- [c] 1. ..."')), "typst")
    assert r"[\#read\(\"x\"\) \$a\$ \*b\* \-\- \[c\] 1\. \.\.\.]" in got


def test_a_long_word_in_a_narrow_column_of_data_is_hyphenated(filtered: Filtered) -> None:
    table = data_table(cells('"Internationalisation"')).replace('widths="60 40"', 'widths="10 90"')
    assert "[#hyphenated[Internationalisation];]" in filtered(table, "typst")


@pytest.mark.parametrize("word", ["quicknewsspot.com", "2,141\u00a0designations"])
def test_what_has_no_room_with_its_fellows_is_hyphenated(filtered: Filtered, word: str) -> None:
    table = data_table(cells(f'"{word}"'))
    got = ["#hyphenated[" in filtered(table.replace('widths="60 40"', widths), "typst") for widths in ('widths="13 87"', 'widths="60 40"')]
    assert got == [True, False]


@pytest.mark.parametrize(("word", "width"), [("January\u2013September\u00a02023", 13), ("non-aggression,", 10)])
def test_what_may_be_parted_without_a_hyphen_is_not_hyphenated(filtered: Filtered, word: str, width: int) -> None:
    table = data_table(cells(f'"{word}"')).replace('widths="60 40"', f'widths="{width} {100 - width}"')
    assert "#hyphenated[" not in filtered(table, "typst")


def test_an_apostrophe_after_a_digit_is_no_prime(filtered: Filtered) -> None:
    assert filtered("The G7's list", "typst").strip() == "The G7\u2019s list"
