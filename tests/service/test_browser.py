"""The page in real Chromium: upload, highlights at the right place, decisions by keyboard, new readings, exports."""

import io
import re
from urllib.parse import quote

import pytest
from browsing import open_report, settled
from long_report import make_long_report
from service_process import SAMPLES

Image = pytest.importorskip("PIL.Image")

PROBES = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    "\"onmouseover='alert(3)'",
    "{{7*7}}",
    "javascript:alert(4)",
]


def test_a_value_is_highlighted_where_it_is_printed(page, own):
    open_report(page, SAMPLES / "provincial-office-2021.pdf")
    page.keyboard.press("j")
    page.wait_for_selector(".over rect.on")
    settled(page)
    target = page.locator(".entry.on").get_attribute("data-target")
    place = page.evaluate("(() => { const b = document.querySelector('.over rect.on').getBoundingClientRect();"
                          " return [b.x, b.y, b.width, b.height]; })()")  # fmt: skip
    document = page.locator("#document").get_attribute("data-id")
    facts = own.client.get("/v1/facts", params={"document": document, "limit": 500}).json()["items"]
    fact = next(fact for fact in facts if fact["id"] == target)
    sheet = page.locator(f"#sheet-{fact['evidence']['page']} img").bounding_box()
    width = page.evaluate("document.querySelector('.over').viewBox.baseVal.width")
    x0, top, x1, bottom = fact["evidence"]["value_boxes"][0]
    scale = sheet["width"] / width
    wanted = [sheet["x"] + x0 * scale, sheet["y"] + top * scale, (x1 - x0) * scale, (bottom - top) * scale]
    assert place == pytest.approx(wanted, abs=1.5)
    page.locator(f"#sheet-{fact['evidence']['page']} img").evaluate("(image) => image.decode()")
    settled(page)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    x, y, across, down = (round(value) for value in place)
    inside = [shot.getpixel((x + i, y + j)) for i in range(2, across - 2) for j in range(2, down - 2)]
    yellow = sum(r > 180 and g > 140 and b < 190 for r, g, b in inside)
    dark = sum(max(pixel) < 120 for pixel in inside)
    assert yellow > len(inside) / 2, "the box is filled"
    assert dark > len(inside) / 50, "and what it lies on is print"
    beside = [shot.getpixel((x + i, y + down + 4)) for i in range(across)]
    assert all(b > 190 for _, _, b in beside), "nothing is marked below it"
    assert fact["raw"] in page.locator("#detail .sentence mark").inner_text()


def test_a_click_on_the_page_chooses_the_fact(page):
    open_report(page, SAMPLES / "provincial-office-2021.pdf")
    box = page.locator(".over rect.f").nth(3)
    box.wait_for()
    box.scroll_into_view_if_needed()
    settled(page)
    place = box.bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.wait_for_selector("#detail .three")
    assert page.locator(".entry.on").get_attribute("data-target") in box.get_attribute("data-r").split()


def test_a_correction_by_keyboard_outlives_a_new_reading(page, own):
    open_report(page, SAMPLES / "bureau-2019.pdf")
    page.keyboard.press("j")
    page.wait_for_selector("#detail .three")
    settled(page)
    target = page.locator(".entry.on").get_attribute("data-target")
    page.keyboard.press("c")
    page.fill("#correct [name=value]", "98765")
    page.select_option("#correct [name=reason]", "wrong_value")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(f"#e-{target}.correct")
    assert "98,765" in page.locator(f"#e-{target} .value").inner_text()
    settled(page)
    assert page.locator(".entry.on").get_attribute("data-target") != target, "the next one is chosen"
    with page.expect_navigation():
        page.click("text=重新读取")
    page.wait_for_selector(f"#e-{target}.correct")
    document = page.locator("#document").get_attribute("data-id")
    assert len(own.client.get("/v1/jobs").json()["items"]) >= 2
    entries = own.client.get(f"/v1/documents/{document}/decisions").json()["items"]
    assert [(entry["action"], entry["human"]["value"]) for entry in entries] == [("correct", 98765)]
    page.keyboard.press("u")
    page.wait_for_selector(f"#e-{target}:not(.correct)")


def test_a_missed_fact_is_added_by_selecting_text(page, own):
    open_report(page, SAMPLES / "city-2022.html")
    line = page.locator(".text [data-start]", has_text="2022").first
    line.evaluate("""(line) => {
      const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.data.indexOf("2022年");
        if (at >= 0) { getSelection().setBaseAndExtent(node, at, node, at + 5); return; }
      }
    }""")
    page.keyboard.press("n")
    page.wait_for_selector("form[data-about=add]")
    page.fill("form[data-about=add] [name=value]", "2022")
    page.fill("form[data-about=add] [name=label]", "年度")
    page.click("form[data-about=add] button.strong")
    page.wait_for_selector("mark.h")
    assert page.locator("mark.h").first.inner_text() == "2022年"
    assert page.locator(".entry.add").count() == 1


