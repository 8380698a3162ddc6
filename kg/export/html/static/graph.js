// The network: a working set drawn by vis-network, or everything on the overview canvas.

const OVERVIEW_FROM = 2_000;
const NODE_FONT = 14;
const LARGEST_SCALE = 1.4;
// Pixels that the drawing keeps from the sides of the canvas, and from the buttons above it.
const SIDE = 70;
const NARROW_SIDE = 0.12;
const ABOVE = 64;
const BELOW = 34;
const ZOOM_PAUSE = 150;
// With more newcomers than this, and if they are the greater part, the drawing is laid out anew.
const NEWCOMERS = 20;
const GOLDEN_ANGLE = 2.399963;
const SEED_START = 60;
const SEED_STEP = 58;
const BUNDLE_SIZE = 18;
// An update with an empty label would leave the old one standing.
const NO_LABEL = " ";
const FADED = 0.13;
const CURVED = { enabled: true, type: "curvedCW", roundness: 0.25 };

class Graph {
  constructor(view, drawing, container, overview) {
    Object.assign(this, { view, limits: drawing.limits, groups: drawing.options.groups, container, overview });
    this.chooser = new Lines(view);
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.focus = null;
    this.everything = false;
    this.folding = true;
    this.opened = new Set();
    this.pinned = new Set();
    this.seeds = new Map();
    this.spots = new Map();
    this.placed = new Map(drawing.places.map(([node, x, y]) => [node, { x, y }]));
    this.arranger = new Arranger();
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, drawing.options);
    let pause = 0;
    this.network.on("zoom", () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.draw(), ZOOM_PAUSE);
    });
    this.network.on("dragEnd", ({ nodes }) => this.dropped(nodes));
  }

  /** An entity that the reader has put somewhere stays there. */
  dropped(nodes) {
    for (const [id, position] of Object.entries(this.network.getPositions(nodes))) {
      const key = Number.isNaN(Number(id)) ? id : Number(id);
      (this.spots.has(key) ? this.spots : this.placed).set(key, position);
      if (!Number.isNaN(Number(id))) this.pinned.add(Number(id));
    }
    if (nodes.length) this.onchange?.();
  }

  /**
   * Show lines that carry one of the facts in `matches`, those of `focus` (entities, or one line)
   * before the others; light up the focus and fade the rest. With `fit` all of it is brought into
   * sight. Around `centre`, an entity, everything else is set in rings.
   */
  show(matches, focus, fit = false, centre = null) {
    const limits = this.everything ? { lines: Infinity, nodes: Infinity } : this.limits;
    const { lines, ends } = this.chooser.choose(matches, limits, focus?.nodes);
    Object.assign(this, { lines, ends });
    this.drawnFacts = lines.reduce((sum, line) => sum + line.facts.length, 0);
    const newcomers = this.placeNewcomers();
    this.centre = centre;
    this.spots = this.ends.has(centre) ? rings(lines, centre, (node) => this.placed.get(node)) : new Map();
    this.focus = focus?.nodes.every((node) => this.ends.has(node)) ? focus : null;
    this.wide = lines.length > OVERVIEW_FROM;
    this.overview.canvas.hidden = !this.wide;
    this.container.hidden = this.wide;
    if (this.wide) this.overview.show(lines, (node) => this.at(node), this.groups, this.focus);
    if (fit) this.fit();
    else this.draw();
    if (newcomers > Math.max(NEWCOMERS, this.ends.size / 2) && this.spots.size === 0 && !this.wide) this.arrange();
  }

  /** Where an entity lies. */
  at(node) {
    return this.spots.get(node) ?? this.placed.get(node);
  }

  /**
   * Put newly drawn entities around a neighbour that has a place, as seeds lie in a sunflower; says
   * how many they are.
   */
  placeNewcomers() {
    const before = this.placed.size;
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
    return this.placed.size - before;
  }

  draw() {
    if (this.wide) return this.overview.paint();
    this.colours = themeColours();
    // In the rings around an entity everything is about it; nothing is faded.
    const near = this.focus && !(this.spots.size > 0 && this.focus.nodes[0] === this.centre) ? this.neighbourhood() : null;
    this.bundles = this.folding ? bundles(this.view, this.lines, new Set([...(this.focus?.nodes ?? []), ...this.pinned]), this.opened) : [];
    const folded = new Set(this.bundles.flatMap((bundle) => bundle.lines.map((line) => line.id)));
    const hidden = new Set(this.bundles.flatMap((bundle) => bundle.leaves));
    const ends = [...this.ends].filter((node) => !hidden.has(node));
    const lines = this.lines.filter((line) => !folded.has(line.id));
    this.write(near, ends, lines);
    replaceAll(this.edges, [...lines.map((line) => this.edgeItem(line, near)), ...this.bundles.map((bundle) => this.bundleEdge(bundle, near))]);
    replaceAll(this.nodes, [...ends.map((node) => this.nodeItem(node, near)), ...this.bundles.map((bundle) => this.bundleNode(bundle, near))]);
    const line = this.focus?.pair && lines.find((edge) => touches(edge, this.focus));
    const selection = line ? { nodes: [], edges: [line.id] } : { nodes: this.focus?.nodes ?? [], edges: [] };
    this.network.setSelection(selection, { highlightEdges: false });
  }

  neighbourhood() {
    const lines = this.lines.filter((edge) => touches(edge, this.focus));
    const nodes = lines.flatMap((edge) => [edge.from, edge.to]);
    return { lines: new Set(lines.map((edge) => edge.id)), nodes: new Set([...this.focus.nodes, ...nodes]) };
  }

  /** Find room for the names and relations of what is lit, and how large letters are by now. */
  write(near, ends, lines) {
    const scale = this.network.getScale();
    const [least, most] = NAME_PIXELS;
    const pixels = Math.min(Math.max(NODE_FONT * scale, least), most);
    const body = (id) => {
      const { x, y } = this.at(id);
      return { id, x: x * scale, y: y * scale, size: nodeSize(this.view.nodes[id]) * scale, text: nodeLabel(this.view.nodes[id]) };
    };
    const bodies = new Map(ends.map((id) => [id, body(id)]));
    const rank = (id) => (this.focus?.nodes.includes(id) ? Infinity : this.view.nodes[id].degree);
    const lit = ends.filter((id) => !near || near.nodes.has(id)).sort((a, b) => (rank(b) === rank(a) ? a - b : rank(b) - rank(a)));
    const shapes = [...bodies.values()].map(({ x, y, size }) => ({ x, y, width: 2 * size, height: 2 * size }));
    const room = new Room(shapes);
    room.take(this.bundles.map((bundle) => this.bundleBox(bundle, scale, pixels)));
    this.names = placeNames(room, lit.map((id) => bodies.get(id)), pixels);
    const open = lines.filter((line) => line.from !== line.to && (!near || near.lines.has(line.id)));
    this.relations = placeRelations(room, open.map((line) => ({ id: line.id, from: bodies.get(line.from), to: bodies.get(line.to), text: this.relation(line) })));
    Object.assign(this, { namePixels: pixels / scale, relationPixels: RELATION_PIXELS / scale });
  }

  /** The words on a line: its best fact, and how many more it carries. */
  relation(line) {
    const { relation } = this.view.facts[line.facts[0]];
    return line.facts.length > 1 ? `${relation} +${line.facts.length - 1}` : relation;
  }

  nodeItem(id, near) {
    const node = this.view.nodes[id];
    const { x, y } = this.at(id);
    const lit = !near || near.nodes.has(id);
    const pinned = this.pinned.has(id);
    const size = nodeSize(node);
    const up = this.names.get(id) === "above" ? -2 * size - this.namePixels * LINE_HEIGHT : 0;
    return {
      id, x, y,
      group: node.family,
      size,
      label: this.names.has(id) ? nodeLabel(node) + (pinned ? " •" : "") : NO_LABEL,
      title: `${brief(node.label)}\n${node.type}, ${plural(node.facts.length, "fact")}${pinned ? ", pinned" : ""}`,
      opacity: lit ? 1 : FADED,
      font: { ...this.font(lit), vadjust: up },
    };
  }

  font(lit) {
    return { size: this.namePixels, color: lit ? this.colours.ink : this.colours.faded, strokeColor: this.colours.ground, strokeWidth: 4 };
  }

  edgeItem(line, near) {
    const facts = line.facts.map((index) => this.view.facts[index]);
    const lit = !near || near.lines.has(line.id);
    const title = facts.slice(0, 12).map((fact) => `${headline(this.view, fact)} (${STATUSES[fact.status][0].toLowerCase()})`).join("\n");
    const label = this.relations.has(line.id) ? this.relation(line) : NO_LABEL;
    const support = facts.reduce((sum, fact) => sum + fact.support.length, 0);
    return { id: line.id, from: line.from, to: line.to, smooth: line.answered ? CURVED : false, label, title, ...this.stroke(facts[0], support, lit, this.level(line.from, line.to)) };
  }

  /** Whether two entities lie level; the engine turns words along a line, but not by nothing. */
  level(from, to) {
    return this.at(from).y === this.at(to).y;
  }

  stroke(fact, support, lit, level) {
    const colour = this.colours[fact.status];
    return {
      width: 1.2 + Math.log2(1 + support) * 0.55,
      dashes: DASHES[fact.status],
      arrows: { to: { enabled: !fact.mutual, type: HEADS[fact.status] } },
      color: { color: colour, highlight: colour, hover: colour, opacity: lit ? 1 : FADED },
      font: { size: this.relationPixels, align: level ? "horizontal" : "middle", color: this.colours.soft, strokeColor: this.colours.ground },
    };
  }

  bundleNode(bundle, near) {
    const [first] = bundle.leaves;
    const { x, y } = this.at(bundle.key) ?? this.at(first);
    const lit = !near || near.nodes.has(bundle.hub);
    const names = bundle.leaves.slice(0, 12).map((leaf) => brief(this.view.nodes[leaf].label));
    return {
      id: bundle.key, x, y,
      group: this.view.nodes[first].family,
      size: BUNDLE_SIZE,
      label: bundleName(bundle),
      title: `${names.join("\n")}${bundle.leaves.length > 12 ? "\n…" : ""}\nclick to unfold`,
      opacity: lit ? 1 : FADED,
      font: this.font(lit),
    };
  }

  /** The room that a bundle and its name take on the screen. */
  bundleBox(bundle, scale, pixels) {
    const { x, y } = this.at(bundle.key) ?? this.at(bundle.leaves[0]);
    const height = 2 * BUNDLE_SIZE * scale + pixels * LINE_HEIGHT;
    return { x: x * scale, y: y * scale + (pixels * LINE_HEIGHT) / 2, width: bundleName(bundle).length * pixels * NAME_WIDTH, height };
  }

  bundleEdge(bundle, near) {
    const fact = this.view.facts[bundle.lines[0].facts[0]];
    const lit = !near || near.nodes.has(bundle.hub);
    const [from, to] = bundle.outward ? [bundle.hub, bundle.key] : [bundle.key, bundle.hub];
    return { id: bundle.key, from, to, smooth: false, label: fact.relation, title: plural(bundle.lines.length, "line"), ...this.stroke(fact, bundle.lines.length, lit, true) };
  }

  /** Open a bundle; says whether `id` was one. */
  unfold(id) {
    if (typeof id !== "string") return false;
    this.opened.add(id);
    this.draw();
    return true;
  }

  togglePin(node) {
    if (!this.pinned.delete(node)) this.pinned.add(node);
    this.draw();
  }

  /** Lay out anew what is drawn, unless something else is drawn by the time that is done. */
  async arrange() {
    const { lines } = this;
    const bodies = [...this.ends].map((id) => {
      const node = this.view.nodes[id];
      return { id, ...this.at(id), room: 12 + nodeSize(node) + nodeLabel(node).length * 1.6, pinned: this.pinned.has(id) };
    });
    const links = lines.filter((line) => line.from !== line.to).map((line) => ({ source: line.from, target: line.to }));
    const places = await this.arranger.arrange(bodies, links);
    if (lines !== this.lines) return;
    this.spots.clear();
    for (const [id, x, y] of places) this.placed.set(id, { x, y });
    for (const { key } of this.bundles ?? []) this.placed.delete(key);
    this.fit();
  }

  /** Move the canvas to the focus if it lies outside. */
  reveal() {
    if (!this.focus || this.wide) return;
    const { x, y } = this.at(this.focus.nodes[0]);
    const dom = this.network.canvasToDOM({ x, y });
    const inside = dom.x > 0 && dom.y > 0 && dom.x < this.container.clientWidth && dom.y < this.container.clientHeight;
    if (!inside) this.network.moveTo({ position: { x, y } });
  }

  fit() {
    if (this.wide) return this.overview.fit();
    this.frame();
    this.draw();
  }

  /** Bring all that is drawn into sight, clear of the buttons. */
  frame() {
    const { clientWidth, clientHeight } = this.container;
    const points = [...this.ends].map((node) => this.at(node));
    if (points.length === 0 || clientWidth === 0) return;
    const [left, top, right, bottom] = [least(points, "x"), least(points, "y"), -least(points, "x", -1), -least(points, "y", -1)];
    const fitting = Math.min((clientWidth - 2 * Math.min(SIDE, NARROW_SIDE * clientWidth)) / Math.max(right - left, 1), (clientHeight - ABOVE - BELOW) / Math.max(bottom - top, 1));
    this.network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 },
      scale: Math.min(Math.max(fitting, 0.01), LARGEST_SCALE),
      offset: { x: 0, y: (ABOVE - BELOW) / 2 },
    });
  }

  zoom(factor) {
    if (this.wide) return this.overview.zoom(factor);
    this.network.moveTo({ scale: this.network.getScale() * factor });
    this.draw();
  }

  get canvas() {
    return this.wide ? this.overview.canvas : this.container.querySelector("canvas");
  }
}

/** Whether an edge belongs to the focus: the one line, or any line of its entities. */
function touches(edge, { nodes, pair }) {
  return pair ? edge.from === nodes[0] && edge.to === nodes[1] : nodes.includes(edge.from) || nodes.includes(edge.to);
}

function bundleName(bundle) {
  return `${bundle.leaves.length} × ${bundle.type} ▸`;
}

/** Make the set hold these items. The engine takes its time with each, so only changed ones go in. */
function replaceAll(set, items) {
  const before = set.given ?? new Map();
  set.given = new Map(items.map((item) => [item.id, JSON.stringify(item)]));
  set.remove([...before.keys()].filter((id) => !set.given.has(id)));
  set.update(items.filter((item) => set.given.get(item.id) !== before.get(item.id)));
}
