-- The constructs of the staged book in both media: function calls of typst-template.typ, or semantic HTML.
-- Quarto and the embedded engine run this same file.

if quarto == nil then package.path = pandoc.path.directory(PANDOC_SCRIPT_FILE) .. "/?.lua;" .. package.path end
local charts = require("charts")

local rows = require("rows")
local tables = require("tables")
local common = require("common")
local typst, raw, block, wrap = common.typst, common.raw, common.block, common.wrap
local typst_string, html_text = common.typst_string, common.html_text
local embedded = quarto == nil

local function first_of(classes, wanted)
  for _, class in ipairs(wanted) do
    if classes:includes(class) then return class end
  end
end

-- What the book does not use arrives as text, so that a table cell can never become markup. All in one pass over the
-- book: raw text that is made here is not looked at again. ------------------------------------------------------------

local function is_quarto_comment(text) return text:match("^%s*<!%-%-%s*quarto%-") ~= nil end

-- Inlines -----------------------------------------------------------------------------------------------------------

local function internal_target(target)
  return target:match("^[^:/]*%.qmd#(.+)$") or target:match("^#(.+)$")
end

-- A call in running text ends with a semicolon: a bracket or full stop of the text would otherwise continue it.
local inlines = { Cite = function(el) return el.content end }

function inlines.Link(el)
  local id = internal_target(el.target)
  if typst then
    if id then
      local kind = first_of(el.classes, { "fact", "claim", "cite" }) or "plain"
      return wrap("#goto(" .. typst_string(id) .. ", " .. typst_string(kind) .. ")[", el.content, "];")
    end
    return wrap("#web(" .. typst_string(el.target) .. ")[", el.content, "];")
  end
  if id and embedded then
    el.target = "#" .. id
    return el
  end
end

function inlines.Span(el)
  if typst then
    local out = pandoc.Inlines {}
    if el.identifier ~= "" then out:insert(raw("#anchor(" .. typst_string(el.identifier) .. ");")) end
    local pill = first_of(el.classes, { "verdict", "grade", "number" })
    if pill then
      local kind = el.classes[2] or el.classes[1]
      out:extend(wrap("#" .. pill .. "(" .. typst_string(kind) .. ")[", el.content, "];"))
    else
      out:extend(el.content)
    end
    return out
  end
end

local function typst_str(el)
  local whole = common.unbroken_for_typst(el.text)
  if whole then return raw(whole) end
  local text = common.breakable(el.text)
  if not common.plain_for_typst(text) then return raw(common.escaped_for_typst(text)) end
  if text ~= el.text then return pandoc.Str(text) end
end

if typst then inlines.Str = typst_str end

function inlines.RawInline(el)
  if is_quarto_comment(el.text) then return nil end
  local text = pandoc.Str(el.text)
  return typst and typst_str(text) or text
end

function inlines.Code(el)
  if typst then return raw("#raw(" .. typst_string(el.text) .. ");") end
end

function inlines.Math(el)
  if not typst then return nil end
  local written = pandoc.write(pandoc.Pandoc { pandoc.Plain { el } }, "typst"):gsub("%s+$", "")
  local display = el.mathtype == "DisplayMath" and "true" or "false"
  return raw("#math.equation(alt: " .. typst_string(el.text) .. ", block: " .. display .. ", " .. written .. ");")
end

-- Exhibits ----------------------------------------------------------------------------------------------------------

local function find_image(blocks)
  local found
  blocks:walk { Image = function(el) found = found or el end }
  return found
end

local function parts_of(div)
  local parts = { rest = pandoc.Blocks {} }
  for _, b in ipairs(div.content) do
    local name = b.t == "Div" and first_of(b.classes, { "title", "subtitle", "source" })
    if name then parts[name] = pandoc.utils.blocks_to_inlines(b.content) else parts.rest:insert(b) end
  end
  return parts
end

-- A table's rows as data: see rows.lua.
local function is_rows(b) return b.t == "CodeBlock" and b.classes:includes("rows") end

-- A table that would leave much of a page empty where it does not fit: it may break between rows and repeats its head.
-- One with a source below it stays whole, or the source could stand alone on the next page.
local function many_rows(content)
  local count = 0
  for _, b in ipairs(content) do
    if b.t == "Table" then
      for _, body in ipairs(b.bodies) do count = count + #body.body end
    end
  end
  return count > 6
end

