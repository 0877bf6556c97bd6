"""Every page can be read and used: names of fields, contrast of text, focus that is seen, keys that are told."""

import json

import pytest
from browsing import open_report, settled
from service_process import SAMPLES

FIELDS = "input:not([type=hidden]), select, textarea, button, a[href], progress, meter"
STATES = ("fact", "correcting", "finding", "history", "help", "batch")
FIND = (
    """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const ground = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const light = (color) => {
    const linear = (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = color.map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, color) => {
    const under = ground(one);
    const pair = [light(over(parse(color), under)), light(under)].sort((a, b) => b - a);
    return (pair[0] + 0.05) / (pair[1] + 0.05);
  };
  const faint = [], nameless = [], faults = [];
  for (const one of document.querySelectorAll("body *")) {
    const says = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!says || !seen(one) || one.closest("svg, datalist, option, :disabled")) continue;
    const style = getComputedStyle(one);
    const size = parseFloat(style.fontSize);
    const found = contrast(one, style.color);
    if (found >= (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? LARGE : SMALL)) continue;
    faint.push(`${one.tagName}.${one.className} ${found.toFixed(2)}: ${one.textContent.trim().slice(0, 20)}`);
  }
  for (const one of document.querySelectorAll(FIELDS)) {
    const labels = [...(one.labels || [])].map((label) => label.textContent).join("");
    const own = one.matches("button, a") ? one.textContent : "";
    const name = one.getAttribute("aria-label") || labels || one.title || own;
    if (!name.trim()) nameless.push(one.outerHTML.slice(0, 90));
  }
  for (const image of document.querySelectorAll("img:not([alt])")) faults.push(image.outerHTML);
  for (const name of ["aria-controls", "aria-labelledby"]) {
    for (const one of document.querySelectorAll(`[${name}]`)) {
      if (!document.getElementById(one.getAttribute(name))) faults.push(`no ${one.getAttribute(name)}`);
    }
  }
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) faults.push(`twice ${id}`);
  if (!document.documentElement.lang || !document.title || !document.querySelector("main")) faults.push("frame");
  return { faint, nameless, faults };
}""".replace("LARGE", "3.0")
    .replace("SMALL", "4.5")
    .replace("FIELDS", json.dumps(FIELDS))
)
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const seen = [one, one.closest("label, form")].filter(Boolean).map((each) => getComputedStyle(each));
  const ringed = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return { what: one.outerHTML.slice(0, 80), seen: seen.some(ringed) };
}"""


def show(page, own, name):
    """Open a page in the state in which there is most to see."""
    if name in STATES:
        open_report(page, SAMPLES / "bureau-2019.pdf")
        page.keyboard.press({"finding": "2", "history": "3"}.get(name, "1"))
        page.keyboard.press("j")
        page.wait_for_selector("#detail .detail" if name != "history" else "#history .empty, #history .history")
        settled(page)
        page.keyboard.press({"correcting": "c", "help": "?"}.get(name, "Shift"))
        if name == "batch":
            page.click("text=批量接受高置信度")
            page.wait_for_selector("#detail form")
    else:
        page.goto(own.url + name)


@pytest.mark.parametrize("name", ["/", "/compare", "/trends", "/notice?body=x", "/keys", *STATES])
def test_what_is_shown_has_names_and_contrast(page, own, name):
    show(page, own, name)
    assert page.evaluate(FIND) == {"faint": [], "nameless": [], "faults": []}


def test_the_check_itself_sees_what_it_is_for(page, own):
    page.goto(own.url)
    page.evaluate("""() => {
      document.querySelector("h1, th, .empty").style.color = "rgb(180, 180, 180)";
      document.querySelector(".filters input").removeAttribute("aria-label");
      document.body.append(document.createElement("img"));
    }""")
    found = page.evaluate(FIND)
    assert found["faint"] and found["nameless"] and found["faults"]


@pytest.mark.parametrize("name", ["/", "/keys", "fact"])
def test_focus_is_seen_wherever_the_tab_key_leads(page, own, name):
    show(page, own, name)
    unseen, met = [], 0
    for _ in range(25):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        met += found is not None
        unseen += [found["what"]] if found and not found["seen"] else []
    assert unseen == [] and met > 8


def test_every_key_of_the_page_is_told_in_its_help(page):
    open_report(page, SAMPLES / "bureau-2019.pdf")
    page.keyboard.press("j")
    page.wait_for_selector("#detail .three")
    used = set(page.evaluate("[...document.querySelectorAll('[data-key]')].map((one) => one.dataset.key)"))
    page.keyboard.press("2")
    page.keyboard.press("j")
    page.wait_for_selector("#detail [data-terms]")
    used |= set(page.evaluate("[...document.querySelectorAll('[data-key]')].map((one) => one.dataset.key)"))
    used |= set(page.evaluate("Object.keys(KEYS)")) - {"ArrowDown", "ArrowUp"}
    page.keyboard.press("?")
    told = {key.strip() for key in page.locator("#help kbd").all_inner_texts()}
    assert used <= told and len(used) > 12
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_nothing_is_cut_off_on_a_small_screen(page, own):
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        for name in ("/", "/compare", "/keys", "fact"):
            show(page, own, name)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
