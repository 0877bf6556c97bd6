"use strict";
// The document page: what is chosen on the left is shown in the middle and told on the right, and the other way round.
const root = document.getElementById("document");
const id = root.dataset.id;
const places = JSON.parse(root.dataset.places);
const detail = document.getElementById("detail");
const textPane = document.getElementById("text");
const pages = document.getElementById("pages");
const lists = document.querySelector(".left");
const SVG = "http://www.w3.org/2000/svg";
const state = { tab: "facts", target: null, pick: null };

const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const marked = (target) => all(`[data-r~="${CSS.escape(target)}"]`);
const textShown = () => !pages || pages.hidden;

function calm() {
  for (const one of all(".on[data-r], .term, .other")) { one.classList.remove("on", "term", "other"); delete one.dataset.op; }
  for (const one of all(".joins")) one.replaceChildren();
}

const pageOf = (target) => document.getElementById(`e-${target}`)?.dataset.page || places[target];
// Long lists and texts come in parts, one after the other; this waits for the last of them.
const whole = (inside) => new Promise((done) => {
  const look = () => (inside.querySelector(".more") ? setTimeout(look, 30) : done());
  look();
});

async function bring(target) {
  // The mark of a target in the view that is shown; loads its page first where needed.
  const number = pageOf(target);
  if (!textShown() && number) {
    const sheet = document.getElementById(`sheet-${number}`);
    if (!sheet.querySelector(".over")) { sheet.scrollIntoView({ block: "start" }); await loaded(sheet); }
  } else if (!textShown() && !marked(target).length) { await showText(true); }
  if (textShown()) await loadText();
  const inside = textShown() ? textPane : pages;
  const found = () => marked(target).filter((one) => inside.contains(one));
  if (textShown() && !found().length) await whole(textPane);
  return found();
}
const near = pages && new IntersectionObserver((seen) => {
  for (const one of seen) if (one.isIntersecting) { near.unobserve(one.target); want(one.target); }
}, { root: document.querySelector(".middle"), rootMargin: "600px" });
if (near) for (const sheet of pages.children) near.observe(sheet);
function want(sheet) {
  if (!sheet.dataset.wanted) { sheet.dataset.wanted = "1"; htmx.trigger(sheet, "wanted"); }
}
function loaded(sheet) {
  return new Promise((done) => {
    const look = () => (sheet.querySelector(".over") ? done() : setTimeout(look, 30));
    want(sheet);
    look();
  });
}
function loadText() {
  if (textPane.querySelector(".text")) return Promise.resolve();
  return new Promise((done) => {
    const look = () => (textPane.querySelector(".text") ? done() : setTimeout(look, 30));
    htmx.trigger(textPane, "wanted");
    look();
  });
}
async function showText(on) {
  if (!pages) return;
  pages.hidden = on;
  textPane.hidden = !on;
  document.getElementById("show-pages").setAttribute("aria-pressed", String(!on));
  document.getElementById("show-text").setAttribute("aria-pressed", String(on));
  if (on) await loadText();
}
function scrollTo(marks) { if (marks.length) marks[0].scrollIntoView({ block: "center", behavior: "smooth" }); }

async function point(target, look = "on") {
  const marks = await bring(target);
  for (const one of marks) one.classList.add(look);
  return marks;
}

function choose(target, scroll = true) {
  const entry = document.getElementById(`e-${target}`);
  if (!entry && lists.querySelector(".more")) return whole(lists).then(() => choose(target, scroll));
  if (!entry) return point(target).then(scrollTo);
  const list = entry.closest(".entries").id;
  if (list !== state.tab) openTab(list);
  for (const one of all(".entry.on")) one.classList.remove("on");
  entry.classList.add("on");
  entry.scrollIntoView({ block: "nearest" });
  state.target = target;
  calm();
  const kind = list === "findings" ? "findings" : "facts";
  htmx.ajax("GET", `/documents/${id}/${kind}/${target}`, { target: "#detail", swap: "innerHTML" });
  if (kind === "facts") point(target).then((marks) => { if (scroll) scrollTo(marks); });
}

