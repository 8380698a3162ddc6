// The canvas: takes lines from the front of the ranked list until the limits are reached.

const LABELLED_LINES = 140;
const LABELLED_NODES = 260;
const DASHES = { asserted: false, unasserted: [6, 5], disputed: [11, 5], negated: false };
// A denied relation ends in a bar, so that it differs from an asserted one by more than its colour.
const HEADS = { asserted: "arrow", unasserted: "arrow", disputed: "arrow", negated: "bar" };
// The busiest entities keep a readable name however far the canvas is zoomed out.
const LANDMARKS = 40;
const LANDMARK_PIXELS = 12;
const LEGIBLE_PIXELS = 9;
const LANDMARK_CHARACTER = 7;
const LANDMARK_LINE = 17;
const NODE_FONT = 14;
const EDGE_FONT = 11;
const ZOOM_PAUSE = 150;
const GOLDEN_ANGLE = 2.399963;
const SEED_START = 60;
const SEED_STEP = 58;
// An update with an empty label would leave the old one standing.
const NO_LABEL = " ";
const FADED = 0.13;

class Graph {
  constructor(view, drawing, limits, container) {
    Object.assign(this, { view, drawing, limits, container });
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.focus = null;
    this.seeds = new Map();
    this.placed = new Map(drawing.nodes.filter((node) => "x" in node).map((node) => [node.id, node]));
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, drawing.options);
    let pause = 0;
    this.network.on("zoom", () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.draw(), ZOOM_PAUSE);
    });
    this.network.on("dragEnd", ({ nodes }) => {
      for (const [id, position] of Object.entries(this.network.getPositions(nodes))) this.placed.set(Number(id), position);
    });
  }

  /**
   * Show the lines that carry one of the facts in `matches`, those of `focus` (entities, or one
   * line) before the others; light up the focus and fade the rest.
   */
  show(matches, focus) {
    this.lines = [];
    this.ends = new Set();
    const seen = new Set();
    for (const edge of this.inOrder(focus)) {
      if (this.lines.length === this.limits.lines) break;
      const facts = seen.has(edge.id) ? [] : edge.facts.filter((fact) => matches.has(fact));
      seen.add(edge.id);
      const ends = unique([edge.from, edge.to]).filter((end) => !this.ends.has(end));
      if (facts.length === 0 || this.ends.size + ends.length > this.limits.nodes) continue;
      for (const end of ends) this.ends.add(end);
      this.lines.push({ ...edge, facts });
    }
    this.placeNewcomers();
    this.focus = focus?.nodes.every((node) => this.ends.has(node)) ? focus : null;
    this.draw();
  }

  inOrder(focus) {
    const { edges } = this.drawing;
    return focus ? [...edges.filter((edge) => touches(edge, focus)), ...edges] : edges;
  }

  get drawnFacts() {
    return this.lines.reduce((sum, line) => sum + line.facts.length, 0);
  }

  /** Put newly drawn entities around a neighbour that has a place, as seeds lie in a sunflower. */
  placeNewcomers() {
    for (const { from, to } of this.lines) {
      for (const [node, neighbour] of [[from, to], [to, from]]) {
        if (this.placed.has(node)) continue;
        const { x, y } = this.placed.get(neighbour) ?? { x: 0, y: 0 };
        const seeds = (this.seeds.get(neighbour) ?? 0) + 1;
        this.seeds.set(neighbour, seeds);
        const angle = GOLDEN_ANGLE * seeds;
        const distance = SEED_START + SEED_STEP * Math.sqrt(seeds);
        this.placed.set(node, { x: x + 1.3 * distance * Math.cos(angle), y: y + distance * Math.sin(angle) });
      }
    }
  }

  draw() {
    this.colours = themeColours();
    const near = this.focus && this.neighbourhood();
    this.landmarks = this.readable(near);
    replaceAll(this.edges, this.lines.map((line) => this.edgeItem(line, near)));
    replaceAll(this.nodes, [...this.ends].map((node) => this.nodeItem(node, near)));
    const line = this.focus?.pair && this.lines.find((edge) => touches(edge, this.focus));
    const selection = line ? { nodes: [], edges: [line.id] } : { nodes: this.focus?.nodes ?? [], edges: [] };
    this.network.setSelection(selection, { highlightEdges: false });
  }

  neighbourhood() {
    const lines = this.lines.filter((edge) => touches(edge, this.focus));
    const nodes = lines.flatMap((edge) => [edge.from, edge.to]);
    return { lines: new Set(lines.map((edge) => edge.id)), nodes: new Set([...this.focus.nodes, ...nodes]) };
  }

  /** The lit entities, busiest first, whose names at a readable size do not cover each other. */
  readable(near) {
    const pixel = 1 / this.network.getScale();
    const taken = [];
    const free = (box) => taken.every((other) => Math.abs(box.x - other.x) > (box.width + other.width) / 2 || Math.abs(box.y - other.y) > LANDMARK_LINE * pixel);
    const rank = (id) => (this.focus?.nodes.includes(id) ? Infinity : this.view.nodes[id].degree);
    const candidates = [...(near ? near.nodes : this.ends)].sort((a, b) => (rank(b) === rank(a) ? a - b : rank(b) - rank(a)));
    const chosen = candidates.filter((id) => {
      const { x, y } = this.placed.get(id);
      const box = { x, y: y + this.drawing.nodes[id].size, width: this.drawing.nodes[id].label.length * LANDMARK_CHARACTER * pixel };
      return taken.length < LANDMARKS && free(box) && taken.push(box);
    });
    return new Set(chosen);
  }

  nodeItem(id, near) {
    const node = this.view.nodes[id];
    const { x, y } = this.placed.get(id);
    const lit = !near || near.nodes.has(id);
    const landmark = this.landmarks.has(id);
    const scale = this.network.getScale();
    const legible = NODE_FONT * scale >= LEGIBLE_PIXELS;
    const labelled = landmark || (legible && this.ends.size <= LABELLED_NODES);
    const size = legible ? NODE_FONT : LANDMARK_PIXELS / scale;
    return {
      ...this.drawing.nodes[id], x, y,
      label: labelled ? this.drawing.nodes[id].label : NO_LABEL,
      title: `${brief(node.label)}\n${node.type}, ${plural(node.facts.length, "fact")}`,
      opacity: lit ? 1 : FADED,
      font: { size, color: lit ? this.colours.ink : this.colours.faded, strokeColor: this.colours.ground, strokeWidth: 4 },
    };
  }

  edgeItem(line, near) {
    const facts = line.facts.map((index) => this.view.facts[index]);
    const [first] = facts;
    const lit = !near || near.lines.has(line.id);
    const scale = this.network.getScale();
    const legible = EDGE_FONT * scale >= LEGIBLE_PIXELS - 1;
    const labelled = near ? lit && (legible || near.lines.size <= LANDMARKS / 2) : legible && this.lines.length <= LABELLED_LINES;
    const support = facts.reduce((sum, fact) => sum + fact.support.length, 0);
    const colour = this.colours[first.status];
    return {
      id: line.id, from: line.from, to: line.to, smooth: line.smooth,
      label: labelled ? first.relation + (facts.length > 1 ? ` +${facts.length - 1}` : "") : NO_LABEL,
      title: facts.slice(0, 12).map((fact) => `${headline(this.view, fact)} (${STATUSES[fact.status][0].toLowerCase()})`).join("\n"),
      width: 1.2 + Math.log2(1 + support) * 0.55,
      dashes: DASHES[first.status],
      arrows: { to: { enabled: !first.mutual, type: HEADS[first.status] } },
      color: { color: colour, highlight: colour, hover: colour, opacity: lit ? 1 : FADED },
      font: { size: legible ? EDGE_FONT : LEGIBLE_PIXELS / scale, color: this.colours.soft, strokeColor: this.colours.ground },
    };
  }

  /** Move the canvas to the focus if it lies outside. */
  reveal() {
    if (!this.focus) return;
    const { x, y } = this.placed.get(this.focus.nodes[0]);
    const dom = this.network.canvasToDOM({ x, y });
    const inside = dom.x > 0 && dom.y > 0 && dom.x < this.container.clientWidth && dom.y < this.container.clientHeight;
    if (!inside) this.network.moveTo({ position: { x, y } });
  }

  fit() {
    this.network.fit({ maxZoomLevel: 1.4 });
    this.draw();
  }

  zoom(factor) {
    this.network.moveTo({ scale: this.network.getScale() * factor });
    this.draw();
  }
}

