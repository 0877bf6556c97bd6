"""What the tests in real Chromium do again and again."""

import os


def upload(page, path):
    page.goto("/".join(page.url.split("/")[:3]))
    page.set_input_files("#files", path)
    row = page.locator("tr", has_text=os.path.basename(path))
    row.locator(".state.done").wait_for()
    return row


def open_report(page, path):
    upload(page, path).locator(".title a").click()
    page.wait_for_load_state("load")
    page.wait_for_selector("#facts .entry")


def settled(page):
    page.wait_for_selector(".htmx-request", state="detached")
    page.wait_for_timeout(400)
