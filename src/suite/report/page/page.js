// What the page can do beyond being read: filter, order and search cells, open a linked cell beside its card, say the values of figures, copy
// commands, save the embedded results.json. What is asked for stands in the address of the page.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const status = document.getElementById("filter-status");
  const cells = [...document.querySelectorAll("[data-verdict]")];
  const rows = [...new Set(cells.map((cell) => cell.closest("tr")))];
  const blocks = [...document.querySelectorAll(".sheet, .reproduction, .paper")];
  const inside = (block) => [...block.querySelectorAll("[data-verdict]")];
  const fields = ["verdict", "role", "sort", "cell"];

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
    document.documentElement.classList.toggle("filtered", active || form.elements.sort.value !== "");
    const shown = cells.filter((cell) => !cell.classList.contains("off")).length;
    status.textContent = active ? `${shown} of ${cells.length} cells` : "";
  }

  /** Puts the rows of every table in order: by the largest pull of their cells, or as they were. */
  let sorted = "";
  function sort() {
    if (form.elements.sort.value === sorted) return;
    sorted = form.elements.sort.value;
    const pull = (row) => {
      const own = row.matches("[data-pull]") ? [row] : [...row.querySelectorAll("[data-pull]")];
      return Math.max(-1, ...own.map((cell) => Number(cell.dataset.pull)));
    };
    for (const body of new Set(rows.map((row) => row.parentElement))) {
      const own = rows.filter((row) => row.parentElement === body);
      if (sorted === "pull") own.sort((a, b) => pull(b) - pull(a));
      body.append(...own);
    }
  }

  function writeAddress() {
    const query = new URLSearchParams(
      fields.map((name) => [name, form.elements[name].value]).filter(([, value]) => value !== ""),
    );
    const address = `${location.pathname}${query.size > 0 ? `?${query}` : ""}${location.hash}`;
    try {
      history.replaceState(null, "", address);
    } catch {
      // A page without an address of its own keeps nothing.
    }
  }

  function readAddress() {
    const query = new URLSearchParams(location.search);
    for (const name of fields) {
      const field = form.elements[name];
      field.value = query.get(name) ?? "";
      // A value that a list does not have leaves nothing chosen.
      if (field.value === "" && field.options) field.value = "";
    }
  }

  function apply() {
    filter();
    sort();
  }

  function openLinked() {
    let target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      // A fragment that is no percent-encoded text names nothing.
    }
    if (target === null) return;
    const folded = target.closest("details:not([name])");
    if (folded !== null) {
      closeCards();
      folded.open = true;
      target.scrollIntoView({ block: "start" });
    }
    if (!cells.includes(target)) return;
    if (target.classList.contains("off")) {
      form.reset();
      setTimeout(() => target.scrollIntoView({ block: "start", inline: "center" }));
    }
    target.querySelector("details").open = true;
    target.scrollIntoView({ block: "start", inline: "center" });
  }

  const openCard = () => document.querySelector(".cell details[open]");

  /** Puts the card into the half of the window that its verdict is not in. */
  function placeCard() {
    const open = openCard();
    if (open === null) return;
    const { top, bottom } = open.querySelector("summary").getBoundingClientRect();
    open.querySelector(".card").classList.toggle("above", (top + bottom) / 2 > innerHeight / 2);
  }

  function closeCards() {
    const open = openCard();
    if (open === null) return;
    const within = open.contains(document.activeElement);
    open.open = false;
    if (within) open.querySelector("summary").focus();
  }

  function addCopyButton(details) {
    const command = details.querySelector(".command");
    if (command === null || command.nextElementSibling !== null) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the command");
    button.addEventListener("click", async () => {
      button.textContent = await copy(command) ? "Copied" : "Selected: copy it by hand";
    });
    command.after(button);
  }

  /** Copies the text of an element, where the browser allows it; else it is left selected. */
  async function copy(element) {
    getSelection().selectAllChildren(element);
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      return document.execCommand("copy");
    }
  }

  /** Lets arrow keys go through parts of the page that only one stop of the Tab key leads to. */
  function stepThrough(container, list, go) {
    container.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step === undefined) return;
      const items = list();
      if (items.length === 0) return;
      event.preventDefault();
      go(
        items,
        (from) =>
          items[from < 0 ? (step > 0 ? 0 : items.length - 1) : (from + step + items.length) % items.length],
      );
    });
  }

  for (const plot of document.querySelectorAll("svg.pull")) {
    const links = [...plot.querySelectorAll("a")];
    links[0]?.setAttribute("tabindex", "0");
    stepThrough(plot, () => links, (items, next) => {
      const to = next(items.indexOf(document.activeElement));
      for (const link of links) link.setAttribute("tabindex", link === to ? "0" : "-1");
      to.focus();
    });
  }

  for (const figure of document.querySelectorAll("figure")) {
    const plot = figure.querySelector(".plot");
    const readout = document.createElement("output");
    readout.className = "readout";
    const points = () =>
      [...plot.querySelectorAll("svg svg title, svg g title")].map((title) => title.parentElement);
    const show = (point) => {
      plot.querySelector(".picked")?.classList.remove("picked");
      point?.classList.add("picked");
      readout.textContent = point?.querySelector("title").textContent ?? "";
    };
    stepThrough(
      plot,
      points,
      (items, next) => show(next(items.findIndex((item) => item.matches(".picked")))),
    );
    plot.addEventListener("focusout", () => show(null));
    plot.addEventListener("pointerover", ({ target }) => {
      if (target.matches("svg g *") && target.querySelector("title") !== null) show(target);
    });
    if (plot.querySelector("svg g title") !== null) plot.after(readout);
  }

  form.addEventListener("input", () => {
    apply();
    writeAddress();
  });
  form.addEventListener("reset", () =>
    setTimeout(() => {
      apply();
      writeAddress();
    }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", openLinked);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeCards();
  });
  addEventListener("click", (event) => {
    if (event.target.closest(".cell details, svg.pull a") === null) closeCards();
  });
  addEventListener("toggle", ({ target }) => {
    if (!target.matches(".cell details") || !target.open) return;
    addCopyButton(target);
    placeCard();
  }, { capture: true });
  addEventListener("scroll", placeCard, { capture: true, passive: true });
  addEventListener("resize", placeCard);

  const link = document.getElementById("download");
  link.download = "results.json";
  link.addEventListener("click", () => {
    const results = JSON.parse(document.getElementById("results-json").textContent);
    const file = new Blob([`${JSON.stringify(results, null, 1)}\n`], { type: "application/json" });
    link.href = URL.createObjectURL(file);
  });

  form.hidden = false;
  document.documentElement.classList.add("scripted");
  readAddress();
  if (fields.some((name) => form.elements[name].value !== "")) apply();
  openLinked();
})();
