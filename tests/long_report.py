"""A report of many pages and facts, made like the samples: for what has to stay fluid."""

import sys
from itertools import cycle
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SENTENCES = (
    "通过政府网站公开信息{}条。",
    "收到政府信息公开申请{}件，办结申请{}件。",
    "发布政策解读{}篇。",
    "政务微博发布信息{}条。",
    "召开新闻发布会{}场。",
    "接听咨询电话{}个。",
    "举办培训班{}期，培训{}人。",
)
FILLER = "各单位坚持以公开为常态、不公开为例外，进一步健全制度，明确责任，规范程序，回应群众关切，加强平台建设。"
PLACES = ("东河镇", "南岭乡", "西柳街道", "北塘镇", "中和乡", "青石镇", "云溪街道")


def make_long_report(target, places=290):
    """Write a PDF with a part a place (290 make 200 pages and 2,000 facts); gives back its path."""
    sys.path.insert(0, str(SAMPLES))
    try:
        import paper
        from source import Part
    finally:
        sys.path.remove(str(SAMPLES))
    parts = [Part("title", "滨林县2022年政府信息公开工作年度报告"), Part("heading", "一、总体情况")]
    numbers = cycle(range(11, 997, 7))
    for at in range(places):
        sentences = "".join(sentence.format(next(numbers), next(numbers)) for sentence in SENTENCES)
        parts.append(Part("heading", f"（{at + 1}）{PLACES[at % len(PLACES)]}{at + 1}号片区情况"))
        parts.append(Part("paragraph", f"2022年，{PLACES[at % len(PLACES)]}{sentences}"))
        parts += [Part("paragraph", FILLER * 3)] * 3
    paper.write_pdf(parts, Path(target), paper.Style(size=14, numbers="— {} —"))
    return Path(target)
