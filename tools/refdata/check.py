"""Checks the tables and maps of data/ (standard library only): python3 tools/refdata/check.py [DATA_DIR]

Prints each fault and ends with status 1 if there is one. `--survey DIR` also reads the chapters' company files in DIR/mx and
DIR/us and lists the values that no label covers; those are for a reader to judge and are no fault.
"""

import ast
import csv
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

TABLES = {
    "countries.tsv": ("iso2 iso3 numeric name_en name_es latitude longitude", ["iso2"]),
    "subdivisions.tsv": ("code country name_en name_es inegi od500 od500_alias latitude longitude", ["code"]),
    "places.tsv": ("name ascii country admin1 latitude longitude population alternates", ["name", "country", "latitude", "longitude"]),
    "schemes.tsv": ("scheme version name_en name_es publisher_en publisher_es licence_en licence_es url", ["scheme"]),
    "mappings.tsv": ("from_scheme from_code to_scheme to_code relation confidence note_en note_es", ["from_scheme", "from_code", "to_scheme", "to_code"]),
    "od500_labels.tsv": ("chapter scheme label code", ["chapter", "scheme", "label"]),
    "bodies_mx.tsv": ("name acronym level ckan_slug note", ["name"]),
    "successions.tsv": ("from_name to_name kind on verified note", ["from_name", "to_name", "kind"]),
    "not_sub_bodies.tsv": ("parent sub note", ["parent", "sub"]),
    "printed.tsv": ("chapter figure key printed note", ["chapter", "figure", "key"]),
    "indicators.tsv": ("key name_en name_es definition_en definition_es concept unit chain_stage measure subject_levels frequency source_scheme source_code", ["key"]),
}
SCHEME_HEADER = "code parent label_en label_es definition_en definition_es extra"
ALLOWED = {
    ("mappings.tsv", "relation"): "exact close broad narrow related",
    ("mappings.tsv", "confidence"): "high medium low",
    ("bodies_mx.tsv", "level"): "federal state municipal autonomous legislative judicial state_enterprise university international other",
    ("successions.tsv", "kind"): "succeeded_by merged_into split_from absorbs_functions",
    ("successions.tsv", "verified"): "yes no",
    ("printed.tsv", "figure"): "sectors publishers",
    ("indicators.tsv", "chain_stage"): "input output outcome impact",
    ("indicators.tsv", "measure"): "exposure gross_attributed net_attributed potential context",
    ("indicators.tsv", "source_scheme"): "internal wdi inegi_bie inegi_bise inegi_saic un_sdg oecd_ourdata asedie",
    ("od500_labels.tsv", "chapter"): "mx us au kr *",
}
# Codes of labels that are attributes of an organisation, not codes of a scheme.
ATTRIBUTES = {
    "organisation_type": "company social_enterprise civil_society academia media developer_group cooperative government state_enterprise international individual_trader other",
    "business_model": "b2b b2c b2g b2n other",
    "size_band": "1-10 11-50 51-200 201-500 501-1000 1001-5000 5001-10000 10001+",
    "source_count": "1-10 11-50 51-100 101+",
}
FAMILIES = set("research data finance business media land place public".split())
SIZES = {"geo/countries.json": 250_000, "geo/mx-states.json": 160_000, "geo/us-states.json": 120_000,
         "geo/mx-states.geojson": 400_000, "geo/us-states.geojson": 400_000, "places.tsv": 3_000_000,
         "fonts/od100-serif-600.ttf": 90_000, "fonts/od100-sans-400.ttf": 80_000, "fonts/od100-sans-600.ttf": 80_000}
COUNTS = {"countries.tsv": 249, "schemes/sdg.tsv": 17, "schemes/sdg_target.tsv": 169}

faults = []


def fault(text):
    faults.append(text)
    print(text)


def read(path):
    raw = path.read_bytes()
    if b"\r" in raw or not raw.endswith(b"\n"):
        fault(f"{path.name}: line ends")
    lines = raw.decode("utf-8").rstrip("\n").split("\n")
    header = lines[0].split("\t")
    rows = []
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            fault(f"{path.name}:{number}: {len(cells)} cells instead of {len(header)}")
        if any(cell != cell.strip() for cell in cells):
            fault(f"{path.name}:{number}: blank at the edge of a cell")
        rows.append(dict(zip(header, cells)))
    return header, rows


def unique(name, rows, keys):
    for key, count in Counter(tuple(row[k] for k in keys) for row in rows).items():
        if count > 1:
            fault(f"{name}: {count} rows for {key}")


