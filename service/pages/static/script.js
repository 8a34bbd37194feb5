// Adds to the pages what only a script can: suggestions while something is typed, buttons that copy, a fact from selected
// words, a form that is checked while it is filled, a list of changes that follows the log. Without it everything can be
// read, asked for and sent.
"use strict";

const SEARCH = document.querySelector("form[role=search]")?.getAttribute("action") ?? "/search";

// whether the service could not answer just now, and may later
const busy = (answer) => answer.status === 429 || answer.status >= 500;

// a page of the service, and whether it is one and no refusal
async function opened(address, more = {}) {
  const answer = await fetch(address, { ...more, headers: { Accept: "text/html" } });
  return { ok: answer.ok, busy: busy(answer), page: new DOMParser().parseFromString(await answer.text(), "text/html") };
}

// what a search finds, as its page has it: the page keeps the times, and is open to who gave a key to the pages
async function found(query, signal) {
  const { ok, page } = await opened(`${SEARCH}?${new URLSearchParams(query)}`, { signal });
  if (!ok) return [];
  return [...page.querySelectorAll(".hits > li > a")].map((hit) => ({
    to: hit.getAttribute("href"), kind: hit.querySelector(".eyebrow").textContent,
    title: hit.querySelector(".title").textContent, name: hit.dataset.name,
  }));
}

