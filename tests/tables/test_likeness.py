"""The likeness of labels is that of rapidfuzz."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from extractor.tables.likeness import likeness

labels = st.text(alphabet="本年新收政府信息公开申请数量（一）、其他处理a1", max_size=40)


@given(labels, labels, st.sampled_from([0.0, 60.0, 75.0, 80.0, 100.0]))
def test_likeness_is_the_ratio_of_rapidfuzz(name: str, text: str, least: float) -> None:
    assert likeness(name, text, least) == fuzz.ratio(text, name, score_cutoff=least)
