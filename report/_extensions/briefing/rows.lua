-- Rows of the long closing tables, which come as data, one row of JSON a line: set here for each medium as text.
-- Through pandoc's reader, tree and writer the ten thousand cells of a register would take most of the time of a build.

local common = require("common")
local html_text, typst_string = common.html_text, common.typst_string
local rows = {}

local names = { l = "left", r = "right", c = "center" }

local function read(text)
  local found, head = {}, nil
  for line in text:gmatch("[^\n]+") do
    local value = pandoc.json.decode(line, false)
    if head then found[#found + 1] = value else head = value end
  end
  return head, found
end

local function align_of(head, place) return names[head.align:sub(place, place)] or "left" end

-- Typst -------------------------------------------------------------------------------------------------------------

local function typst_word(word, narrow)
  local whole = common.unbroken_for_typst(word)
  if whole then return whole end
  if narrow and common.plain_for_typst(word) and common.has_no_room(word, narrow) then return "#hyphenated[" .. common.parted(word) .. "];" end
  word = common.breakable(word)
  return common.plain_for_typst(word) and word or common.escaped_for_typst(word)
end

local function typst_text(text, narrow)
  return (text:gsub("%S+", function(word) return typst_word(word, narrow) end))
end

local typst_kinds = {
  strong = function(it, narrow) return "#strong[" .. typst_text(it.text, narrow) .. "];" end,
  emph = function(it, narrow) return "#emph[" .. typst_text(it.text, narrow) .. "];" end,
  code = function(it) return "#raw(" .. typst_string(it.text) .. ");" end,
  grade = function(it) return '#grade("grade")[' .. typst_text(it.text) .. "];" end,
  web = function(it, narrow) return "#web(" .. typst_string(it.url) .. ")[" .. typst_text(it.text, narrow) .. "];" end,
}
local function typst_goto(it, narrow)
  return "#goto(" .. typst_string(it.to) .. ", " .. typst_string(it.kind) .. ")[" .. typst_text(it.text, narrow) .. "];"
end
-- What a row above has said: print points to that row.
function typst_kinds.again(it, narrow)
  local where = it.to ~= "" and typst_goto({ to = it.to, kind = "fact", text = it.where }, narrow) or typst_text(it.where, narrow)
  return "As for " .. where .. "."
end

local function typst_cell(cell, narrow)
  local out = {}
  for place, it in ipairs(cell) do
    out[place] = type(it) == "string" and typst_text(it, narrow) or (typst_kinds[it.kind] or typst_goto)(it, narrow)
  end
  return "[" .. table.concat(out) .. "]"
end

function rows.typst(text, widths, size)
  local head, found = read(text)
  local columns, aligns, headers, lines = {}, {}, {}, {}
  for place, name in ipairs(head.header) do
    columns[place] = (widths[place] or 1) .. "fr"
    aligns[place] = align_of(head, place)
    headers[place] = "[" .. typst_text(name, common.too_long(widths, place, size)) .. "]"
  end
  for number, row in ipairs(found) do
    local cells = {}
    for place, cell in ipairs(row.cells) do cells[place] = typst_cell(cell, common.too_long(widths, place, size)) end
    if row.id ~= "" then cells[1] = "[#anchor(" .. typst_string(row.id) .. ");" .. cells[1]:sub(2) end
    lines[number] = table.concat(cells, ", ") .. ",\n"
  end
  return common.block("#data-table(columns: (" .. table.concat(columns, ", ") .. ",), align: (" .. table.concat(aligns, ", ")
    .. ",), size: " .. typst_string(size) .. ", header: (" .. table.concat(headers, ", ") .. ",),\n" .. table.concat(lines) .. ")")
end

-- HTML --------------------------------------------------------------------------------------------------------------

local html_kinds = {
  strong = function(it) return "<strong>" .. html_text(it.text) .. "</strong>" end,
  emph = function(it) return "<em>" .. html_text(it.text) .. "</em>" end,
  code = function(it) return "<code>" .. html_text(it.text) .. "</code>" end,
  again = function(it) return html_text(it.text) end,
  grade = function(it) return '<span class="grade grade-' .. html_text(it.text:lower()) .. '">' .. html_text(it.text) .. "</span>" end,
  web = function(it) return '<a href="' .. html_text(it.url) .. '">' .. html_text(it.text) .. "</a>" end,
}
local function html_goto(it)
  local fact = it.kind == "fact" and ' data-fact="' .. html_text(it.to:gsub("^fact%-", "")) .. '"' or ""
  local page = quarto and html_text(it.page) or ""
  return '<a href="' .. page .. "#" .. html_text(it.to) .. '" class="' .. html_text(it.kind) .. '"' .. fact .. ">" .. html_text(it.text) .. "</a>"
end

local function html_cell(cell)
  local out = {}
  for place, it in ipairs(cell) do
    out[place] = type(it) == "string" and html_text(it) or (html_kinds[it.kind] or html_goto)(it)
  end
  return table.concat(out)
end

local function opened_row(row)
  local out = { row.id ~= "" and ' id="' .. html_text(row.id) .. '"' or "" }
  local keys = {}
  for name in pairs(row.data) do
    if name:match("^[%a-]+$") then keys[#keys + 1] = name end
  end
  table.sort(keys)
  for _, name in ipairs(keys) do out[#out + 1] = " data-" .. name .. '="' .. html_text(row.data[name]) .. '"' end
  return "<tr" .. table.concat(out) .. ">"
end

function rows.html(text, widths, size)
  local head, found = read(text)
  local function class(place)
    local align = align_of(head, place)
    return align ~= "left" and ' class="' .. align .. '"' or ""
  end
  local out = { common.table_start(widths, #head.header, size), "<thead>\n<tr>" }
  for place, name in ipairs(head.header) do out[#out + 1] = "<th" .. class(place) .. ' scope="col">' .. html_text(name) .. "</th>" end
  out[#out + 1] = "</tr>\n</thead>\n<tbody>\n"
  for _, row in ipairs(found) do
    out[#out + 1] = opened_row(row)
    for place, cell in ipairs(row.cells) do out[#out + 1] = "<td" .. class(place) .. ">" .. html_cell(cell) .. "</td>" end
    out[#out + 1] = "</tr>\n"
  end
  out[#out + 1] = "</tbody>\n</table>"
  return common.block(table.concat(out))
end

return rows
