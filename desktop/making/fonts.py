"""Makes `assets/fonts/` from unpacked font packages: `python -m desktop.making.fonts FOLDER`.

FOLDER holds one folder per package, each what `npm pack NAME` and `tar xzf` give: source-serif-4, ibm-plex-sans,
ibm-plex-sans-condensed, noto-sans-sc and noto-sans-kr of the scope @fontsource. Latin faces are copied as they are ("Plex" is
a reserved name, so nothing is taken out of them). The Chinese and Korean faces are reduced to the letters that scenarios and
wording use. Needs fonttools (the extra `making`). Run it again when a scenario brings a new name.
"""

import hashlib
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LATIN = {
    "source-serif-4": [(600, "normal", "SourceSerif4-SemiBold"), (700, "normal", "SourceSerif4-Bold")],
    "ibm-plex-sans": [
        (400, "normal", "IBMPlexSans-Regular"),
        (500, "normal", "IBMPlexSans-Medium"),
        (600, "normal", "IBMPlexSans-SemiBold"),
    ],
    "ibm-plex-sans-condensed": [
        (400, "normal", "IBMPlexSansCondensed-Regular"),
        (400, "italic", "IBMPlexSansCondensed-Italic"),
        (500, "normal", "IBMPlexSansCondensed-Medium"),
        (600, "normal", "IBMPlexSansCondensed-SemiBold"),
    ],
}
EAST_ASIAN = {400: "NotoSansSC-Regular", 500: "NotoSansSC-Medium"}
WIDE = re.compile(r"[⺀-鿿가-힯]")
USUAL = (
    "中国美华为云阿里巴字节跳动深度求索芯际北京上海台湾积电積電臺東首尔韩荷兰日本"
    "新加坡马来西亚阿联酋长江存储寒武纪月之暗面腾讯百度"
)
"""Names that screens may give beside the English ones without a scenario naming them."""


def wanted() -> str:
    """Every Chinese, Japanese and Korean letter of the scenarios and of the wording, once, in order."""
    files = [*sorted((ROOT / "assets/scenarios").glob("*.toml")), *sorted((ROOT / "assets/words").glob("*.toml"))]
    texts = [USUAL, *(path.read_text("utf-8") for path in files)]
    return "".join(sorted({letter for text in texts for letter in WIDE.findall(text)}))


def package(folder: Path, name: str) -> Path:
    """The folder of an unpacked package."""
    found = sorted(path for path in folder.glob(f"*{name}*/package") if re.search(rf"{name}(-\d|/)", f"{path}/"))
    if not found:
        sys.exit(
            f"{folder}: there is no unpacked package {name}; unpack what `npm pack @fontsource/{name}` gives there"
        )
    return found[-1]


def reduced(folder: Path, weight: int, letters: str, out: Path) -> None:
    """One face that holds the letters, merged from the slices in which the packages carry them."""
    from fontTools.merge import Merger
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    left, parts = set(map(ord, letters)), list[str]()
    with tempfile.TemporaryDirectory() as place:
        for name in ("noto-sans-sc", "noto-sans-kr"):
            for path in sorted((package(folder, name) / "files").glob(f"{name}-*-{weight}-normal.woff2")):
                font = TTFont(path)
                has = left & set(font.getBestCmap())
                if not has:
                    continue
                left -= has
                options = Options(layout_features=[], hinting=False, notdef_outline=True)
                subsetter = Subsetter(options)
                subsetter.populate(unicodes=has)
                subsetter.subset(font)
                for table in ("GSUB", "GPOS", "GDEF", "vhea", "vmtx", "VORG", "STAT"):
                    if table in font:
                        del font[table]
                font.flavor = None
                parts.append(f"{place}/{len(parts)}.ttf")
                font.save(parts[-1])
        if left:
            sys.exit(f"no slice of the packages holds {''.join(map(chr, sorted(left)))}")
        whole = Merger().merge(parts) if len(parts) > 1 else TTFont(parts[0])
    whole.flavor = "woff2"
    whole.recalcTimestamp = False
    whole["head"].created = whole["head"].modified = 0  # the same letters give the same file
    whole.save(out)


def main(folder: Path) -> None:
    """Writes the faces and their licences."""
    fonts = ROOT / "assets/fonts"
    for name, faces in LATIN.items():
        source = package(folder, name)
        for weight, style, face in faces:
            shutil.copy(source / "files" / f"{name}-latin-{weight}-{style}.woff2", fonts / f"{face}.woff2")
        shutil.copy(source / "LICENSE", fonts / f"OFL-{faces[0][2].split('-')[0]}.txt")
    shutil.copy(package(folder, "noto-sans-sc") / "LICENSE", fonts / "OFL-NotoSansSC.txt")
    letters = wanted()
    for weight, face in EAST_ASIAN.items():
        reduced(folder, weight, letters, fonts / f"{face}.woff2")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(fonts.glob("*.woff2"))]
    (fonts / "SHA256SUMS").write_text("".join(sums), "utf-8")
    print(f"{len(letters)} Chinese, Japanese and Korean letters: {letters}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("write python -m desktop.making.fonts FOLDER, where FOLDER holds the unpacked packages")
    main(Path(sys.argv[1]))
