"""Makes the sample reports from their text sources: ``python samples/make.py [--out DIR] [--only NAME] [--font FONT]``.

``--font`` cuts the embedded font anew from an installed WenQuanYi Micro Hei; ``--office`` lets LibreOffice make the PDF
that shows its habits (all other samples are the same bytes on every run).
"""

import argparse
import subprocess
import tempfile
from functools import partial
from pathlib import Path

import formats
import paper
from fontTools import subset
from source import TEXTS, read_source

HERE = Path(__file__).resolve().parent
TYPES = HERE.parent / "patterns"
PDF = {
    "provincial-office-2021": paper.Style(
        size=16, justified=True, head="岚州省2021年政府信息公开工作年度报告", numbers="— {} —"
    ),
    "township-2021": paper.Style(size=14, spaced=True),
    "hard-wrapped-2022": paper.Style(size=12, margin=110, breaks_words=True, spaced=True, numbers="第 {} 页"),
    "bureau-2019": paper.Style(size=12, rotated=True, boxed=True, numbers="{}"),
}
OTHERS = {
    "county-service-centre-2020": ("docx", formats.write_docx),
    "city-2022": ("html", formats.write_portal_html),
    "cloaked-zone-2020": ("html", formats.write_cloaked_html),
    "legacy-2014": ("txt", formats.write_plain_text),
    "damaged-2020": ("txt", formats.write_dump),
    "pipes-2023": ("md", formats.write_markdown),
    "district-2023": ("docx", partial(formats.write_docx, font="WenQuanYi Micro Hei")),
}


def make_sample(name: str, out: Path) -> Path:
    """Write one sample and return its path."""
    parts = read_source(name)
    if name in PDF:
        target = out / f"{name}.pdf"
        paper.write_pdf(parts, target, PDF[name])
        return target
    suffix, write = OTHERS[name]
    target = out / f"{name}.{suffix}"
    write(parts, target)
    return target


def make_office_pdf(name: str, out: Path) -> None:
    """Let LibreOffice turn a DOCX sample into PDF, as most authorities do."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_sample(name, Path(folder))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), str(made)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)


def cut_font(source: str) -> None:
    """Cut the font down to the characters of the sources, the patterns and the forms (at most 700 KB)."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted(TYPES.rglob("*.yaml"))]
    texts += [(HERE / "source.py").read_text(encoding="utf-8"), "".join(map(chr, range(32, 127)))]
    wanted = sorted({ord(char) for text in texts for char in text})
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
    options.font_number = 0
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    paper.FONT_FILE.parent.mkdir(exist_ok=True)
    font.save(str(paper.FONT_FILE))


def main() -> None:
    """Read the command line and make what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--only")
    parser.add_argument("--font")
    parser.add_argument("--office", action="store_true")
    options = parser.parse_args()
    if options.font:
        cut_font(options.font)
    for name in [*PDF, *OTHERS]:
        if options.only in (None, name) and name != "district-2023":
            print(make_sample(name, options.out).name)
    if options.office:
        make_office_pdf("district-2023", options.out)


if __name__ == "__main__":
    main()