def tables(data):
    loaded = {}
    for name, (columns, keys) in TABLES.items():
        header, rows = read(data / name)
        if header != columns.split():
            fault(f"{name}: header {header}")
        unique(name, rows, keys)
        loaded[name] = rows
    for (name, column), values in ALLOWED.items():
        for row in loaded[name]:
            if row[column] not in values.split():
                fault(f"{name}: {column} {row[column]!r}")
    return loaded


def schemes(data, listed):
    codes = {}
    files = {path.stem for path in (data / "schemes").glob("*.tsv")}
    if files != {row["scheme"] for row in listed}:
        fault(f"schemes.tsv and schemes/ differ: {files ^ {row['scheme'] for row in listed}}")
    for path in sorted((data / "schemes").glob("*.tsv")):
        header, rows = read(path)
        if header != SCHEME_HEADER.split():
            fault(f"{path.name}: header {header}")
        unique(path.name, rows, ["code"])
        codes[path.stem] = {row["code"] for row in rows}
        parents = codes["sdg"] if path.stem == "sdg_target" else codes[path.stem]
        for row in rows:
            if row["parent"] and row["parent"] not in parents:
                fault(f"{path.name}: {row['code']} has the unknown parent {row['parent']}")
            if not row["label_en"] or not row["label_es"]:
                fault(f"{path.name}: {row['code']} lacks a label")
        if path.stem == "od500_category":
            for row in rows:
                extra = dict(part.split("=") for part in row["extra"].split(";"))
                if extra.get("family") not in FAMILIES:
                    fault(f"{path.name}: {row['code']} has no family")
    return codes


def references(loaded, codes):
    for row in loaded["mappings.tsv"]:
        for end in ("from", "to"):
            if row[f"{end}_code"] not in codes.get(row[f"{end}_scheme"], ()):
                fault(f"mappings.tsv: {row[f'{end}_scheme']} {row[f'{end}_code']} does not exist")
    for scheme in ("od500_category", "od500_data_type", "od500_social_impact", "od500_data_impact"):
        mapped = {row["from_code"] for row in loaded["mappings.tsv"] if row["from_scheme"] == scheme}
        # "Unspecified" stands for answers that name no type of data: it means nothing elsewhere.
        for code in codes[scheme] - mapped - {"unspecified"}:
            fault(f"mappings.tsv: {scheme} {code} leads nowhere")
    for row in loaded["od500_labels.tsv"]:
        known = codes.get(row["scheme"]) or set(ATTRIBUTES.get(row["scheme"], "").split())
        if row["code"] not in known | {"no_answer"}:
            fault(f"od500_labels.tsv: {row['scheme']} {row['code']} does not exist")
    countries = {row["iso2"] for row in loaded["countries.tsv"]}
    subdivisions = {row["code"] for row in loaded["subdivisions.tsv"]}
    for row in loaded["places.tsv"]:
        if row["country"] not in countries | {"XK"}:
            fault(f"places.tsv: country {row['country']}")
        if row["admin1"] and row["admin1"] not in subdivisions:
            fault(f"places.tsv: admin1 {row['admin1']}")
    for name in ("countries.tsv", "subdivisions.tsv", "places.tsv"):
        for row in loaded[name]:
            if not (-90 <= float(row["latitude"]) <= 90 and -180 <= float(row["longitude"]) <= 180):
                fault(f"{name}: point of {row}")
    for column, count in (("inegi", 32), ("od500", 32)):
        values = [row[column] for row in loaded["subdivisions.tsv"] if row["country"] == "MX" and row[column]]
        if len(set(values)) != count:
            fault(f"subdivisions.tsv: {len(set(values))} Mexican {column} codes")
    for row in loaded["indicators.tsv"]:
        for level in row["subject_levels"].split("|"):
            if level not in "org sector area country dataset publisher product".split():
                fault(f"indicators.tsv: {row['key']} level {level}")


# ---- maps ----
def area(ring):
    return sum(x * ring[(i + 1) % len(ring)][1] - y * ring[(i + 1) % len(ring)][0] for i, (x, y) in enumerate(ring)) / 2


def inside(x, y, polygons):
    hit = False
    for polygon in polygons:
        for ring in polygon:
            for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]):
                if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                    hit = not hit
    return hit


def polygons_of(geometry):
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def topojson(path):
    topology = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append([x * sx + tx, y * sy + ty])
        arcs.append(points)

    def ring(indexes):
        points = []
        for index in indexes:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    shapes = {}
    for geometry in topology["objects"]["areas"]["geometries"]:
        parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        if geometry["id"] in shapes or not parts or not geometry["properties"]["name"]:
            fault(f"{path.name}: {geometry['id']} twice, empty or without name")
        shapes[geometry["id"]] = [[ring(r) for r in part] for part in parts]
    return shapes


