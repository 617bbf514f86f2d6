"""Makes the fonts of drawn pictures: python fonts.py NODE_MODULES DATA_DIR

One weight of each variable font, Latin and extended Latin in one TrueType file. The names are ours, because the licence
keeps the name of the original for the original; copyright and licence stay in the files and in OFL.txt.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FACES = [
    ("source-serif-4", 600, "OD100 Serif", "od100-serif-600.ttf"),
    ("source-sans-3", 400, "OD100 Sans", "od100-sans-400.ttf"),
    ("source-sans-3", 600, "OD100 Sans", "od100-sans-600.ttf"),
]
# What names of organisations and currency need; signs for phonetics stay out.
EXTENDED = [*range(0x0100, 0x0250), *range(0x1E00, 0x1F00), 0x2020, *range(0x20A0, 0x20C1)]
STYLES = {400: "Regular", 600: "SemiBold"}


def part(package, name, weight, unicodes):
    font = TTFont(package / "files" / f"{package.name}-{name}-wght-normal.woff2", recalcTimestamp=False)
    font = instantiateVariableFont(font, {"wght": weight})
    font.flavor = None
    options = Options(layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum"], hinting=False,
                      notdef_outline=True, name_IDs=["*"], drop_tables=["STAT", "BASE", "GlyphOrder"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=unicodes or font.getBestCmap())
    subsetter.subset(font)
    return font


def rename(font, family, weight):
    kept = {record.nameID: record.toUnicode() for record in font["name"].names}
    style = STYLES[weight]
    names = {0: kept[0], 1: f"{family} {style}", 2: "Regular", 3: f"{family} {style}", 4: f"{family} {style}",
             5: kept.get(5, "1.0"), 6: f"{family.replace(' ', '')}-{style}", 13: kept.get(13, "SIL Open Font License 1.1"),
             14: "https://openfontlicense.org", 16: family, 17: style}
    font["name"].names = []
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def main(modules, data):
    out = data / "fonts"
    out.mkdir(exist_ok=True)
    notices = {}
    for package, weight, family, name in FACES:
        package = modules / "@fontsource-variable" / package
        with tempfile.TemporaryDirectory() as scratch:
            files = []
            for subset, unicodes in (("latin", None), ("latin-ext", EXTENDED)):
                files.append(f"{scratch}/{subset}.ttf")
                part(package, subset, weight, unicodes).save(files[-1])
            font = Merger().merge(files)
        # The day of making would change the bytes.
        font.recalcTimestamp = False
        head = TTFont(package / "files" / f"{package.name}-latin-wght-normal.woff2")["head"]
        font["head"].created, font["head"].modified = head.created, head.modified
        rename(font, family, weight)
        notices[font["name"].getDebugName(0).strip()] = None
        font.save(out / name)
    licence = (modules / "@fontsource-variable" / "source-sans-3" / "LICENSE").read_text(encoding="utf-8")
    licence = "\n".join(line.rstrip() for line in licence[licence.index("This Font Software"):].strip().splitlines())
    text = "\n".join(notices) + "\n\nThe files here are modified versions under names of their own.\n\n" + licence + "\n"
    (out / "OFL.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
