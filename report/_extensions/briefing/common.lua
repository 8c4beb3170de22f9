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

return common