local function typst_exhibit(div)
  local parts, number = parts_of(div), div.attributes.number or ""
  local long = div.classes:includes("register") or div.classes:includes("ledger") or (not parts.source and many_rows(parts.rest))
  local kind = div.attributes.kind == "table" and "table" or "image"
  local open = pandoc.Inlines { raw("#exhibit(id: " .. typst_string(div.identifier) .. ", kind: " .. kind .. ", number: "
    .. typst_string(number) .. ", long: " .. tostring(long)) }
  for _, name in ipairs { "title", "subtitle", "source" } do
    if parts[name] then open:extend(wrap(", " .. name .. ": [", parts[name], "]")) end
  end
  open:insert(raw(")["))
  local out = pandoc.Blocks { pandoc.Plain(open) }
  for _, b in ipairs(parts.rest) do
    if b.t == "Table" then
      out:extend(tables.shown(b, tables.numbers(div.attributes.widths), div.attributes.size or "normal"))
    elseif is_rows(b) then
      out:insert(rows.typst(b.text, tables.numbers(div.attributes.widths), div.attributes.size or "normal"))
    else
      local image = find_image(pandoc.Blocks { b })
      out:insert(image and block("#" .. charts.typst(image)) or b)
    end
  end
  out:insert(block("]"))
  return out
end

local function html_exhibit(div)
  local parts, number = parts_of(div), div.attributes.number or ""
  local classes = "exhibit " .. (div.attributes.kind or "figure")
  for _, class in ipairs { "register", "ledger" } do
    if div.classes:includes(class) then classes = classes .. " " .. class end
  end
  local out = pandoc.Blocks { block('<figure id="' .. html_text(div.identifier) .. '" class="' .. classes .. '">\n<figcaption>') }
  local title = pandoc.Inlines {}
  if number ~= "" then title:extend { pandoc.Span({ pandoc.Str(number) }, { class = "number" }), pandoc.Space() } end
  title:insert(pandoc.Span(parts.title or {}, { class = "title" }))
  out:insert(pandoc.Plain(title))
  if parts.subtitle then out:insert(pandoc.Plain { pandoc.Span(parts.subtitle, { class = "subtitle" }) }) end
  out:insert(block("</figcaption>"))
  for _, b in ipairs(parts.rest) do
    local image = b.t ~= "Table" and not is_rows(b) and find_image(pandoc.Blocks { b })
    local widths, size = tables.numbers(div.attributes.widths), div.attributes.size or "normal"
    local label = number .. ": " .. pandoc.utils.stringify(parts.title or {})
    if b.t == "Table" then
      out:extend(tables.shown(b, widths, size, label))
    elseif is_rows(b) then
      out:extend(tables.region(rows.html(b.text, widths, size), label))
    elseif image then
      out:insert(block('<div class="chart">' .. charts.html(image, div.identifier) .. "</div>"))
    else
      out:insert(b)
    end
  end
  local source = parts.source or pandoc.Inlines {}
  local csv = div.attributes["data-csv"] or div.attributes.csv
  if csv then
    if #source > 0 then source:insert(pandoc.Space()) end
    local name = html_text(csv:match("[^/]*$"))
    source:extend(wrap('<a class="csv" href="' .. charts.data(csv) .. '" download="' .. name .. '">', pandoc.Inlines "Data (CSV)", "</a>"))
  end
  if #source > 0 then out:insert(pandoc.Div({ pandoc.Plain(source) }, { class = "source" })) end
  out:insert(block("</figure>"))
  return out
end

-- Blocks ------------------------------------------------------------------------------------------------------------

local boxes = { "finding", "facts-line", "summary", "caveat", "exception", "failed", "sources-list", "timeline" }
local notes = { "caveat", "exception", "failed" }

local function typst_glance(div)
  local out = pandoc.Inlines { raw("#glance(") }
  for _, key in ipairs(div.content) do
    if key.t == "Div" and key.classes:includes("key") then
      out:insert(raw("key-card("))
      for _, paragraph in ipairs(key.content) do
        out:extend(wrap("[", pandoc.utils.blocks_to_inlines { paragraph }, "], "))
      end
      out:insert(raw("), "))
    end
  end
  out:insert(raw(")"))
  return pandoc.Plain(out)
end

local function html_key(div)
  local names = { "value", "label", "small" }
  local out = pandoc.Blocks {}
  for i, paragraph in ipairs(div.content) do
    if paragraph.t == "Para" or paragraph.t == "Plain" then
      out:insert(pandoc.Div({ pandoc.Plain(paragraph.content) }, { class = names[i] or "small" }))
    else
      out:insert(paragraph)
    end
  end
  div.content = out
  return div
