"""Turns simplified text into traditional script with pinyin behind some characters, as some converted pages show it."""

import opencc

PINYIN = {
    "发": "fā", "务": "wù", "区": "qū", "习": "xí", "导": "dǎo", "据": "jù", "设": "shè", "动": "dòng",
    "网": "wǎng", "众": "zhòng", "领": "lǐng", "认": "rèn", "负": "fù", "责": "zé", "统": "tǒng", "计": "jì",
    "业": "yè", "条": "tiáo", "关": "guān", "办": "bàn", "员": "yuán", "处": "chù", "规": "guī",
    "传": "chuán", "报": "bào", "护": "hù", "质": "zhì", "联": "lián", "络": "luò", "确": "què", "进": "jìn",
    "总": "zǒng", "类": "lèi", "项": "xiàng", "题": "tí", "预": "yù", "费": "fèi", "决": "jué",
    "号": "hào", "经": "jīng", "济": "jì", "实": "shí", "机": "jī", "构": "gòu", "组": "zǔ", "织": "zhī",
    "长": "zhǎng", "职": "zhí", "专": "zhuān", "户": "hù", "达": "dá", "约": "yuē", "别": "bié", "满": "mǎn",
    "随": "suí", "单": "dān", "亿": "yì", "数": "shù", "变": "biàn",
}  # fmt: skip
EVERY = 2


def cloak(text: str) -> str:
    """Traditional text; every second listed character is followed by its pinyin in half-width brackets."""
    converter = opencc.OpenCC("s2t")
    seen: dict[str, int] = {}
    pieces: list[str] = []
    for char in text:
        pieces.append(converter.convert(char))
        pinyin = PINYIN.get(char, "")
        if pinyin:
            seen[char] = seen.get(char, 0) + 1
            if seen[char] % EVERY == 1:
                pieces.append(f"({pinyin})")
    return "".join(pieces)
