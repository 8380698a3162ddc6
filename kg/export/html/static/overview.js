// The overview: plain canvas for more lines than an engine with arrows and hit tests can move.

const OVERVIEW_LABELS = 150;
const PICK_RADIUS = 14;

class Overview {
  constructor(view, canvas, actions) {
    Object.assign(this, { view, canvas, actions, lines: [], at: () => ({ x: 0, y: 0 }), x: 0, y: 0, scale: 1 });
    movable(canvas, {
      shift: (dx, dy) => { this.x += dx; this.y += dy; this.paint(); },
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      pick: (x, y) => this.actions.node(this.nearest(x, y)),
    });
    new ResizeObserver(() => { if (!this.canvas.hidden) this.paint(); }).observe(canvas.parentElement);
  }

  show(lines, at, groups, focus) {
    Object.assign(this, { lines, at, groups, focus });
    this.nodes = unique(lines.flatMap((line) => [line.from, line.to]));
    this.busiest = [...this.nodes].sort((a, b) => this.view.nodes[b].facts.length - this.view.nodes[a].facts.length);
    this.paint();
  }

  fit() {
    const points = this.nodes.map((node) => this.at(node));
    if (points.length === 0) return;
    const { clientWidth: width, clientHeight: height } = this.canvas.parentElement;
    const [left, top] = [least(points, "x"), least(points, "y")];
    const [right, bottom] = [-least(points, "x", -1), -least(points, "y", -1)];
    this.scale = 0.94 * Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1));
    this.x = width / 2 - (this.scale * (left + right)) / 2;
    this.y = height / 2 - (this.scale * (top + bottom)) / 2;
    this.paint();
  }

  zoom(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    this.scale *= factor;
    this.x = x + (this.x - x) * factor;
    this.y = y + (this.y - y) * factor;
    this.paint();
  }

  /** Draw in the next frame; however often it is asked for, once. */
  paint() {
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.draw(); });
  }

  draw() {
    const { context, width, height } = freshCanvas(this.canvas);
    const colours = themeColours();
    const at = (node) => { const { x, y } = this.at(node); return [x * this.scale + this.x, y * this.scale + this.y]; };
    context.lineWidth = 1;
    for (const status of Object.keys(STATUSES).reverse()) this.strokeLines(context, status, colours[status], at);
    this.drawNodes(context, at, width, height);
    const inside = this.busiest.map((node) => [node, ...at(node)]).filter(([, x, y]) => x > 0 && y > 0 && x < width && y < height);
    drawLabels(context, inside.slice(0, 4 * OVERVIEW_LABELS).map(([node, x, y]) => ({ text: nodeLabel(this.view.nodes[node]), x, y: y + 5, size: 12 })), colours, OVERVIEW_LABELS);
  }

  strokeLines(context, status, colour, at) {
    context.beginPath();
    for (const line of this.lines) {
      if (this.view.facts[line.facts[0]].status !== status) continue;
      context.moveTo(...at(line.from));
      context.lineTo(...at(line.to));
    }
    context.strokeStyle = colour;
    context.globalAlpha = 0.35;
    context.setLineDash(DASHES[status] || []);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  drawNodes(context, at, width, height) {
    const radius = Math.min(5, Math.max(1.5, 6 * this.scale));
    for (const [family, { color }] of Object.entries(this.groups)) {
      context.fillStyle = color.background;
      context.beginPath();
      for (const node of this.nodes) {
        if (this.view.nodes[node].family !== family) continue;
        const [x, y] = at(node);
        if (x < 0 || y < 0 || x > width || y > height) continue;
        const size = this.focus?.nodes.includes(node) ? 3 * radius : radius;
        context.moveTo(x + size, y);
        context.arc(x, y, size, 0, 2 * Math.PI);
      }
      context.fill();
    }
  }

  nearest(x, y) {
    let found = null;
    let best = PICK_RADIUS;
    for (const node of this.nodes) {
      const place = this.at(node);
      const away = Math.hypot(place.x * this.scale + this.x - x, place.y * this.scale + this.y - y);
      if (away < best) [found, best] = [node, away];
    }
    return found;
  }
}