/** Whether an edge belongs to the focus: the one line, or any line of its entities. */
function touches(edge, { nodes, pair }) {
  return pair ? edge.from === nodes[0] && edge.to === nodes[1] : nodes.includes(edge.from) || nodes.includes(edge.to);
}

function replaceAll(set, items) {
  const kept = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !kept.has(id)));
  set.update(items);
}

/** The colours of the style sheet, which knows whether the reader wants light or dark. */
function themeColours() {
  const style = getComputedStyle(document.documentElement);
  const names = ["ground", "ink", "soft", "faded", ...Object.keys(STATUSES)];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

const OUTLINES = {
  square: "3,3 13,3 13,13 3,13",
  diamond: "8,1 15,8 8,15 1,8",
  triangle: "8,2 15,14 1,14",
  triangleDown: "1,2 15,2 8,14",
  hexagon: "4,2 12,2 16,8 12,14 4,14 0,8",
  star: "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6",
};

/** A small picture of an entity group's shape in its colour. */
function shapeIcon({ shape, color }) {
  const outline = OUTLINES[shape];
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", "aria-hidden": "true" },
    outline
      ? svg("polygon", { points: outline, fill: color.background })
      : svg("circle", { cx: 8, cy: 8, r: 7, fill: color.background }),
  );
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