def maps(data, loaded):
    for country in ("mx", "us"):
        rows = {row["code"]: row for row in loaded["subdivisions.tsv"] if row["country"] == country.upper()}
        shapes = topojson(data / f"geo/{country}-states.json")
        features = json.loads((data / f"geo/{country}-states.geojson").read_text(encoding="utf-8"))["features"]
        plain = {feature["id"]: polygons_of(feature["geometry"]) for feature in features}
        for source in (shapes, plain):
            if source.keys() != rows.keys():
                fault(f"{country}-states: {sorted(source.keys() ^ rows.keys())}")
            for code, row in rows.items():
                if not inside(float(row["longitude"]), float(row["latitude"]), source[code]):
                    fault(f"{country}-states: the point of {code} lies outside")
        for code, polygons in plain.items():
            for polygon in polygons:
                if area(polygon[0]) <= 0 or any(area(hole) >= 0 for hole in polygon[1:]) or any(r[0] != r[-1] for r in polygon):
                    fault(f"{country}-states.geojson: rings of {code}")
    countries = {row["iso2"]: row for row in loaded["countries.tsv"]}
    shapes = topojson(data / "geo/countries.json")
    if shapes.keys() - countries.keys() != {"XK", "ZZ"}:
        fault(f"countries.json: {shapes.keys() - countries.keys()}")
    for code, polygons in shapes.items():
        for ring in (ring for polygon in polygons for ring in polygon):
            if any(abs(a[0] - b[0]) > 180 and abs(a[1]) < 89 for a, b in zip(ring, ring[1:])):
                fault(f"countries.json: {code} crosses the antimeridian")
        if code in countries and sum(abs(area(p[0])) for p in polygons) > 0.5:
            if not inside(float(countries[code]["longitude"]), float(countries[code]["latitude"]), polygons):
                fault(f"countries.json: the point of {code} lies outside")


def sources(data):
    text = (data / "SOURCES.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})`", text, re.MULTILINE))
    found = {str(p.relative_to(data)) for p in data.rglob("*") if p.is_file() and p.name != "SOURCES.md" and p.parent in (data, data / "fonts", data / "geo", data / "schemes")}
    if found != listed.keys():
        fault(f"SOURCES.md and the files differ: {sorted(found ^ listed.keys())}")
    for name in found & listed.keys():
        if hashlib.sha256((data / name).read_bytes()).hexdigest() != listed[name]:
            fault(f"SOURCES.md: checksum of {name}")


def survey(data, folder):
    """Values of the chapters' files that no label covers. Known labels are cut out first, longest first."""
    columns = {"company_category": "od500_category", "data_types": "od500_data_type", "data_impacts": "od500_data_impact",
               "social_impact": "od500_social_impact", "revenue_source": "od500_revenue_source", "business_model": "business_model",
               "company_type": "organisation_type", "full_time_employees": "size_band", "source_count": "source_count"}
    labels = read(data / "od500_labels.tsv")[1]
    for chapter in ("mx", "us"):
        with (folder / chapter / f"{chapter}_companies.csv").open(encoding="utf-8", newline="") as file:
            companies = list(csv.DictReader(file))
        for column, scheme in columns.items():
            known = sorted((row["label"] for row in labels if row["scheme"] == scheme and row["chapter"] in (chapter, "*")), key=len, reverse=True)
            left = Counter()
            for company in companies:
                value = company[column].strip()
                items = ast.literal_eval(value) if column == "data_impacts" and value else [value]
                for item in items:
                    rest = f", {item},"
                    for label in known:
                        while f", {label}," in rest:
                            rest = rest.replace(f", {label},", ",", 1)
                    rest = rest.strip(" ,")
                    if rest:
                        left[rest] += 1
            print(f"{chapter} {column}: {sum(left.values())} unmatched", dict(left.most_common()))


def main():
    arguments = sys.argv[1:]
    folder = None
    if "--survey" in arguments:
        at = arguments.index("--survey")
        folder = Path(arguments[at + 1])
        del arguments[at:at + 2]
    data = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2] / "data"
    loaded = tables(data)
    codes = schemes(data, loaded["schemes.tsv"])
    references(loaded, codes)
    maps(data, loaded)
    sources(data)
    for name, limit in SIZES.items():
        if (data / name).stat().st_size > limit:
            fault(f"{name}: larger than {limit} bytes")
    for name, count in COUNTS.items():
        rows = len((data / name).read_text(encoding="utf-8").splitlines()) - 1
        if rows != count:
            fault(f"{name}: {rows} rows instead of {count}")
    if folder:
        survey(data, folder)
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
