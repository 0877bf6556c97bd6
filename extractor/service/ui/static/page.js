"use strict";
// What every page does: messages, keys for everywhere, upload.
const page = {
  csrf: document.body.dataset.csrf || "",
  say(text) {
    const box = document.getElementById("say");
    box.textContent = text;
    box.classList.add("on");
    clearTimeout(page.timer);
    page.timer = setTimeout(() => box.classList.remove("on"), 5000);
  },
  problem(text) {
    let told = "";
    try { told = JSON.parse(text).detail || ""; } catch { told = ""; }
    page.say(`${document.getElementById("say").dataset.problem}${told ? ` · ${told}` : ""}`);
  },
  typing(target) { return Boolean(target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")); },
  async follow(job) {
    for (;;) {
      const answer = await fetch(`/v1/jobs/${job}`);
      if (!answer.ok || !["queued", "running"].includes((await answer.json()).state)) break;
      await new Promise((done) => setTimeout(done, 500));
    }
    location.reload();
  },
};

document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status === 401) location.href = "/login";
  else page.problem(event.detail.ctx.text);
});
document.addEventListener("htmx:error", () => page.problem(""));
document.addEventListener("htmx:after:request", (event) => {
  const ctx = event.detail.ctx;
  if (ctx.response.status === 202 && ctx.sourceElement.matches("[data-reload]")) page.follow(JSON.parse(ctx.text).jobs[0].job);
});
document.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act === "help") document.getElementById("help").showModal();
  if (act === "print") window.print();
});
document.addEventListener("change", (event) => { event.target.closest("form[data-submit]")?.submit(); });
document.addEventListener("keydown", (event) => {
  if (page.typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const help = document.getElementById("help");
  if (event.key === "?" && help) { if (help.open) help.close(); else help.showModal(); event.preventDefault(); }
  if (event.key === "/" && !help?.open) {
    const filter = document.querySelector("[data-filter]");
    if (filter) { filter.focus(); event.preventDefault(); }
  }
});

const drop = document.getElementById("drop");
if (drop) {
  const list = document.getElementById("uploads");
  const send = (file) => new Promise((done) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const told = document.createElement("small");
    name.textContent = file.name;
    line.append(name, bar, told);
    list.prepend(line);
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("files", file);
    request.upload.onprogress = (event) => { if (event.lengthComputable) { bar.max = event.total; bar.value = event.loaded; } };
    request.onloadend = () => {
      if (request.status === 429 && line.dataset.again !== "3") {
        line.dataset.again = String(Number(line.dataset.again || 0) + 1);
        setTimeout(() => { line.remove(); send(file).then(done); }, 1000 * Number(request.getResponseHeader("Retry-After") || 2));
        return;
      }
      bar.remove();
      if (request.status === 202) told.textContent = drop.dataset[JSON.parse(request.responseText).jobs[0].new ? "done" : "known"];
      else { told.className = "bad"; told.textContent = drop.dataset.failed; page.problem(request.responseText); }
      done();
    };
    request.open("POST", "/v1/jobs");
    request.setRequestHeader("X-CSRF-Token", page.csrf);
    request.send(form);
  });
  const take = async (files) => {
    for (const file of files) await send(file);
    document.getElementById("filters").dispatchEvent(new Event("refresh"));
  };
  document.getElementById("files").addEventListener("change", (event) => { take([...event.target.files]); event.target.value = ""; });
  for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) document.addEventListener(name, (event) => { event.preventDefault(); drop.classList.remove("over"); });
  document.addEventListener("drop", (event) => take([...event.dataTransfer.files]));
  drop.addEventListener("submit", (event) => event.preventDefault());
}