// A finding's terms are marked together and joined, each with its operator.
async function join() {
  const told = detail.querySelector("[data-terms]");
  if (!told) return;
  calm();
  const terms = JSON.parse(told.dataset.terms);
  const operators = JSON.parse(told.dataset.operators);
  let first = null;
  const sheets = new Map();
  for (const [at, target] of terms.entries()) {
    if (!target) continue;
    const marks = await point(target, "term");
    if (!marks.length) continue;
    first ||= marks;
    const sign = operators[at] || "";
    if (marks[0] instanceof SVGElement) {
      const over = marks[0].closest(".over");
      if (!sheets.has(over)) sheets.set(over, []);
      sheets.get(over).push([marks[0].getBBox(), sign]);
    } else if (sign) marks[0].dataset.op = sign;
  }
  for (const target of JSON.parse(told.dataset.others)) { const marks = await point(target, "other"); first ||= marks.length ? marks : null; }
  for (const [over, boxes] of sheets) draw(over.querySelector(".joins"), boxes);
  scrollTo(first || []);
}
function draw(layer, boxes) {
  const path = document.createElementNS(SVG, "path");
  const points = boxes.map(([box]) => `${box.x + box.width / 2} ${box.y + box.height / 2}`);
  path.setAttribute("d", `M${points.join("L")}`);
  const signs = boxes.filter(([, sign]) => sign).map(([box, sign]) => {
    const text = document.createElementNS(SVG, "text");
    text.setAttribute("x", box.x - 10);
    text.setAttribute("y", box.y + box.height * 0.8);
    text.textContent = sign;
    return text;
  });
  layer.replaceChildren(path, ...signs);
}

function openTab(name) {
  state.tab = name;
  for (const tab of all("[data-tab]")) {
    const on = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(on));
    document.getElementById(tab.dataset.tab).hidden = !on;
  }
  document.getElementById("which-facts").hidden = name !== "facts";
  document.getElementById("which-findings").hidden = name !== "findings";
  if (name === "history") htmx.trigger(document.getElementById("history"), "open");
  sift();
}
const KEEPS = {
  show_all: () => true,
  show_open: (entry) => !entry.classList.contains("decided") && !entry.matches(".PASS, .NOT_ASSESSABLE"),
  show_unsure: (entry) => entry.classList.contains("unsure"),
  show_changed: (entry) => entry.classList.contains("changed"),
  show_fail: (entry) => entry.classList.contains("FAIL"),
  show_speaking: (entry) => entry.matches(".FAIL, .UNCERTAIN"),
};
function sift() {
  if (state.tab === "history") return;
  const words = document.getElementById("sieve").value.toLowerCase().split(/\s+/).filter(Boolean);
  const keep = KEEPS[document.getElementById(`which-${state.tab}`).value];
  for (const entry of all(".entry", document.getElementById(state.tab))) {
    const text = `${entry.dataset.words} ${entry.textContent}`.toLowerCase();
    entry.hidden = !(keep(entry) && words.every((word) => text.includes(word)));
  }
}
function step(by) {
  const entries = all(".entry:not([hidden])", document.getElementById(state.tab));
  const at = entries.findIndex((entry) => entry.dataset.target === state.target);
  const next = entries[at < 0 ? 0 : Math.min(Math.max(at + by, 0), entries.length - 1)];
  if (next) choose(next.dataset.target);
}

// The selected words as a stretch of the report's text, in code points.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const ends = [[range.startContainer, range.startOffset], [range.endContainer, range.endOffset]].map(([node, offset]) => place(node, offset));
  return ends[0] === null || ends[1] === null || ends[0] >= ends[1] ? null : ends;
}
function place(node, offset) {
  const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!line) return null;
  const range = document.createRange();
  range.setStart(line, 0);
  range.setEnd(node, offset);
  return Number(line.dataset.start) + [...range.toString()].length;
}

