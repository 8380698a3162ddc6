// Colours, line styles and shapes, alike on every canvas and in every legend.

const DASHES = { asserted: false, unasserted: [6, 5], disputed: [11, 5], negated: false };
// A denied relation ends in a bar, so that it differs from an asserted one by more than its colour.
const HEADS = { asserted: "arrow", unasserted: "arrow", disputed: "arrow", negated: "bar" };

const OUTLINES = {
  square: "3,3 13,3 13,13 3,13",
  diamond: "8,1 15,8 8,15 1,8",
  triangle: "8,2 15,14 1,14",
  triangleDown: "1,2 15,2 8,14",
  hexagon: "4,2 12,2 16,8 12,14 4,14 0,8",
  star: "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6",
};
const FONT = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif";
const LABEL_WIDTH = 34;

/** The colours of the style sheet, which knows whether the reader wants light or dark. */
function themeColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ground", "sheet", "ink", "soft", "faded", "coast", "border", "accent", ...Object.keys(STATUSES)];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function shapeOf({ shape, color }, attributes) {
  const outline = OUTLINES[shape];
  return outline
    ? svg("polygon", { points: outline, fill: color.background, ...attributes })
    : svg("circle", { cx: 8, cy: 8, r: 7, fill: color.background, ...attributes });
}

/** A small picture of an entity group's shape in its colour. */
function shapeIcon(group) {
  return svg("svg", { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" }, shapeOf(group));
}

/** A sample of the line that a status is drawn with. */
function lineIcon(status) {
  const end = HEADS[status] === "bar" ? "M28 2V12" : "M24 3L30 7L24 11";
  return svg(
    "svg",
    { class: `icon line ${status}`, viewBox: "0 0 32 14", "aria-hidden": "true" },
    svg("path", { d: "M1 7H28", "stroke-dasharray": (DASHES[status] || []).join(" ") || null }),
    svg("path", { d: end }),
  );
}

/** The name under a shape, and half the height of the shape: as in network.py. */
function nodeLabel(node) {
  return node.label.length <= LABEL_WIDTH ? node.label : `${node.label.slice(0, LABEL_WIDTH - 1).trimEnd()}…`;
}

function nodeSize(node) {
  return 8 + 3 * Math.sqrt(Math.min(node.facts.length, 36));
}

/** A canvas fitted to its container and the pixels of the screen, cleared, in CSS pixels. */
function freshCanvas(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas.parentElement;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, width, height };
}

/** Draw names in order of importance where they cover no other; `labels` are {text, x, y, size}. */
function drawLabels(context, labels, colours, most) {
  const taken = [];
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 4;
  for (const { text, x, y, size } of labels) {
    if (taken.length >= most) break;
    context.font = `${size}px ${FONT}`;
    const half = context.measureText(text).width / 2 + 3;
    if (taken.some((box) => Math.abs(box.x - x) < box.half + half && Math.abs(box.y - y) < size + 3)) continue;
    taken.push({ x, y, half });
    context.strokeStyle = colours.ground;
    context.fillStyle = colours.ink;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}

/**
 * Let a canvas be moved by dragging, wheel and keys. `plane` has `shift(dx, dy)`, `zoom(factor, x, y)`
 * and `pick(x, y)` for a click.
 */
function movable(canvas, plane) {
  let from = null;
  let moved = false;
  canvas.addEventListener("pointerdown", (event) => {
    from = event;
    moved = false;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.clientX, event.clientY - from.clientY];
    if (!moved && Math.hypot(dx, dy) < 4) return;
    moved = true;
    plane.shift(dx, dy);
    from = event;
  });
  canvas.addEventListener("pointerup", (event) => {
    if (from && !moved) plane.pick(event.offsetX, event.offsetY);
    from = null;
  });
  canvas.addEventListener("pointercancel", () => { from = null; });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    plane.zoom(Math.exp(-event.deltaY / 500), event.offsetX, event.offsetY);
  }, { passive: false });
  const steps = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
  canvas.addEventListener("keydown", (event) => {
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (steps[event.key]) plane.shift(...steps[event.key]);
    else if (event.key === "+" || event.key === "=") plane.zoom(1.25, width / 2, height / 2);
    else if (event.key === "-") plane.zoom(0.8, width / 2, height / 2);
    else return;
    event.preventDefault();
  });
}
