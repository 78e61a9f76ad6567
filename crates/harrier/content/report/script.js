(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("has-js");
  var all = function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); };
  var hits = all("details.hit");
  var off = {};
  var search = document.getElementById("search");
  function show() {
    var wanted = search ? search.value.toLowerCase() : "";
    var shown = 0;
    hits.forEach(function (hit) {
      var fits = !off[hit.dataset.severity] && (!wanted || hit.textContent.toLowerCase().indexOf(wanted) >= 0);
      hit.hidden = !fits;
      if (fits) { shown += 1; }
    });
    var none = document.getElementById("none-shown");
    if (none) { none.hidden = shown > 0; }
  }
  if (search) { search.addEventListener("input", show); }
  all("button[data-severity]").forEach(function (button) {
    button.addEventListener("click", function () {
      var is_on = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", is_on ? "false" : "true");
      off[button.dataset.severity] = is_on;
      show();
    });
  });
  function open_all(is_open) { hits.forEach(function (hit) { hit.open = is_open; }); }
  var toggle = document.getElementById("open-all");
  if (toggle) {
    toggle.addEventListener("click", function () {
      var is_open = toggle.dataset.open !== "yes";
      open_all(is_open);
      toggle.dataset.open = is_open ? "yes" : "no";
      toggle.textContent = is_open ? "Close all" : "Open all";
    });
  }
  var theme = document.getElementById("theme");
  if (theme) {
    theme.addEventListener("click", function () {
      var is_dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = is_dark ? "light" : "dark";
    });
  }
  function follow() {
    var hit = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (hit && hit.tagName === "DETAILS") { hit.hidden = false; hit.open = true; }
  }
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", function () { open_all(true); });
  follow();
})();
