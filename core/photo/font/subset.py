#!/usr/bin/env python3
"""Makes the font of the watermark: Noto Sans CJK SC, cut down to what a watermark of this city writes.

Needs fonttools, and the font of Debian's package fonts-noto-cjk (SIL Open Font License 1.1, see LICENSE beside this):

    pip install fonttools
    python3 core/photo/font/subset.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

FOLDER = pathlib.Path(__file__).parent
SIMPLIFIED_CHINESE = 2  # the number of Noto Sans CJK SC in the collection
PUNCTUATION = "·°′″–—‘’“”…‰×÷±→、。〈〉《》「」『』【】〔〕！＂＃％＆（）＊＋，－．／：；＜＝＞？＠［］～￥〇①②③④⑤⑥⑦⑧⑨⑩℃㎡"


def level_one():
    """The 3,755 characters of GB 2312 level 1: rows 16 to 55."""
    for row in range(16, 56):
        for cell in range(1, 95):
            try:
                yield bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312")
            except UnicodeDecodeError:
                pass  # the end of row 55 is empty


def extra():
    """What the list beside this file adds."""
    for line in (FOLDER / "characters.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.partition(":")[2].strip()


def main():
    characters = {chr(code) for code in range(0x20, 0x7F)}
    characters.update(PUNCTUATION, level_one(), extra())
    font = TTFont(sys.argv[1], fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = []  # no kerning, no ligatures: the watermark sets one glyph after another
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 4, 5, 13, 14]  # names and the licence stay inside
    options.notdef_outline = True
    options.drop_tables += ["BASE", "GPOS", "GSUB", "GDEF", "VORG", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(character) for character in characters])
    cutter.subset(font)
    target = FOLDER / "watermark.otf"
    font.save(target)
    print(f"{target}: {len(characters)} characters, {target.stat().st_size} bytes")


main()
