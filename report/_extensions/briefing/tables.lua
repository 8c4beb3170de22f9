-- Tables: a call for Typst; for HTML tags with scopes, widths and row ids, in a region that scrolls.

local common = require("common")
local raw, block, wrap, html_text, typst_string = common.raw, common.block, common.wrap, common.html_text, common.typst_string
local tables = {}

-- A table is written here and now: Quarto passes over the book some hundred times, and a register has thousands of cells.
local function written(content)
  return block((pandoc.write(pandoc.Pandoc { pandoc.Plain(content) }, common.engine, { wrap_text = "none" }):gsub("%s+$", "")))
end

local aligned = { AlignLeft = "left", AlignRight = "right", AlignCenter = "center", AlignDefault = "left" }

local function is_grade(el)
  return el.t == "Span" and el.classes:includes("grade") or el.t == "RawInline" and el.text:match("^#grade%(") ~= nil
end

-- A grade stays on the line of the name that it grades.
function tables.with_grades(content)
  for place = 2, #content do
    if content[place - 1].t == "Space" and is_grade(content[place]) then content[place - 1] = pandoc.Str("\u{00A0}") end
  end
  return content
end

local function cell_inlines(cell)
  return tables.with_grades(pandoc.utils.blocks_to_inlines(cell.contents, { pandoc.LineBreak() }))
end

function tables.numbers(text)
  local out = {}
  for number in (text or ""):gmatch("[%d%.]+") do out[#out + 1] = tonumber(number) end
  return out
end

local function hyphenated(content, count)
  for place, el in ipairs(content) do
    if el.t == "Str" and common.has_no_room(el.text, count) then
      content[place] = pandoc.Span { raw("#hyphenated["), pandoc.Str(common.parted(el.text)), raw("];") }
    elseif el.t == "Strong" or el.t == "Emph" then
      el.content = hyphenated(el.content, count)
      content[place] = el
    end
  end
  return content
end

local function as_typst(tbl, widths, size)
  local columns, aligns = {}, {}
  for i, spec in ipairs(tbl.colspecs) do
    columns[i] = widths[i] and (widths[i] .. "fr") or (spec[2] and spec[2] > 0 and (spec[2] .. "fr") or "auto")
    aligns[i] = aligned[spec[1]]
  end
  local out = pandoc.Inlines {
    raw("#data-table(columns: (" .. table.concat(columns, ", ") .. ",), align: (" .. table.concat(aligns, ", ") .. ",), size: "
      .. typst_string(size) .. ", header: (")
  }
  local function row(cells)
    for i, cell in ipairs(cells) do
      local content = cell_inlines(cell)
      local count = common.too_long(widths, i, size)
      out:extend(wrap("[", count and hyphenated(content, count) or content, "], "))
    end
  end
  for _, r in ipairs(tbl.head.rows) do row(r.cells) end
  out:insert(raw("),\n"))
  for _, body in ipairs(tbl.bodies) do
    for _, r in ipairs(body.body) do
      row(r.cells)
      out:insert(raw("\n"))
    end
  end
  out:insert(raw(")"))
  return written(out)
end

-- A row takes the first id and the data of the empty spans in its cells, so that it can be linked to, lit up and filtered.
local function opened_row(cells)
  local id, data = "", ""
  for _, content in ipairs(cells) do
    local place = 1
    while place <= #content do
      local el, lifted = content[place], false
      if el.t == "Span" and #el.content == 0 then
        if el.identifier ~= "" and id == "" then
          id, lifted = ' id="' .. html_text(el.identifier) .. '"', true
        end
        for name, value in pairs(el.attributes) do
          if name:match("^data%-[%a-]+$") then data, lifted = data .. " " .. name .. '="' .. html_text(value) .. '"', true end
        end
      end
      if lifted then content:remove(place) else place = place + 1 end
    end
  end
  return "<tr" .. id .. data .. ">"
end

-- Written tag by tag: Quarto rebuilds tables that it sees, and drops the ids of their rows.
local function as_html(tbl, widths, size)
  local out = pandoc.Inlines { raw(common.table_start(widths, #tbl.colspecs, size)) }
  local function row(r, tag)
    local cells = pandoc.List(r.cells):map(cell_inlines)
    out:insert(raw(opened_row(cells)))
    for i, content in ipairs(cells) do
      local align = aligned[tbl.colspecs[i][1]]
      local style = align ~= "left" and ' class="' .. align .. '"' or ""
      out:extend(wrap("<" .. tag .. style .. (tag == "th" and ' scope="col">' or ">"), content, "</" .. tag .. ">"))
    end
    out:insert(raw("</tr>\n"))
  end
  out:insert(raw("<thead>\n"))
  for _, r in ipairs(tbl.head.rows) do row(r, "th") end
  out:insert(raw("</thead>\n<tbody>\n"))
  for _, body in ipairs(tbl.bodies) do
    for _, r in ipairs(body.body) do row(r, "td") end
  end
  out:insert(raw("</tbody>\n</table>"))
  return written(out)
end

-- A table in the page: wider than a phone, it scrolls inside a region that a keyboard reaches.
function tables.region(content, label)
  return {
    block('<div class="table-scroll" role="region" tabindex="0" aria-label="' .. html_text(label) .. '">'),
    content,
    block("</div>"),
  }
end

-- The blocks that show a table in this medium.
function tables.shown(tbl, widths, size, label)
  if common.typst then return { as_typst(tbl, widths, size) } end
  return tables.region(as_html(tbl, widths, size), label)
end

return tables
