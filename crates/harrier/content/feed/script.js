"use strict";
// Theme: that of the system until a reader chooses.
(function () {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  let stored = null;
  try { stored = localStorage.getItem("theme"); } catch (error) { /* Storage can be forbidden. */ }
  if (stored === "dark" || stored === "light") root.dataset.theme = stored;
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const told = () => { button.textContent = isDark() ? "Light" : "Dark"; };
  button.hidden = false;
  told();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch (error) { /* The same. */ }
    told();
  });
})();
// Copying texts.
for (const block of document.querySelectorAll("pre.code")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy: " + block.getAttribute("aria-label"));
  button.addEventListener("click", () => navigator.clipboard.writeText(block.textContent).then(() => {
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }));
  block.before(button);
}
// Search over all rules, as one types.
(function () {
  const form = document.getElementById("search");
  if (!form || !window.HARRIER_RULES) return;
  const PAGE = 100;
  const rules = window.HARRIER_RULES;
  const words = document.getElementById("words");
  const list = document.getElementById("rules");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const filters = {
    table: rule => rule.a, technique: rule => rule.q, tactic: rule => rule.c, source: rule => [rule.o], severity: rule => [rule.s],
    kind: rule => [rule.k], finding: rule => rule.x, confidence: rule => [rule.b], data: rule => [rule.h],
  };
  const select = name => document.getElementById("f-" + name);
  for (const rule of rules) {
    rule.head = rule.t.toLowerCase();
    rule.text = [rule.t, rule.n, rule.d, rule.l, rule.o, rule.k, rule.s].concat(rule.a, rule.q, rule.c, rule.x).join("\n").toLowerCase();
  }
  let found = rules;
  let shown = 0;
  const add = (parent, name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  };
  const row = rule => {
    const item = document.createElement("li");
    const link = add(item, "a", rule.t);
    link.href = "rules/" + rule.f;
    item.append(" ");
    if (rule.s) { add(item, "span", rule.s, "badge b-severity s-" + rule.s.toLowerCase()); item.append(" "); }
    add(item, "span", rule.p + " of 100", "badge");
    if (rule.e) { item.append(" "); add(item, "span", rule.e + (rule.e === 1 ? " error" : " errors"), "badge b-error"); }
    add(item, "p", rule.d);
    add(item, "p", [rule.k, rule.a.join(", "), rule.q.join(", ")].filter(Boolean).join(" · "), "meta");
    return item;
  };
  const show = () => {
    const next = found.slice(shown, shown + PAGE);
    list.append(...next.map(row));
    shown += next.length;
    more.hidden = shown >= found.length;
  };
  const search = () => {
    const terms = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = Object.keys(filters).filter(name => select(name) && select(name).value);
    found = rules.filter(rule => terms.every(term => rule.text.includes(term))
      && chosen.every(name => filters[name](rule).includes(select(name).value)));
    if (terms.length) {
      const rank = rule => terms.filter(term => rule.head.includes(term)).length;
      found = found.map(rule => [rank(rule), rule]).sort((one, other) => other[0] - one[0]).map(pair => pair[1]);
    }
    list.replaceChildren();
    shown = 0;
    show();
    count.textContent = found.length + (found.length === 1 ? " rule" : " rules");
    const state = new URLSearchParams();
    if (words.value) state.set("text", words.value);
    for (const name of chosen) state.set(name, select(name).value);
    const hash = state.toString();
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", hash ? "#" + hash : location.pathname);
  };
  const restore = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    words.value = state.get("text") || "";
    for (const name of Object.keys(filters)) if (select(name)) select(name).value = state.get(name) || "";
    search();
  };
  form.hidden = false;
  form.addEventListener("input", search);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(search));
  more.addEventListener("click", show);
  addEventListener("hashchange", restore);
  addEventListener("keydown", event => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); words.focus(); }
  });
  restore();
})();
