"""Files in the form in which their publishers give them; the layouts are real, the figures are made up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

COMTRADE = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,flowCode,flowDesc,partnerCode,partnerISO,"
    "partnerDesc,partner2Code,partner2ISO,partner2Desc,classificationCode,classificationSearchCode,isOriginalClassification,cmdCode,cmdDesc,"
    "aggrLevel,isLeaf,customsCode,customsDesc,mosCode,motCode,motDesc,qtyUnitCode,qtyUnitAbbr,qty,isQtyEstimated,altQtyUnitCode,"
    "altQtyUnitAbbr,altQty,isAltQtyEstimated,netWgt,isNetWgtEstimated,grossWgt,isGrossWgtEstimated,cifvalue,fobvalue,primaryValue,"
    "legacyEstimationFlag,isReported,isAggregate"
)
COMTRADE_ROW = {
    "typeCode": "C", "freqCode": "A", "refPeriodId": "20230101", "refYear": "2023", "refMonth": "52", "period": "2023",
    "reporterCode": "901", "reporterISO": "ALP", "reporterDesc": "Alpland", "flowCode": "X", "flowDesc": "Export",
    "partnerCode": "156", "partnerISO": "CHN", "partnerDesc": "China", "partner2Code": "0", "partner2ISO": "W00",
    "partner2Desc": "World", "cmdCode": "TOTAL", "cmdDesc": "All Commodities", "customsCode": "C00", "motCode": "0",
    "primaryValue": "12345678901.5",
}  # fmt: skip


def comtrade(*rows: dict[str, str], header: str = COMTRADE, end: str = "\r\n") -> str:
    """A download of comtradeplus.un.org; its rows end with a comma that the header has not."""
    columns = header.split(",")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(columns)
    for row in rows:
        cells = {**COMTRADE_ROW, **row}
        writer.writerow([*(cells.get(column, "") for column in columns), ""])
    return out.getvalue()


def both(year: str, exports: str, imports: str, **cells: str) -> tuple[dict[str, str], dict[str, str]]:
    """Exports and imports of one year."""
    return (
        {"refYear": year, "flowCode": "X", "primaryValue": exports, **cells},
        {"refYear": year, "flowCode": "M", "primaryValue": imports, **cells},
    )


def worldbank(rows: Iterable[str], years: str = "2021,2022,2023", *, bom: str = "\ufeff", end: str = "\r\n") -> str:
    """A download of data.worldbank.org, unpacked: all cells quoted, a comma at the end of each line."""
    quoted = ",".join(f'"{year}"' for year in years.split(","))
    lines = ['"Data Source","World Development Indicators",', "", '"Last Updated Date","2026-04-08",', ""]
    lines += [f'"Country Name","Country Code","Indicator Name","Indicator Code",{quoted},']
    return bom + end.join([*lines, *(f"{row}," for row in rows)]) + end


def gdp(name: str, code: str, *values: str) -> str:
    """One row of gross domestic product."""
    return ",".join(f'"{cell}"' for cell in (name, code, "GDP (current US$)", "NY.GDP.MKTP.CD", *values))


DATABANK = """\
Country Name,Country Code,Series Name,Series Code,2021 [YR2021],2022 [YR2022],2023 [YR2023]
Alpland,ALP,GDP (current US$),NY.GDP.MKTP.CD,55123456789,60000000000,..
Alpland,ALP,"Population, total",SP.POP.TOTL,7000000,7000100,7000200
Alpland,ALP,Forest area,AG.LND.FRST.K2,1,2,3