document.addEventListener("click", (event) => {
  const entry = event.target.closest(".entry");
  if (entry) return choose(entry.dataset.target);
  const tab = event.target.closest("[data-tab]");
  if (tab) return openTab(tab.dataset.tab);
  const go = event.target.closest("[data-go]");
  if (go) {
    if (document.getElementById(`e-${go.dataset.go}`)?.classList.contains("fact") && !detail.querySelector("[data-terms]")) return choose(go.dataset.go);
    for (const one of all(".on[data-r]")) one.classList.remove("on");
    return point(go.dataset.go).then(scrollTo);
  }
  const open = event.target.closest("[data-open]");
  if (open) return choose(open.dataset.open);
  if (event.target.closest("[data-act=correct]")) return correct();
  if (event.target.closest("[data-act=cancel]")) { document.getElementById("correct").hidden = true; return undefined; }
  if (event.target.closest(".middle") && getSelection().isCollapsed) return clicked(event);
  return undefined;
});
function clicked(event) {
  // Marks lie under the selectable text: what is hit is looked up at the place.
  const hits = document.elementsFromPoint(event.clientX, event.clientY).filter((one) => one.dataset?.r);
  const targets = hits.flatMap((one) => one.dataset.r.split(" "));
  const fact = targets.find((target) => document.getElementById(`e-${target}`));
  if (fact) return choose(fact, false);
  if (targets.length) { calm(); return point(targets[0]); }
  return undefined;
}
function correct() {
  const form = document.getElementById("correct");
  if (!form) return;
  form.hidden = false;
  form.elements.value.focus();
  form.elements.value.select();
}

const KEYS = {
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
  1: () => openTab("facts"), 2: () => openTab("findings"), 3: () => openTab("history"),
  t: () => showText(!textShown()).then(() => { if (state.target) point(state.target).then(scrollTo); if (detail.querySelector("[data-terms]")) join(); }),
  n: () => {
    const span = selected();
    if (span) htmx.ajax("GET", `/documents/${id}/add?start=${span[0]}&end=${span[1]}`, { target: "#detail", swap: "innerHTML" });
    else page.say(document.querySelector(".hint")?.textContent || "");
  },
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && page.typing(event.target)) { event.target.blur(); return; }
  if (event.ctrlKey && event.key === "Enter") { event.target.closest("form")?.requestSubmit(); return; }
  if (page.typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.getElementById("help").open) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) { button.click(); event.preventDefault(); return; }
  const act = KEYS[event.key];
  if (act && !(event.key.startsWith("Arrow") && event.target.closest(".middle, .right"))) { act(); event.preventDefault(); }
});
document.getElementById("sieve").addEventListener("input", sift);
new MutationObserver((changes) => {
  if (changes.some((one) => [...one.removedNodes].some((node) => node.classList?.contains("more")))) sift();
}).observe(lists, { childList: true, subtree: true });
for (const name of ["facts", "findings"]) document.getElementById(`which-${name}`).addEventListener("change", sift);
document.getElementById("show-pages")?.addEventListener("click", () => showText(false).then(() => { if (state.target) point(state.target).then(scrollTo); }));
document.getElementById("show-text")?.addEventListener("click", () => showText(true).then(() => { if (state.target) point(state.target).then(scrollTo); }));
document.addEventListener("htmx:after:settle", (event) => {
  if (event.target === detail) {
    const told = detail.querySelector("[data-about]");
    if (told?.dataset.about === "finding") join();
    else if (told?.dataset.target && told.dataset.target !== state.target) { state.target = told.dataset.target; }
  }
});
// After a decision the next entry that waits for one is chosen; what was added is shown in its place.
document.addEventListener("decided", () => setTimeout(() => {
  const told = detail.querySelector("[data-about]");
  if (!told) return;
  if (told.dataset.about === "added" && !document.getElementById(`e-${told.dataset.target}`)) { location.hash = told.dataset.target; location.reload(); return; }
  const entries = all(".entry", document.getElementById(state.tab));
  const at = entries.findIndex((entry) => entry.dataset.target === told.dataset.target);
  const next = entries.slice(at + 1).find((entry) => !entry.hidden && KEEPS.show_open(entry));
  if (next) choose(next.dataset.target);
}, 60));
document.addEventListener("undone", () => setTimeout(() => {
  const told = detail.querySelector("[data-target]");
  if (told) choose(told.dataset.target);
}, 60));
if (location.hash.length > 1) {
  const wanted = decodeURIComponent(location.hash.slice(1));
  setTimeout(() => choose(wanted), 100);
} else openTab("facts");
