// What the page can do beyond being read: filter and search cells, open a linked cell, save the embedded results.json.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const status = document.getElementById("filter-status");
  const cells = [...document.querySelectorAll("[data-verdict]")];
  const rows = [...new Set(cells.map((cell) => cell.closest("tr")))];
  const blocks = [...document.querySelectorAll(".sheet, .reproduction, .paper")];
  const inside = (block) => [...block.querySelectorAll("[data-verdict]")];

  function filter() {
    const verdict = form.elements.verdict.value;
    const role = form.elements.role.value;
    const words = form.elements.cell.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const active = verdict !== "" || role !== "" || words.length > 0;
    for (const cell of cells) {
      const id = cell.id.toLowerCase();
      const hit = (verdict === "" || cell.dataset.verdict === verdict) &&
        (role === "" || cell.dataset.role === role) &&
        words.every((word) => id.includes(word));
      cell.classList.toggle("off", !hit);
    }
    for (const block of [...rows, ...blocks]) {
      const own = block.matches("[data-verdict]") ? [block] : inside(block);
      block.hidden = active && own.every((cell) => cell.classList.contains("off"));
    }
    document.documentElement.classList.toggle("filtered", active);
    const shown = cells.filter((cell) => !cell.classList.contains("off")).length;
    status.textContent = active ? `${shown} of ${cells.length} cells` : "";
  }

  function openLinked() {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      // A fragment that is no percent-encoded text names nothing.
    }
    if (target === null || !cells.includes(target)) return;
    if (target.classList.contains("off")) form.reset();
    target.querySelector("details").open = true;
    target.scrollIntoView({ block: "start", inline: "center" });
  }

  function closeCards() {
    const open = document.querySelector(".cell details[open]");
    if (open === null) return;
    const within = open.contains(document.activeElement);
    open.open = false;
    if (within) open.querySelector("summary").focus();
  }

  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", openLinked);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeCards();
  });
  addEventListener("click", (event) => {
    if (event.target.closest(".cell details") === null) closeCards();
  });

  const results = JSON.parse(document.getElementById("results-json").textContent);
  const link = document.getElementById("download");
  link.download = "results.json";
  link.addEventListener("click", () => {
    const file = new Blob([`${JSON.stringify(results, null, 1)}\n`], { type: "application/json" });
    link.href = URL.createObjectURL(file);
  });

  form.hidden = false;
  document.documentElement.classList.add("scripted");
  openLinked();
})();