end

local function typst_pairs(name, list)
  local out = pandoc.Inlines { raw("#" .. name .. "(") }
  for _, item in ipairs(list.content) do
    local text = pandoc.Blocks {}
    for _, definition in ipairs(item[2]) do text:extend(definition) end
    out:extend(wrap("([", item[1], "], ["))
    out:extend(wrap("", pandoc.utils.blocks_to_inlines(text, { pandoc.LineBreak() }), "]),\n"))
  end
  out:insert(raw(")"))
  return pandoc.Plain(out)
end

-- In a timeline the terms are dates and stand in a column of their own.
local function dated(b)
  local head = b.t == "Plain" and b.content[1]
  if head and head.t == "RawInline" and head.text == "#definitions(" then b.content[1] = raw("#dated(") end
  return b
end

local blocks = {}

function blocks.Header(el)
  -- Typst numbers nothing; the number that the stage wrote is part of the title
  el.classes = el.classes:filter(function(class) return class ~= "unnumbered" end)
  return el
end

function blocks.RawBlock(el)
  if is_quarto_comment(el.text) then return nil end
  local text = pandoc.Str(el.text)
  return pandoc.Para { typst and typst_str(text) or text }
end

function blocks.Div(div)
  if div.classes:includes(typst and "web-only" or "print-only") then return {} end
  if div.classes:includes("exhibit") then return typst and typst_exhibit(div) or html_exhibit(div) end
  if div.classes:includes("sources-list") then div = div:walk { Inlines = tables.with_grades } end
  if typst then
    if div.classes:includes("glance") then return typst_glance(div) end
    local name = first_of(div.classes, boxes)
    if name then
      local out = pandoc.Blocks { block("#" .. name .. "[") }
      if div.identifier ~= "" then out:insert(block("#anchor(" .. typst_string(div.identifier) .. ")")) end
      for _, b in ipairs(div.content) do out:insert(name == "timeline" and dated(b) or b) end
      out:insert(block("]"))
      return out
    end
    return nil
  end
  if div.classes:includes("key") then return html_key(div) end
  if first_of(div.classes, notes) then
    div.attributes.role = "note"
    return div
  end
end

function blocks.DefinitionList(el)
  if typst then return typst_pairs("definitions", el) end
end

-- Chapters and their notebooks -------------------------------------------------------------------------------------

local without_notebook = { changes = true, method = true, register = true, sources = true, dictionary = true }

local function working(key)
  local name = key == "index" and "synthesis" or key:upper()
  local command = key == "index" and "briefing build" or "briefing build --partner " .. name
  local line = pandoc.Inlines "Working: the "
  line:insert(pandoc.Link("executed notebook", "notebooks/" .. name .. ".html"))
  line:extend(pandoc.Inlines " of this chapter, or as ")
  -- Quarto takes every .ipynb that is linked for an input of its own and warns where it is none
  local file = "notebooks/" .. name .. ".ipynb"
  line:insert(quarto and pandoc.Code(file) or pandoc.Link(name .. ".ipynb", file, "", { download = "" }))
  line:extend(pandoc.Inlines " to change and run in Jupyter; ")
  line:insert(pandoc.Code(command))
  line:extend(pandoc.Inlines " runs it again.")
  return pandoc.Div({ pandoc.Para(line) }, { class = "working" })
end

-- The note on a chapter's notebook follows the line of its facts; without one it stands before the first section.
local function with_notebooks(doc)
  if typst then return nil end
  local key = quarto and pandoc.path.split_extension(pandoc.path.filename(quarto.doc.input_file))
  local out, due = pandoc.Blocks {}, key
  local function settle()
    if due and not without_notebook[due] then out:insert(working(due)) end
    due = nil
  end
  for _, b in ipairs(doc.blocks) do
    if b.t == "Header" and b.level <= 2 then settle() end
    if b.t == "Header" and b.level == 1 and b.identifier ~= "" and not quarto then due = b.identifier end
    out:insert(b)
    if b.t == "Div" and b.classes:includes("facts-line") then settle() end
  end
  settle()
  doc.blocks = out
  return doc
end

-- Tables outside exhibits; those inside were written with their exhibit.
local bare = {
  Table = function(el) return tables.shown(el, {}, "normal", "Table") end,
}

local first = {}
for name, fn in pairs(inlines) do first[name] = fn end
for name, fn in pairs(blocks) do first[name] = fn end

return { { Pandoc = with_notebooks }, first, bare }
