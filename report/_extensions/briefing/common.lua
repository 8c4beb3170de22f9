-- What the parts of the filter share: the medium, raw text for it, and strings that are safe in it.

local common = { typst = FORMAT:match("typst") ~= nil }
common.engine = common.typst and "typst" or "html"

function common.raw(text) return pandoc.RawInline(common.engine, text) end
function common.block(text) return pandoc.RawBlock(common.engine, text) end

function common.wrap(open, content, close)
  local out = pandoc.Inlines { common.raw(open) }
  out:extend(content)
  out:insert(common.raw(close))
  return out
end

function common.typst_string(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

function common.html_text(text)
  return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;"):gsub('"', "&quot;"))
end

-- Typst breaks lines after slashes and hyphens only; longer runs get a place to break, or they would leave their column.
function common.breakable(word)
  if #word <= 24 or utf8.len(word) == nil then return word end
  local out, run = {}, 0
  for _, code in utf8.codes(word) do
    local letter = utf8.char(code)
    out[#out + 1] = letter
    run = letter:match("[/%-]") and 0 or run + 1
    if run >= 20 or (run >= 10 and letter:match("[._?&=%%:,]")) then
      out[#out + 1] = "\u{200B}"
      run = 0
    end
  end
  return table.concat(out)
end

-- Typst reads more marks than pandoc escapes: dashes from hyphens, dots, addresses, lists at the start of a cell, and an apostrophe after a
-- digit as minutes of arc.
function common.plain_for_typst(text)
  local calm = text:gsub("(%w)%-(%w)", "%1%2"):gsub("(%w)%-(%w)", "%1%2")
  if calm:find("%d\u{2019}") then return false end
  return not calm:find("[^%w%s,.;:()%%\128-\255]") and not calm:find("..", 1, true) and not calm:find("^%d+%.")
end

function common.escaped_for_typst(text) return (text:gsub("%p", "\\%0")) end

-- A number with a unit that has a slash, as in 1.4 mb/d, stays on one line: Typst would break it there. Nil for other words.
function common.unbroken_for_typst(word)
  return word:find("%d\u{00A0}%a+/%a+") and "#box[" .. common.escaped_for_typst(word) .. "];" or nil
end

-- What tables share, whether they come as Markdown or as data -----------------------------------------------------------

-- So many letters in a row; dashes and fixed spaces of several bytes are none.
local letters = {}
function common.is_long(text, count)
  letters[count] = letters[count] or ("[%a\128-\255]"):rep(count)
  return #text >= count and text:gsub("\xE2\x80[\x80-\xBF]", " "):gsub("\xC2\xA0", " "):find(letters[count]) ~= nil
end

-- A word of too many letters, or what cannot be parted: a number with its unit, a host name with the grade that follows it.
function common.has_no_room(text, count)
  if common.is_long(text, count) then return true end
  for run in text:gsub("\xE2\x80[\x80-\xBF]", " "):gsub("%-", " "):gmatch("%S+") do
    local grade = run:find("%a[%.%d]%a") and 3 or -1
    if (utf8.len(run) or 0) >= count - grade and common.is_long(run, 9) then return true end
  end
  return false
end

-- A host name is one word to the hyphenation, and one with a figure in it none: it may also part before its dots and after the figure.
function common.parted(text) return (text:gsub("(%a)%.(%a)", "%1\u{200B}.%2"):gsub("(%d)(%u)", "%1\u{200B}%2")) end

-- How many letters of a word have no room in a column, so that it has to be hyphenated; nil where any usual word has room.
-- A table is 160 mm wide, a letter half as wide as it is high.
local heights = { normal = 9, small = 8, tiny = 6.8 }
function common.too_long(widths, place, size)
  local total = 0
  for _, width in ipairs(widths) do total = total + width end
  if not widths[place] then return nil end
  local letter = 0.5 * (heights[size] or heights.normal)
  local count = math.floor((widths[place] / total * 160 / 25.4 * 72 - 8) / letter) + 1
  return count < 26 and math.max(count, 8) or nil
end

-- The start of a table in HTML, with its columns. Quarto is asked to leave it: it would rebuild it and drop the ids of rows.
function common.table_start(widths, count, size)
  local total, cols = 0, {}
  for _, width in ipairs(widths) do total = total + width end
  for place = 1, count do cols[place] = string.format('<col style="width:%.4g%%">', 100 * (widths[place] or 0) / total) end
  local untouched = quarto and ' data-quarto-disable-processing="true"' or ""
  local start = '<table class="data ' .. common.html_text(size) .. '"' .. untouched .. ">\n"
  return total > 0 and start .. "<colgroup>" .. table.concat(cols) .. "</colgroup>\n" or start
end

return common
