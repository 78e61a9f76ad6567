// Draws `drawing`: { kind, isCategory, labels, places, series: [{ name, values }], xTitle }.
const colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a6fd0", "#8a8f00"];
const svg = document.getElementById("chart");
const legend = document.getElementById("legend");
const tip = document.getElementById("tip");
const area = { left: 64, right: 990, top: 10, bottom: 410 };
const hidden = new Set();
const colour = (index) => colours[index % colours.length];
const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 });
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 2 });

function add(name, attributes, text) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  svg.append(node);
  return node;
}

function shown() {
  return drawing.series.map((series, index) => ({ ...series, index })).filter((s) => !hidden.has(s.index));
}

function place(at) {
  const count = drawing.labels.length;
  if (drawing.isCategory) return area.left + ((at + 0.5) / count) * (area.right - area.left);
  return area.left + drawing.places[at] * (area.right - area.left);
}

function scale(series) {
  const values = series.flatMap((s) => s.values).filter((v) => v !== null);
  const low = Math.min(0, ...values.slice(0, 1), values.reduce((a, b) => Math.min(a, b), 0));
  const high = values.reduce((a, b) => Math.max(a, b), low + 1e-9);
  return { low, high, y: (v) => area.bottom - ((v - low) / (high - low || 1)) * (area.bottom - area.top) };
}

function axes({ low, high, y }) {
  for (let step = 0; step <= 4; step++) {
    const value = low + ((high - low) * step) / 4;
    add("line", { class: "rule", x1: area.left, x2: area.right, y1: y(value), y2: y(value) });
    add("text", { x: area.left - 8, y: y(value) + 4, "text-anchor": "end" }, compact.format(value));
  }
  const count = drawing.labels.length;
  const every = Math.max(1, Math.ceil(count / (drawing.isCategory ? 14 : 6)));
  for (let at = 0; at < count; at += every) {
    const anchor = !drawing.isCategory && at === 0 ? "start" : "middle";
    const label = drawing.labels[at];
    add("text", { x: place(at), y: area.bottom + 20, "text-anchor": anchor }, label.length > 22 ? label.slice(0, 21) + "…" : label);
  }
  add("text", { x: area.right, y: area.bottom + 44, "text-anchor": "end" }, drawing.xTitle);
}

function lines(series, y, isArea) {
  for (const s of series) {
    const runs = [[]];
    s.values.forEach((value, at) => (value === null ? runs.push([]) : runs.at(-1).push([place(at), y(value)])));
    for (const run of runs.filter((r) => r.length)) {
      const path = run.map(([x, py], n) => `${n ? "L" : "M"}${x.toFixed(1)},${py.toFixed(1)}`).join("");
      if (isArea) {
        const close = `L${run.at(-1)[0]},${area.bottom}L${run[0][0]},${area.bottom}Z`;
        add("path", { d: path + close, fill: colour(s.index), "fill-opacity": 0.25 });
      }
      add("path", { d: path, fill: "none", stroke: colour(s.index), "stroke-width": 2 });
      if (run.length === 1) add("circle", { cx: run[0][0], cy: run[0][1], r: 3, fill: colour(s.index) });
    }
  }
}

function columns(series, y) {
  const room = ((area.right - area.left) / drawing.labels.length) * 0.8;
  const width = Math.max(1, room / Math.max(1, series.length));
  series.forEach((s, n) =>
    s.values.forEach((value, at) => {
      if (value === null) return;
      const [top, base] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
      add("rect", { x: place(at) - room / 2 + n * width, y: top, width, height: Math.max(1, base - top), fill: colour(s.index) });
    }),
  );
}

