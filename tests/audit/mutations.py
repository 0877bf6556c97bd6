"""The mutants of the bench: clean reports with one injected error each; ``benchmarks/mutations.py`` runs them."""

import copy
import random
import re
from collections import defaultdict

from audit import county_writer
from tables import table_writer

YEAR = 2023
TABLE_RULES = {"T3-04", "T3-05", "T3-06"}
ROWS = 25


class Sample:
    """Numbers of two years and what is printed of them; mutations change one thing."""

    def __init__(self, seed):
        self.seed = seed
        self.before = county_writer.draw_numbers(seed)
        self.now = county_writer.draw_numbers(seed, self.before)
        self.cells = county_writer.write_tables(self.now)
        self.edit = lambda text: text
        self.dropped = None
        self.chance = random.Random(seed)

    def text(self):
        rows = table_writer.text_rows("2021", *self.cells)
        at = next(place for place, row in enumerate(rows) if "申请人情况" in row)
        end = next(place for place, row in enumerate(rows) if row[0] == "行政复议")
        if self.dropped is not None:
            del rows[at + 3 + self.dropped]
            end -= 1
        dump = [table_writer.write("stacked", part) for part in (rows[:at], rows[at:end], rows[end:])]
        return self.edit(county_writer.write_report(self.seed, self.now, self.before, YEAR, dump))

    def last_text(self):
        earlier = {"visits": self.before["visits"] - 10_007}
        rows = table_writer.text_rows("2021", *county_writer.write_tables(self.before))
        at = next(place for place, row in enumerate(rows) if "申请人情况" in row)
        end = next(place for place, row in enumerate(rows) if row[0] == "行政复议")
        dump = [table_writer.write("stacked", part) for part in (rows[:at], rows[at:end], rows[end:])]
        return county_writer.write_report(self.seed, self.before, earlier, YEAR - 1, dump)


def other_digit(text, chance):
    place = chance.randrange(len(text))
    digits = [d for d in "123456789" if d != text[place]]
    return text[:place] + chance.choice(digits) + text[place + 1 :]


def replace_number(sample, pattern, change):
    """Change the number that is group 1 of ``pattern`` in the text."""

    def edit(text):
        found = re.search(pattern, text)
        start, end = found.span(1)
        return text[:start] + change(found[1]) + text[end:]

    sample.edit = edit


def leaf_digit(sample):
    row, column = sample.chance.randrange(2, 23), sample.chance.randrange(6)
    sample.cells[1][row][column] = other_digit(sample.cells[1][row][column], sample.chance)


def total_column(sample):
    row = sample.chance.randrange(ROWS)
    sample.cells[1][row][6] = other_digit(sample.cells[1][row][6], sample.chance)


def flow_cell(sample):
    row, column = sample.chance.choice([0, 1, 24]), sample.chance.randrange(6)
    sample.cells[1][row][column] = other_digit(sample.cells[1][row][column], sample.chance)


def swapped_cells(sample):
    line = sample.cells[1][sample.chance.choice([0, 23])]
    other = sample.chance.choice([c for c in range(1, 7) if line[c] != line[0]])
    line[0], line[other] = line[other], line[0]


def swapped_rows(sample):
    rows = [r for r in range(2, 23) if sample.cells[1][r][0] != sample.cells[1][23][0]]
    row = sample.chance.choice(rows)
    sample.cells[1][row], sample.cells[1][23] = sample.cells[1][23], sample.cells[1][row]


def tenfold_cell(sample):
    rows = [r for r in range(2, 23) if sample.cells[1][r][0] != "0"]
    sample.cells[1][sample.chance.choice(rows)][0] += "0"


def negative_cell(sample):
    sample.cells[1][24][0] = "-" + sample.cells[1][24][0]


def blank_cell(sample):
    rows = [r for r in range(2, 23) if sample.cells[1][r][0] != "0"]
    sample.cells[1][sample.chance.choice(rows)][0] = ""


def dropped_row(sample):
    rows = [r for r in range(6, 22)]
    sample.dropped = sample.chance.choice(rows)


def review_total(sample):
    place = sample.chance.choice([4, 9, 14])
    sample.cells[2][place] = str(int(sample.cells[2][place]) + sample.chance.choice([1, 2, 10]))


def text_in_disclosure(sample):
    sample.cells[0][2][0] = sample.chance.choice(["1.5", "-3"])


def transposed_text(sample):
    replace_number(sample, r"行政许可决定(\d+)件", lambda n: swap(n))


def swap(number):
    for at in range(len(number) - 1):
        if number[at] != number[at + 1] and number[at + 1] != "0":
            return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return other_digit(number, random.Random(number))


def tenfold_text(sample):
    replace_number(sample, r"行政处罚决定(\d+)件", lambda n: n + "0")


def received_text(sample):
    replace_number(sample, r"新收政府信息公开申请(\d+)件", lambda n: str(int(n) + sample.chance.choice([1, 3, 10])))


def outcome_text(sample):
    name = sample.chance.choice(["予以公开", "不予公开", "无法提供", "不予处理"])
    replace_number(sample, rf"[，,、]{name}(\d+)件", lambda n: str(int(n) + 7))


def review_text(sample):
    replace_number(sample, r"行政复议(\d+)件", lambda n: str(int(n) + 3))


def zero_text(sample):
    sample.edit = lambda text: re.sub(r"引发行政复议\d+件，行政诉讼\d+件", "未引发行政复议，行政诉讼0件", text)


