"""A report of 200 pages and 2,000 facts on the page, in Chromium: how much is sent, how long things take to be seen.

python benchmarks/fluid.py [--places 290]
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from long_report import make_long_report  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from service_process import ServiceProcess  # noqa: E402

STEPS = 20
TURNS = (3, 100, 180)  # pages that one jumps to


def clock(act):
    begun = time.perf_counter()
    act()
    return round(1000 * (time.perf_counter() - begun))


def walk(page, told):
    """Go from fact to fact by keyboard; each must stand on the right before the next."""
    times = []
    for _ in range(STEPS):
        before = page.locator(".entry.on").get_attribute("data-target") if page.locator(".entry.on").count() else ""
        times.append(clock(lambda before=before: step(page, before)))
    told["step_ms"] = {"median": sorted(times)[STEPS // 2], "max": max(times)}


def step(page, before):
    page.keyboard.press("j")
    page.wait_for_function(
        "(before) => { const told = document.querySelector('#detail [data-target]');"
        " return told && told.dataset.target !== before"
        " && told.dataset.target === document.querySelector('.entry.on')?.dataset.target; }",
        arg=before,
    )


def jump(page, number):
    page.evaluate(f"document.getElementById('sheet-{number}').scrollIntoView()")
    page.wait_for_selector(f"#sheet-{number} .over")
    page.locator(f"#sheet-{number} img").evaluate("(image) => image.decode()")


def measure(service, document, page):
    told = {}
    answer = service.client.get(f"/documents/{document}")
    told["html_kib"] = {"page": round(len(answer.content) / 1024)}
    told["html_kib"]["text"] = round(len(service.client.get(f"/documents/{document}/text").content) / 1024)
    told["html_kib"]["sheet"] = round(len(service.client.get(f"/documents/{document}/sheet/3").content) / 1024)
    told["open_ms"] = clock(
        lambda: (page.goto(f"{service.url}/documents/{document}"), page.wait_for_selector(".entry"))
    )
    told["elements"] = page.evaluate("document.querySelectorAll('*').length")
    walk(page, told)
    told["jump_ms"] = {number: clock(lambda number=number: jump(page, number)) for number in TURNS}
    told["frame_ms_while_scrolling"] = page.evaluate(
        """async () => {
          const pane = document.querySelector('#facts');
          const times = [];
          let last = performance.now();
          for (let at = 0; at < 120; at += 1) {
            pane.scrollTop += 400;
            await new Promise((done) => requestAnimationFrame(done));
            const now = performance.now();
            times.push(now - last);
            last = now;
          }
          times.sort((a, b) => a - b);
          return { median: Math.round(times[60]), p95: Math.round(times[114]), max: Math.round(times[119]) };
        }"""
    )

    def sift():
        page.fill("#sieve", "513")
        page.wait_for_function("document.querySelectorAll('#facts .entry:not([hidden])').length < 100")

    told["filter_ms"] = clock(sift)
    page.fill("#sieve", "")
    told["text_ms"] = clock(
        lambda: (page.keyboard.press("Escape"), page.keyboard.press("t"), page.wait_for_selector(".text p"))
    )
    return told


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--places", type=int, default=290)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        service = ServiceProcess(Path(folder) / "home").start()
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            job = service.upload(make_long_report(Path(folder) / "long.pdf", options.places))[0]
            assert service.wait(job["job"])[0]["state"] == "done"
            document = service.client.get(f"/v1/documents/{job['document']}").json()
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(service.url)
            page.fill("[name=key]", service.key)
            page.click("button.strong")
            told = {name: document[name] for name in ("pages", "facts")} | measure(service, document["id"], page)
        finally:
            browser.close()
            service.stop()
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