function suggest(field) {
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  field.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    field.setAttribute(name, value);
  }
  let chosen = -1, waiting = 0, asked = null;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (place) => {
    const items = [...list.children];
    items.forEach((item, n) => item.setAttribute("aria-selected", String(n === place)));
    chosen = place;
    if (place < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", items[place].id);
  };
  const show = (hits) => {
    list.replaceChildren(...hits.map((hit, n) => {
      const item = document.createElement("li");
      item.id = `suggestion-${n}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.to = hit.to;
      const kind = document.createElement("span");
      kind.className = "eyebrow";
      kind.textContent = hit.kind;
      item.append(hit.title, kind);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(item.dataset.to); });
      return item;
    }));
    list.hidden = hits.length === 0;
    chosen = -1;
    field.setAttribute("aria-expanded", String(hits.length > 0));
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const words = field.value.trim();
    if (words.length < 2) return close();
    try {
      show(await found([...new FormData(field.form), ["limit", "8"]], asked.signal));
    } catch { /* no suggestions then */ }
  };
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  if (field === document.activeElement) ask(); // what was typed before the script came
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" && count) { event.preventDefault(); choose((chosen + 1) % count); }
    else if (event.key === "ArrowUp" && count) { event.preventDefault(); choose((chosen + count - 1) % count); }
    else if (event.key === "Enter" && chosen >= 0 && count) { event.preventDefault(); location.assign(list.children[chosen].dataset.to); }
  });
}

function copying(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copier";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${block.querySelector("h3").textContent}`);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("code").textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
  block.append(button);
}

// a button beside the words that are selected in a source: a fact from them
function picking(text) {
  const button = document.createElement("a");
  button.className = "button pick";
  button.textContent = "Assert a fact from these words";
  button.href = `/assert?source=${text.dataset.source}`;
  button.hidden = true;
  text.closest("main").append(button);
  document.querySelectorAll("[data-from-script]").forEach((one) => { one.hidden = false; });
  // offsets count code points, as the API does, and not the UTF-16 units of JavaScript
  const length = (range) => Array.from(range.toString()).length;
  const pick = () => {
    const selection = document.getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    if (!range || range.collapsed || !text.contains(range.commonAncestorContainer)) {
      button.hidden = true;
      return;
    }
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const start = Number(text.dataset.first) + length(before) + Array.from(words).length - Array.from(words.trimStart()).length;
    const end = start + Array.from(words.trim()).length;
    const place = range.getBoundingClientRect();
    button.href = `/assert?source=${text.dataset.source}&start=${start}&end=${end}`;
    button.hidden = start >= end;
    button.style.left = `${Math.max(8, place.left + scrollX)}px`;
    button.style.top = `${place.bottom + scrollY + 6}px`;
  };
  document.addEventListener("selectionchange", pick);
  pick(); // what was selected before the script came
}

// checks a form while it is filled: the answer is the same page, of which the finding is taken
function checking(form) {
  const found = document.getElementById("checked");
  let waiting = 0, asked = null;
  const check = async () => {
    asked?.abort();
    asked = new AbortController();
    if (!form.checkValidity()) return;
    found.classList.add("is-busy");
    try {
      const { ok, page } = await opened(form.dataset.check, {
        method: "POST", body: new URLSearchParams(new FormData(form)), signal: asked.signal,
      });
      const told = page.querySelector(ok ? "#checked" : ".fault");
      if (told) found.replaceChildren(...(ok ? told.childNodes : [told]));
      found.classList.remove("is-busy");
    } catch { /* a newer check took its place, or the service is away: sending says so */ }
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(check, 400); });
  check();
}

function offering(field) {
  const list = document.getElementById(field.getAttribute("list"));
  let waiting = 0;
  const ask = async () => {
    const words = field.value.trim();
    if (words.length < 2) return;
    try {
      list.replaceChildren(...(await found([["q", words], ["kind", field.dataset.offer], ["limit", "8"]])).map((hit) => {
        const option = document.createElement("option");
        option.value = hit.name;
        option.label = hit.title;
        return option;
      }));
    } catch { /* nothing is offered then */ }
  };
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
  if (field === document.activeElement) ask();
}

// a slider over the days of a list, in place of its button: the part of the page that depends on the day is shown anew
function sliding(form) {
  const days = form.querySelector("select");
  const part = document.getElementById(form.dataset.slide);
  const slider = document.createElement("input");
  const told = document.createElement("output");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(days.options.length - 1);
  slider.setAttribute("aria-label", form.querySelector("label").textContent);
  let waiting = 0, asked = null;
  // the last day is the first of the list, and stands at the right
  const place = () => days.options.length - 1 - Number(slider.value);
  const tell = () => {
    told.textContent = days.options[place()].text;
    slider.setAttribute("aria-valuetext", told.textContent);
  };
  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    part.classList.add("is-busy");
    try {
      const { ok, page } = await opened(address, { signal: asked.signal });
      const fresh = ok ? page.getElementById(part.id) : page.querySelector("main");
      part.replaceChildren(...fresh.childNodes);
      history.replaceState(null, "", address);
      part.classList.remove("is-busy");
    } catch { /* a later day took its place, or the service is away: the button still works */ }
  };
  slider.value = String(days.options.length - 1 - days.selectedIndex);
  tell();
  slider.addEventListener("input", () => {
    days.selectedIndex = place();
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  days.hidden = true;
  form.querySelector("button").hidden = true;
  days.after(slider, told);
}

// a page's list after the log has gone on: the same list if nothing came, null if it cannot be followed; throws while the
// service cannot answer
async function next(list) {
  const answer = await fetch(`/v1/changes?after=${list.dataset.follow}&limit=1&wait=25`);
  if (busy(answer)) throw answer;
  if (!answer.ok) return null;
  if ((await answer.json()).items.length === 0) return list;
  const shown = await opened(location.href);
  if (shown.busy) throw shown;
  return shown.page.getElementById(list.id);
}

// waits at the log for what comes next, and then shows the page's list again
async function following(list) {
  let pause = 500;
  for (;;) {
    if (document.hidden) await new Promise((go) => document.addEventListener("visibilitychange", go, { once: true }));
    try {
      const fresh = await next(list);
      if (fresh === null) return;
      if (fresh !== list) {
        list.replaceChildren(...fresh.childNodes);
        list.dataset.follow = fresh.dataset.follow;
      }
      pause = 500;
    } catch { // the service is away or busy
      await new Promise((go) => setTimeout(go, pause));
      pause = Math.min(2 * pause, 60_000);
    }
  }
}

document.querySelectorAll("[data-source]").forEach(picking);
document.querySelectorAll("form[data-check]").forEach(checking);
document.querySelectorAll("[data-offer]").forEach(offering);
document.querySelectorAll("[data-follow]").forEach(following);
document.querySelectorAll("[data-suggest]").forEach(suggest);
document.querySelectorAll("[data-slide]").forEach(sliding);
if (navigator.clipboard) document.querySelectorAll(".copy").forEach(copying);
