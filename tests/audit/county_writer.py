"""Whole reports as text, with numbers drawn by chance that all agree: the clean samples of the mutation bench."""

import random

PLACES = ["青禾县", "白石县", "临溪区", "云岭市", "北湾县", "松河区"]
LEAVES = 21
REFUSED, UNAVAILABLE, NOT_PROCESSED, OTHER = slice(2, 10), slice(10, 13), slice(13, 18), slice(18, 21)


def draw_numbers(seed, before=None):
    """Numbers of one report; ``before`` are those of the year before, which these go on from."""
    chance = random.Random(f"{seed}-{before is None}")
    leaves = [[_few(chance, 9 if row in (0, 1, 10) else 3, column) for column in range(6)] for row in range(LEAVES)]
    leaves[0][0] += 11
    out = [chance.randint(1, 9) if column == 0 else 0 for column in range(6)]
    total = [sum(row[column] for row in leaves) for column in range(6)]
    into = before["carried_out"][:6] if before else [min(chance.randint(1, 9), total[0]), 0, 0, 0, 0, 0]
    total[0] += max(0, into[0] - total[0] - out[0])
    received = [total[column] + out[column] - into[column] for column in range(6)]
    while min(received) < 0:
        column = received.index(min(received))
        leaves[0][column] += 1
        total[column] += 1
        received[column] += 1
    in_force = before["normative"][2] if before else chance.randint(60, 200)
    issued, repealed = chance.randint(3, 20), chance.randint(0, 5)
    review = [chance.randint(0, 6) for _ in range(4)]
    numbers = {
        "received": _with_total(received), "carried_in": _with_total(into), "carried_out": _with_total(out),
        "total": _with_total(total), "leaves": [_with_total(row) for row in leaves],
        "normative": [issued, repealed, in_force + issued - repealed],
        "licences": chance.randint(2000, 9000), "penalties": chance.randint(150, 900),
        "coercion": chance.randint(11, 99), "fees": f"{chance.randint(1000, 90000) / 10:.1f}",
        "review": _with_total(review), "direct": _with_total([chance.randint(0, 4) for _ in range(4)]),
        "after": _with_total([chance.randint(0, 3) for _ in range(4)]),
        "website": chance.randint(1200, 4000), "wechat": chance.randint(300, 900), "bulletin": chance.randint(20, 90),
        "visits": chance.randint(110_000, 900_000),
        "trainings": chance.randint(2, 9), "trainees": chance.randint(120, 900),
    }  # fmt: skip
    numbers["review"][0] += 1
    numbers["review"][4] += 1
    return numbers


def _few(chance, most, column):
    return chance.randint(0, most) if column == 0 or (column == 1 and chance.random() < 0.3) else 0


def _with_total(line):
    return [*line, sum(line)]


def write_tables(numbers):
    """Cells of the three tables for ``table_writer``, as texts."""
    lines = [numbers["received"], numbers["carried_in"], *numbers["leaves"], numbers["total"], numbers["carried_out"]]
    disclosure = [["0", "0", "0"], [str(value) for value in numbers["normative"]], [str(numbers["licences"])],
                  [str(numbers["penalties"])], [str(numbers["coercion"])], [numbers["fees"]]]  # fmt: skip
    review = [str(value) for value in (*numbers["review"], *numbers["direct"], *numbers["after"])]
    return disclosure, [[str(value) for value in line] for line in lines], review


def write_overview(numbers, before, year, level):
    """Section one: sentences whose figures are those of the tables, of each other, and of last year."""
    n, leaves = numbers, [line[6] for line in numbers["leaves"]]
    items = n["website"] + n["wechat"] + n["bulletin"]
    growth = 100 * (n["visits"] - before["visits"]) / before["visits"]
    word = "增长" if growth >= 0 else "下降"
    share = 100 * n["website"] / items
    return (
        f"（一）主动公开情况。{year}年，全{level}主动公开政府信息{items}条，其中政府网站公开{n['website']}条（占{share:.1f}%），"
        f"微信公众号公开{n['wechat']}条，公示栏公开{n['bulletin']}条。制发行政规范性文件{n['normative'][0]}件，"
        f"现行有效行政规范性文件{n['normative'][2]}件。作出行政许可决定{n['licences']}件，行政处罚决定{n['penalties']}件。\n"
        f"（二）依申请公开情况。全{level}新收政府信息公开申请{n['received'][6]}件，上年结转{n['carried_in'][6]}件；"
        f"办结{n['total'][6]}件，结转下年度继续办理{n['carried_out'][6]}件。办结的申请中，予以公开{leaves[0]}件，"
        f"部分公开{leaves[1]}件，不予公开{sum(leaves[REFUSED])}件，无法提供{sum(leaves[UNAVAILABLE])}件，"
        f"不予处理{sum(leaves[NOT_PROCESSED])}件，其他处理{sum(leaves[OTHER])}件。\n"
        f"（三）政府信息公开平台建设情况。政府门户网站访问量{n['visits']}次，{year - 1}年为{before['visits']}次，"
        f"同比{word}{abs(growth):.1f}%。\n"
        f"（四）监督保障情况。全年举办业务培训{n['trainings']}次，培训{n['trainees']}人次。"
        f"因政府信息公开引发行政复议{n['review'][4]}件，行政诉讼{n['direct'][4] + n['after'][4]}件。\n"
    )


def write_report(seed, numbers, before, year, dump, other="本年度未收取政府信息公开信息处理费。"):
    """A whole report: ``dump`` turns the printed cells into the text of the tables (all three in one)."""
    place = PLACES[seed % len(PLACES)]
    second, third, fourth = dump
    return (
        f"{place}人民政府{year}年政府信息公开工作年度报告\n"
        f"根据《中华人民共和国政府信息公开条例》要求，由{place}人民政府办公室编制本报告。"
        f"统计期限自{year}年1月1日起至{year}年12月31日止。\n"
        f"一、总体情况\n{write_overview(numbers, before, year, place[-1])}"
        f"二、主动公开政府信息情况\n{second}\n三、收到和处理政府信息公开申请情况\n{third}\n"
        f"四、政府信息公开行政复议、行政诉讼情况\n{fourth}\n"
        f"五、存在的主要问题及改进情况\n{_problems(seed, year)}\n六、其他需要报告的事项\n{other}\n"
    )


def _problems(seed, year):
    chance = random.Random(f"{seed} {year}")
    lacks = ["政策解读形式还比较单一", "部分栏目内容更新不够及时", "个别单位主动公开意识不强", "业务人员流动较大",
             "平台检索功能有待完善", "基层公开标准化水平不高"]  # fmt: skip
    cures = ["丰富图表、视频等解读方式", "建立栏目更新提醒制度", "强化责任落实和督促检查", "加强业务培训和交流学习",
             "优化平台检索和导航功能", "指导乡镇规范公开目录"]  # fmt: skip
    picked = chance.sample(range(len(lacks)), 2)
    return "".join(f"{lacks[at]}。" for at in picked) + "下一步，" + "；".join(cures[at] for at in picked) + "。"
