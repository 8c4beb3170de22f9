-- Charts: an image call for Typst; for HTML the SVG itself, safe beside others and readable on light and dark ground.

local common = require("common")
local charts = {}

local function read(path)
  local file = io.open(path, "rb") or error("the book has no file " .. path)
  local text = file:read("a")
  file:close()
  return text
end

local millimetres = { mm = 1, cm = 10, ["in"] = 25.4, pt = 25.4 / 72, px = 25.4 / 96, [""] = 25.4 / 96 }

-- Width of a drawing in millimetres where it is narrower than the page: it then keeps its size, the others fill the width.
local function narrow(svg)
  local number, unit = svg:match('<svg[^>]-%swidth="([%d%.]+)(%a*)"')
  local mm = tonumber(number or "") and tonumber(number) * (millimetres[unit] or 0) or 160
  return mm < 150 and mm > 0 and mm or nil
end

function charts.typst(image)
  local mm = image.src:match("%.svg$") and narrow(read(image.src))
  local width = mm and string.format("%.1fmm", mm) or "100%"
  local alt = image.attributes["fig-alt"] or pandoc.utils.stringify(image.caption)
  return "image(" .. common.typst_string(image.src) .. ", width: " .. width .. ", alt: " .. common.typst_string(alt) .. ")"
end

-- The same hue at mirrored lightness (Oklab), so that a colour stands out from dark ground as it did from white.
function charts.for_dark(hex)
  local function linear(c) return c <= 0.04045 and c / 12.92 or ((c + 0.055) / 1.055) ^ 2.4 end
  local function encoded(c)
    c = math.max(0, math.min(1, c))
    return math.floor(255 * (c <= 0.0031308 and 12.92 * c or 1.055 * c ^ (1 / 2.4) - 0.055) + 0.5)
  end
  local r, g, b = (linear(tonumber(hex:sub(1, 2), 16) / 255)), linear(tonumber(hex:sub(3, 4), 16) / 255), linear(tonumber(hex:sub(5, 6), 16) / 255)
  local l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ^ (1 / 3)
  local m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ^ (1 / 3)
  local s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ^ (1 / 3)
  local light = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
  local a, bb = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s, 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
  light = 0.20 + 0.80 * math.max(0, 1 - light) ^ 0.7  -- white becomes the dark ground, ink nearly white
  l, m, s = (light + 0.3963377774 * a + 0.2158037573 * bb) ^ 3, (light - 0.1055613458 * a - 0.0638541728 * bb) ^ 3, (light - 0.0894841775 * a - 1.2914855480 * bb) ^ 3
  return string.format("#%02x%02x%02x", encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s), encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))
end

-- Each colour of a chart becomes a property of that chart with two values; browsers that know none keep the first.
local function two_toned(svg, id)
  local seen, names = {}, {}
  svg = svg:gsub("([:\"]%s*)#(%x%x%x%x%x%x)", function(before, hex)
    hex = hex:lower()
    if not seen[hex] then
      seen[hex] = true
      names[#names + 1] = hex
    end
    return before .. "var(--c" .. hex .. ",#" .. hex .. ")"
  end)
  local rules = {}
  for i, hex in ipairs(names) do rules[i] = "--c" .. hex .. ":light-dark(#" .. hex .. "," .. charts.for_dark(hex) .. ")" end
  local style = "<style>@supports (color:light-dark(#000,#fff)){#" .. id .. " .chart{" .. table.concat(rules, ";") .. "}}</style>"
  return svg, style
end

-- SVG goes into the page itself: it then uses the page's fonts and follows light and dark.
function charts.html(image, id)
  local alt = common.html_text(image.attributes["fig-alt"] or pandoc.utils.stringify(image.caption))
  if not image.src:match("%.svg$") then return '<img src="' .. common.html_text(image.src) .. '" alt="' .. alt .. '">' end
  local svg = read(image.src)
  svg = svg:gsub("<%?xml.-%?>", ""):gsub("<!DOCTYPE.->", ""):gsub("<!%-%-.-%-%->", ""):gsub("<metadata>.-</metadata>", "")
  -- ids of one chart must not meet those of another
  svg = svg:gsub('(%sid=")', "%1" .. id .. "-"):gsub("url%(#", "url(#" .. id .. "-"):gsub('(href="#)', "%1" .. id .. "-")
  svg = svg:gsub("^%s+", ""):gsub("%s+$", ""):gsub("\n%s*\n", "\n")
  local mm = narrow(svg)
  local size = mm and string.format(' style="max-width:%.1frem;min-width:%.1frem"', 50 * mm / 160, 32 * mm / 160) or ""
  local toned, style = two_toned(svg, id)
  return (toned:gsub("^<svg", function() return '<svg role="img" aria-label="' .. alt .. '"' .. size end, 1)) .. style
end

-- The data behind a chart as an address that holds them, so that the page alone can hand them out.
function charts.data(path)
  local file = io.open(path, "rb")
  if not file then return common.html_text(path) end  -- a stage without data: beside the page then
  local text = file:read("a")
  file:close()
  return "data:text/csv;charset=utf-8," .. text:gsub("[^%w%-_.~,!*()]", function(byte) return string.format("%%%02X", byte:byte()) end)
end

return charts