function bars(series) {
  const rows = drawing.labels.flatMap((label, at) => series.map((s) => ({ label, at, s })).filter((r) => r.s.values[at] !== null));
  const step = Math.max(16, Math.min(40, 420 / Math.max(1, rows.length)));
  svg.setAttribute("viewBox", `0 0 1000 ${Math.max(460, rows.length * step + 30)}`);
  const most = rows.reduce((a, r) => Math.max(a, Math.abs(r.s.values[r.at])), 1e-9);
  rows.forEach((row, n) => {
    const value = row.s.values[row.at];
    const width = (Math.abs(value) / most) * 620;
    add("text", { x: 250, y: n * step + step / 2 + 4, "text-anchor": "end" }, row.label.length > 34 ? row.label.slice(0, 33) + "…" : row.label);
    add("rect", { x: 260, y: n * step + 2, width: Math.max(1, width), height: step - 4, fill: colour(row.s.index) });
    add("text", { x: 266 + width, y: n * step + step / 2 + 4 }, number.format(value));
  });
}

function pie(series) {
  const values = (series[0]?.values ?? []).map((v) => Math.max(0, v ?? 0));
  const sum = values.reduce((a, b) => a + b, 0) || 1;
  let turn = -Math.PI / 2;
  values.forEach((value, at) => {
    const end = turn + (value / sum) * Math.PI * 2;
    const point = (angle) => `${(300 + 200 * Math.cos(angle)).toFixed(2)},${(220 + 200 * Math.sin(angle)).toFixed(2)}`;
    const whole = value / sum > 0.9999;
    const d = whole ? "M300,20A200,200 0 1 1 299.9,20Z" : `M300,220L${point(turn)}A200,200 0 ${end - turn > Math.PI ? 1 : 0} 1 ${point(end)}Z`;
    add("path", { d, fill: colour(at), stroke: "Canvas" });
    if (at < 18) {
      add("rect", { x: 560, y: 20 + at * 22, width: 12, height: 12, fill: colour(at) });
      add("text", { x: 580, y: 31 + at * 22 }, `${drawing.labels[at]}: ${number.format(value)} (${((value / sum) * 100).toFixed(1)} %)`);
    }
    turn = end;
  });
}

function draw() {
  svg.replaceChildren();
  const series = shown();
  if (drawing.kind === "card") {
    series.forEach((s, n) => {
      add("text", { class: "card", x: 20, y: 90 + n * 130 }, number.format(s.values[0]));
      add("text", { x: 24, y: 116 + n * 130 }, s.name);
    });
    return;
  }
  if (drawing.kind === "pie") return pie(series);
  if (drawing.kind === "bar") return bars(series);
  const axis = scale(series);
  axes(axis);
  if (drawing.kind === "column") columns(series, axis.y);
  else if (drawing.kind === "scatter") {
    for (const s of series) s.values.forEach((v, at) => v !== null && add("circle", { cx: place(at), cy: axis.y(v), r: 3.5, fill: colour(s.index), "fill-opacity": 0.7 }));
  } else lines(series, axis.y, drawing.kind === "area");
}

svg.addEventListener("pointermove", (event) => {
  const box = svg.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * 1000;
  if (["pie", "bar", "card"].includes(drawing.kind) || !drawing.labels.length) return;
  let near = 0;
  drawing.labels.forEach((_, at) => { if (Math.abs(place(at) - x) < Math.abs(place(near) - x)) near = at; });
  const parts = shown().filter((s) => s.values[near] !== null).map((s) => `${s.name} ${number.format(s.values[near])}`);
  tip.textContent = `${drawing.labels[near]}: ${parts.join(" · ")}`;
});

if (drawing.series.length > 1 && drawing.kind !== "card") {
  drawing.series.forEach((series, index) => {
    const button = document.createElement("button");
    const mark = document.createElement("i");
    mark.style.background = colour(index);
    button.append(mark, series.name);
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => {
      hidden.has(index) ? hidden.delete(index) : hidden.add(index);
      button.setAttribute("aria-pressed", String(!hidden.has(index)));
      draw();
    });
    legend.append(button);
  });
}
draw();