def stale_text(sample):
    old = str(sample.before["received"][6])
    replace_number(sample, r"新收政府信息公开申请(\d+)件", lambda n: old if old != n else str(int(n) + 20))


def wrong_sum(sample):
    replace_number(sample, r"微信公众号公开(\d+)条", lambda n: str(int(n) + 500))


def wrong_percent(sample):
    replace_number(sample, r"（占(\d+\.\d)%）", lambda n: f"{float(n) / 2:.1f}")


def wrong_growth(sample):
    replace_number(sample, r"同比(?:增长|下降)(\d+\.\d)%", lambda n: f"{float(n) + 13:.1f}")


def wrong_direction(sample):
    swaps = {"增长": "下降", "下降": "增长"}
    sample.edit = lambda text: re.sub(r"同比(增长|下降)", lambda found: "同比" + swaps[found[1]], text)


def wrong_year(sample):
    sample.edit = lambda text: text.replace(
        f"统计期限自{YEAR}年1月1日起至{YEAR}年", f"统计期限自{YEAR - 1}年1月1日起至{YEAR - 1}年"
    )


def wrong_quote(sample):
    replace_number(sample, rf"{YEAR - 1}年为(\d+)次", lambda n: str(int(n) + 40_000))


def carried_break(sample):
    sample.before["carried_out"] = [v + 1 if c in (0, 6) else v for c, v in enumerate(sample.before["carried_out"])]
    sample.before["received"] = [v + 1 if c in (0, 6) else v for c, v in enumerate(sample.before["received"])]


def in_force_break(sample):
    sample.cells[0][1][2] = str(int(sample.cells[0][1][2]) + 4)


def repeated_table(sample):
    sample.now = copy.deepcopy(sample.before)
    sample.now["visits"] = sample.before["visits"] + 31_337
    sample.cells = county_writer.write_tables(sample.now)


def missing_section(sample):
    sample.edit = lambda text: text[: text.index("六、其他需要报告的事项")]


def missing_fee(sample):
    sample.edit = lambda text: text.replace("本年度未收取政府信息公开信息处理费。", "无其他需要报告的事项。")


def missing_table(sample):
    def edit(text):
        start, end = text.index("四、政府信息公开行政复议、行政诉讼情况"), text.index("五、存在的主要问题")
        return text[:start] + "四、政府信息公开行政复议、行政诉讼情况\n详见附表。\n" + text[end:]

    sample.edit = edit


def empty_slot(sample):
    replace_number(sample, r"培训(\d+)人次", lambda _: "    ")


FAMILIES = {
    leaf_digit: TABLE_RULES, total_column: TABLE_RULES, flow_cell: TABLE_RULES, swapped_cells: TABLE_RULES,
    swapped_rows: TABLE_RULES, tenfold_cell: TABLE_RULES, negative_cell: {"T3-02"}, blank_cell: TABLE_RULES,
    dropped_row: {"STR-10"}, review_total: {"T4-01", "T4-02", "T4-03"}, text_in_disclosure: {"T2-02", "T2-03"},
    transposed_text: {"NT-11"}, tenfold_text: {"NT-11"}, received_text: {"NT-01", "NT-03"}, outcome_text: {"NT-06"},
    review_text: {"NT-13"}, zero_text: {"NT-15"}, stale_text: {"NT-01", "NT-03"}, wrong_sum: {"NA-01", "NA-02"},
    wrong_percent: {"NA-05"}, wrong_growth: {"NA-08", "YOY-06"}, wrong_direction: {"NA-10"},
    wrong_year: {"STR-05", "STR-07"}, wrong_quote: {"YOY-05"}, carried_break: {"YOY-01"}, in_force_break: {"YOY-04"},
    repeated_table: {"YOY-09"}, missing_section: {"STR-01"}, missing_fee: {"FEE-01"}, missing_table: {"STR-09"},
    empty_slot: {"STR-15"},
}  # fmt: skip
SEVERITIES = ["critical", "high", "medium", "low", "info"]
SOFT = {blank_cell}  # a blank is never a proven error: UNCERTAIN is the right answer


def findings_of(sample):
    from extractor.audit import audit
    from extractor.pipeline import extract

    last = extract(sample.last_text().encode(), name="last.txt")
    return audit(extract(sample.text().encode(), name="this.txt"), last)


def run_clean(count):
    """FAIL findings of clean reports."""
    return [finding for seed in range(count) for finding in findings_of(Sample(seed)) if finding.outcome == "FAIL"]


def run_mutants(count):
    """For each family: mutants, found, found with the right cause, the seeds that were missed, the gravest severity."""
    results = defaultdict(lambda: [0, 0, 0, [], ""])
    for mutate, wanted in FAMILIES.items():
        for seed in range(count):
            sample = Sample(seed)
            mutate(sample)
            speaking = ("FAIL", "UNCERTAIN") if mutate in SOFT else ("FAIL",)
            hits = [f for f in findings_of(sample) if f.rule in wanted and f.outcome in speaking]
            result = results[mutate.__name__]
            result[0] += 1
            result[1] += bool(hits)
            result[2] += any(f.cause == "report" for f in hits)
            if not hits:
                result[3].append(seed)
            result[4] = min((f.severity for f in hits), key=SEVERITIES.index, default=result[4])
    return dict(results)