def test_a_failing_sum_shows_its_terms_joined(page):
    open_report(page, SAMPLES / "damaged-2020.txt")
    page.keyboard.press("2")
    page.select_option("#which-findings", "show_fail")
    page.keyboard.press("j")
    page.wait_for_selector("#detail [data-terms]")
    settled(page)
    terms = page.evaluate("JSON.parse(document.querySelector('#detail [data-terms]').dataset.terms).filter(Boolean)")
    marked = page.evaluate("[...document.querySelectorAll('mark.term')].flatMap((one) => one.dataset.r.split(' '))")
    assert set(terms) <= set(marked)
    page.keyboard.press("p")
    page.wait_for_selector(".entry.finding.acceptable")


def test_exports_come_as_files(page):
    open_report(page, SAMPLES / "bureau-2019.pdf")
    page.click(".menu summary")
    with page.expect_download() as waiting:
        page.click("text=工作底稿")
    assert waiting.value.suggested_filename == "working-paper.xlsx"


def test_language_and_help(page):
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.click("text=English")
    assert page.locator("html").get_attribute("lang") == "en"
    page.reload()
    assert "Report review" in page.locator(".product").inner_text()
    assert not re.search("[\u4e00-\u9fff]", page.locator(".filters select[name=severity]").inner_text())
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    page.click("text=中文")


@pytest.mark.parametrize("probe", PROBES)
def test_report_text_is_only_text(page, own, probe):
    title, lead = f"{probe}2022年政府信息公开工作年度报告", "一、总体情况"
    text = f"{title}\n{lead}\n（一）{probe}。主动公开{probe}信息35条。{probe}收到申请4件。\n"
    name = f"{probe}.txt".replace("/", "")
    job = own.upload((name, text.encode()))[0]
    assert own.wait(job["job"])[0]["state"] == "done"
    page.goto(f"{own.url}/?probe={probe}")
    page.goto(f"{own.url}/documents/{job['document']}")
    page.keyboard.press("j")
    page.wait_for_selector("#detail .three")
    page.click("#detail button[data-act=correct]")
    page.fill("#correct [name=note]", probe)
    page.fill("#correct [name=printed]", probe)
    page.click("#correct button.strong")
    page.wait_for_selector(".entry.correct")
    settled(page)
    page.keyboard.press("3")
    page.wait_for_selector("#history .history")
    assert probe in page.locator("#history").inner_text()
    assert probe in page.locator(".text").inner_text()
    for path in (
        f"/compare?body={quote(probe)}",
        f"/trends?indicator={quote(probe)}",
        f"/notice?body={quote(probe)}",
        "/",
    ):
        page.goto(own.url + path)
    page.fill("[name=words]", probe)
    settled(page)
    page.goto(f"{own.url}/keys")
    page.fill("#make-key [name=name]", probe)
    page.click("#make-key button")
    page.wait_for_selector("#secret")
    assert probe in page.locator("#keys").inner_text()


def test_keys_are_made_and_revoked_on_the_page(page, own):
    page.click("text=密钥管理")
    page.fill("#make-key [name=name]", "王五")
    page.select_option("#make-key [name=role]", "reviewer")
    page.click("#make-key button")
    secret = page.locator("#secret").inner_text()
    headers = {"Authorization": f"Bearer {secret}"}
    assert own.client.get("/v1/documents", headers=headers).status_code == 200
    page.evaluate("window.confirm = () => true")
    page.locator("tr", has_text="王五").locator("button").click()
    page.locator("tr.single", has_text="王五").wait_for()
    assert page.locator("#secret").count() == 0
    assert own.client.get("/v1/documents", headers=headers).status_code == 401


def test_a_long_report_comes_in_parts(page, own, tmp_path):
    own.wait(own.upload(make_long_report(tmp_path / "long.pdf", 60))[0]["job"])
    listed = own.client.get("/v1/documents", params={"words": "long.pdf"}).json()["items"][0]
    source = own.client.get(f"/documents/{listed['id']}").text
    assert source.count('class="entry fact') == 300 < listed["facts"]
    assert source.count("<figure") == listed["pages"] > 30 and source.count("<img") == 0
    page.goto(f"{own.url}/documents/{listed['id']}")
    page.wait_for_selector(".left .more", state="detached")
    assert page.locator("#facts .entry").count() == listed["facts"]
    assert page.locator(".sheet img").count() < 15
    asked = {"document": listed["id"], "limit": 1, "offset": listed["facts"] - 1}
    last = own.client.get("/v1/facts", params=asked).json()["items"][0]
    page.fill("#sieve", last["raw"])
    assert 0 < page.locator("#facts .entry:visible").count() < listed["facts"] / 4
    page.locator("#facts .entry:visible").last.click()
    page.wait_for_selector(".over rect.on")
    assert int(page.locator(".sheet:has(rect.on)").first.get_attribute("data-page")) == last["evidence"]["page"] > 30
    page.keyboard.press("t")
    page.wait_for_selector("mark.on")
    assert page.locator("mark.on").first.text_content() == last["raw"]
    assert page.locator(".text [data-start]").last.is_visible()
