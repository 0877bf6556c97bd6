"""Small texts of reports, one unlike the other."""

TEXT = """望川市{year}年政府信息公开工作年度报告
一、总体情况
{year}年，望川市主动公开政府信息{count}条，其中市政府网站公开{part}条。收到政府信息公开申请{count}件。
二、存在的主要问题及改进情况
公开内容还不够丰富，下一步将加强培训，全年举办培训班{part}期。
"""


def write_text(path, number):
    path.write_text(TEXT.format(year=2015 + number, count=100 + number, part=3 + number), encoding="utf-8")
