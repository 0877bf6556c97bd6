"""Word borders: the same words as jieba with the same dictionary."""

from itertools import pairwise
from pathlib import Path

import pytest

from extractor import lexicon
from extractor.normalise import fold_text
from extractor.sentences import cut

REPORTS = Path(__file__).parents[3] / "shared" / "reports"
SENTENCES = [
    "全年主动公开政府信息1187条，其中门户网站616条、微信公众号402条。",
    "按时办结率为100%，群众满意率达99.87%，近三成申请通过网络提交。",
    "收到政府信息公开申请29件，均在法定期限内答复，未发生行政复议、行政诉讼。",
    "制发行政规范性文件14件，废止9件，现行有效102件。",
    "IPv6改造完成，ＡＢＣ平台2.0版上线，访问量1.08亿次",
    "2020年1-7月办理3-5件，A/12级、10:30分、0631-5229038转2，网址www.example.gov.cn/a1",
    "",
    " ",
]


@pytest.fixture(scope="module")
def reference():
    jieba = pytest.importorskip("jieba")
    tokenizer = jieba.Tokenizer()
    for word in lexicon.lines("vocabulary"):
        tokenizer.add_word(word)
    return tokenizer


@pytest.mark.parametrize("text", SENTENCES)
def test_same_words_as_jieba(reference, text):
    assert [text[start:end] for start, end in cut(text)] == list(reference.cut(text))


def test_same_words_as_jieba_over_the_reports(reference):
    files = sorted(REPORTS.glob("*.txt")) + sorted(REPORTS.glob("passages/*.txt"))
    if not files:
        pytest.skip("no shared reports here")
    for file in files:
        for line in fold_text(file.read_text(encoding="utf-8")).text.split("\n"):
            assert [line[start:end] for start, end in cut(line)] == list(reference.cut(line)), line


@pytest.mark.parametrize("word", ["政府信息", "依申请公开", "按时办结率", "行政规范性文件", "微信公众号"])
def test_domain_words_stay_whole(word):
    text = f"关于{word}的说明"
    assert (2, 2 + len(word)) in cut(text)


def test_words_cover_the_text():
    text = "公开信息 12\t条\n，办结😀3件"
    spans = cut(text)
    assert [spans[0][0], spans[-1][1]] == [0, len(text)]
    assert all(one[1] == other[0] for one, other in pairwise(spans))