Data from database: World Development Indicators
Last Updated: 04/08/2026
"""

REGISTER_TITLE = (
    "Transfers of major conventional arms from {suppliers}  to {recipients} . "
    "Deals with deliveries made for the year range '{first}' to '{last}';"
)
REGISTER_HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,Order date is estimate,Numbers delivered,"
    "Numbers delivered is estimate,Delivery year,Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,"
    "Local production;"
)
DEALS_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Deliveries in the Year Range, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)


def _preamble(suppliers: str, recipients: str, first: str, last: str) -> list[str]:
    return [
        REGISTER_TITLE.format(suppliers=suppliers, recipients=recipients, first=first, last=last),
        "A '?' in a column indicates uncertain data.;",
        "SIPRI trend-indicator values (TIVs) are in millions.;",
        ";",
        "Source: SIPRI Arms Transfers Database (c) SIPRI.;",
        "Data generated: 12 Feb 2026 12:26:12 PM;",
    ]


def register(
    *deliveries: str, suppliers: str = "All countries", recipients: str = "All countries", first: str = "2010", last: str = "2025"
) -> str:
    """The register by year of delivery; a delivery reads `supplier>recipient year volume`, with _ for blanks in names."""
    lines = [*_preamble(suppliers, recipients, first, last), REGISTER_HEADER]
    for number, delivery in enumerate(deliveries, 1):
        pair, year, volume = delivery.split()
        supplier, recipient = pair.replace("_", " ").split(">")
        lines.append(f"{number},{supplier},{recipient},T-1,tank,Armoured vehicles,2010,No,2,No,{year},No,New,1,1,{volume},No;")
    return "\r\n".join(lines) + "\r\n"


def deals(*rows: str, first: str, last: str, suppliers: str = "All countries") -> str:
    """The register by deal; a row reads as in `register`."""
    lines = [*_preamble(suppliers, "All countries", first, last), DEALS_HEADER]
    for row in rows:
        pair, years, volume = row.split()
        supplier, recipient = pair.replace("_", " ").split(">")
        lines.append(f"{recipient},{supplier},2010,?,4,,T-1,tank,4,?,{years},New,,1,4,{volume}")
    return "\n".join(lines) + "\n"


LIBRARY_HEADER = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,subjects,vote_note,total_yes,"
    "total_no,total_abstentions,total_non_voting,total_ms,undl_link"
)


def library(votes: dict[str, str], date: str = "2025-12-30", resolution: str = "A/RES/80/{number}") -> str:
    """The voting data of the UN Digital Library: one letter a roll call for each member."""
    lines = [LIBRARY_HEADER]
    for number in range(max(map(len, votes.values()))):
        for code, cast in votes.items():
            if number < len(cast):
                symbol = resolution.format(number=number)
                lines.append(
                    f'{4000000 + number},{code},NAME,{cast[number]},{date},80,{symbol},,,,"A title, with a comma",,,,1.0,1.0,1.0,1.0,4.0,'
                )
    return "\n".join(lines) + "\n"


def voeten(votes: dict[str, str], date: str = "2018-12-17") -> str:
    """Voeten's roll calls: one digit a roll call for each state, which is a number and, after a comma, perhaps a name."""
    lines = ["rcid,ccode,session,vote,Country,Countryname,year,date,unres"]
    for number in range(max(map(len, votes.values()))):
        for state, cast in votes.items():
            code, _, name = state.partition(",")
            lines.append(f"{number},{code},73,{cast[number]},XXX,{name},2018,{date},R/73/{number}")
    return "\n".join(lines) + "\n"


IMTS_HEADER = "DATASET,SERIES_CODE,OBS_MEASURE,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,SCALE,2024,2025"


def imts(*flows: str, scale: str = "Millions", header: str = IMTS_HEADER) -> str:
    """The wide CSV of data.imf.org; a flow reads `AAA>BBB value2024 value2025` in the scale, - for no value."""
    lines = ["\ufeff" + ",".join(f'"{name}"' for name in header.split(","))]
    for flow in flows:
        pair, *values = flow.split()
        one, other = pair.split(">")
        cells = [
            "IMF.STA:IMTS(1.0.0)", f"{one}.XG_FOB_USD.{other}.A", "OBS_VALUE", one, "Exports of goods, Free on board (FOB), US dollar",
            other, "Annual", scale, *("" if value == "-" else value for value in values),
        ]  # fmt: skip
        lines.append(",".join(f'"{cell}"' for cell in cells))
    return "\r\n".join(lines) + "\r\n"


def dots(*flows: str) -> str:
    """The bulk CSV of the old site, with its row of marks; a flow reads `name>name value2024 value2025`, with _ for blanks."""
    columns = (
        "Country Name,Country Code,Indicator Name,Indicator Code,Counterpart Country Name,Counterpart Country Code,Attribute,2024,2025,"
    )
    lines = [",".join(f'"{name}"' for name in columns.split(","))]
    for flow in flows:
        pair, *values = flow.split()
        one, other = pair.replace("_", " ").split(">")
        start = [one, "924", "Goods, Value of Exports, Free on board (FOB), US Dollars", "TXG_FOB_USD", other, "111"]
        lines.append(",".join(f'"{cell}"' for cell in (*start, "Value", *values, "")))
        lines.append(",".join(f'"{cell}"' for cell in (*start, "Status", *("e" for _ in values), "")))
    return "\n".join(lines) + "\n"
