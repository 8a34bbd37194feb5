// Adds to the pages what only a script can: suggestions while a search is typed, and buttons that copy. Without it
// everything can be read and asked for.
"use strict";

const PATHS = { company: "/companies/", fact: "/facts/", source: "/sources/" };

function address(hit) {
  if (hit.kind === "concept") return `/search?kind=fact&q=${encodeURIComponent(hit.concept)}`;
  return PATHS[hit.kind] + encodeURIComponent(hit[hit.kind]).replaceAll("%3A", ":");
}

// the service sends titles as HTML with <mark>; only their text is used
function textOf(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
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
      item.dataset.to = address(hit);
      const kind = document.createElement("span");
      kind.className = "eyebrow";
      kind.textContent = hit.kind;
      item.append(textOf(hit.title), kind);
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
      const answer = await fetch(`/v1/search?limit=8&q=${encodeURIComponent(words)}`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).items);
    } catch { /* no suggestions then */ }
  };
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
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

document.querySelectorAll("[data-suggest]").forEach(suggest);
if (navigator.clipboard) document.querySelectorAll(".copy").forEach(copying);
