"use strict";
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const marks = new Map();
  for (const mark of all("#text [data-r]")) {
    for (const ref of mark.dataset.r.split(" ")) {
      if (!marks.has(ref)) marks.set(ref, []);
      marks.get(ref).push(mark);
    }
  }
  const cards = new Map(all("aside [data-r]").map((card) => [card.dataset.r, card]));
  const clear = () => all(".on, .near").forEach((node) => {
    if (!node.closest("nav")) node.classList.remove("on", "near");
  });
  const reveal = (node, block) => node.scrollIntoView({ block, behavior: "smooth" });

  const showPanel = (name) => {
    for (const panel of all(".panel")) panel.hidden = panel.id !== `panel-${name}`;
    for (const tab of all("nav button")) tab.classList.toggle("on", tab.dataset.panel === name);
    const filter = document.getElementById("filter");
    filter.value = "";
    filterCards("");
  };

  const select = (refs, from) => {
    clear();
    refs.forEach((ref, order) => {
      const card = cards.get(ref);
      const finding = ref.startsWith("x-");
      const places = [...(marks.get(ref) || [])];
      places.forEach((mark) => mark.classList.add("on"));
      if (card) {
        card.classList.add("on");
        for (const near of (card.dataset.near || "").split(" ").filter(Boolean)) {
          const terms = [...(marks.get(near) || []), cards.get(near)].filter(Boolean);
          terms.forEach((term) => term.classList.add("near"));
          if (finding) places.push(...(marks.get(near) || []));
        }
      }
      if (order) return;
      if (card && from !== "card") {
        showPanel(card.closest(".panel").id.slice(6));
        reveal(card, "nearest");
      }
      if (places.length && from !== "text") reveal(places[0], "center");
    });
  };

  const filterCards = (words) => {
    const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
    for (const card of all(".panel:not([hidden]) [data-r]")) {
      const text = card.textContent.toLowerCase();
      const line = card.closest("table.form tr") || card;
      line.hidden = !wanted.every((word) => (line === card ? text : line.textContent.toLowerCase()).includes(word));
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (link) return select([link.dataset.go], "link");
    const tab = event.target.closest("nav button");
    if (tab) return showPanel(tab.dataset.panel);
    const card = event.target.closest("aside [data-r]");
    if (card) return select([card.dataset.r], "card");
    const mark = event.target.closest("#text [data-r]");
    if (mark) select(mark.dataset.r.split(" "), "text");
  });
  document.getElementById("language").addEventListener("click", () => {
    const english = document.body.classList.toggle("english");
    document.documentElement.lang = english ? "en" : "zh-CN";
  });
  document.getElementById("filter").addEventListener("input", (event) => filterCards(event.target.value));
  document.addEventListener("keydown", (event) => {
    if (event.target.tagName === "INPUT") return;
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const shown = all(".panel:not([hidden]) [data-r]").filter((card) => !card.hidden && card.offsetParent);
    const at = shown.findIndex((card) => card.classList.contains("on"));
    const next = shown[Math.max(0, Math.min(shown.length - 1, at + step))];
    if (next) {
      select([next.dataset.r], "card");
      reveal(next, "nearest");
    }
  });
  if (location.hash && cards.has(location.hash.slice(1))) select([location.hash.slice(1)], "link");
})();
