// The map: places over coast and border lines that are in the file. No tiles, no network.
// Which country a place is in is never read off these lines.

const UNITS_A_DEGREE = 100;
const MAP_LABELS = 120;
const FRAME = 0.12;
const DISPUTED_DASH = [5, 4];
// Pixels a degree from which the lines in detail are drawn, where there are coarse ones at all.
const DETAILED = 90;

class PlaceMap {
  constructor(view, basemap, canvas, actions) {
    Object.assign(this, { view, canvas, actions, x: 0, y: 0, scale: 1, places: [], fitted: false });
    const projected = (lines) => Object.fromEntries(Object.entries(lines ?? {}).map(([kind, each]) => [kind, each.map(absolute)]));
    this.near = projected(basemap.near);
    this.far = basemap.far ? projected(basemap.far) : this.near;
    movable(canvas, {
      shift: (dx, dy) => { this.x += dx; this.y += dy; this.paint(); },
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      pick: (x, y) => this.actions.node(this.nearest(x, y)),
    });
    new ResizeObserver(() => this.paint()).observe(canvas.parentElement);
  }

  /** Take what matches; it is counted when somebody looks. */
  show(matches, focus, fit) {
    Object.assign(this, { matches, focus, stale: true });
    if (fit) this.fitted = false;
    this.paint();
  }

  /** Count what each place takes part in: claims, and facts where no claim names it. */
  count() {
    const { facts, claims } = this.matches;
    const told = count([...claims].map((index) => this.view.evidence[index].places));
    const ends = count([...facts].map((index) => unique([this.view.facts[index].subject, this.view.facts[index].object])));
    const amount = (node) => Math.max(told.get(node) ?? 0, ends.get(node) ?? 0);
    this.places = this.view.nodes
      .map((node, index) => ({ index, node, ...project(node.lon, node.lat), amount: amount(index) }))
      .filter((place) => place.node.lat !== null && place.amount > 0)
      .sort((a, b) => b.amount - a.amount || a.index - b.index);
    this.stale = false;
    byId("no-place").hidden = this.places.length > 0;
  }

  fit() {
    this.fitted = true;
    if (this.places.length === 0) return this.paint();
    const { clientWidth: width, clientHeight: height } = this.canvas.parentElement;
    const box = this.frame();
    this.scale = Math.min(width / box.width, height / box.height);
    this.x = width / 2 - this.scale * (box.left + box.width / 2);
    this.y = height / 2 - this.scale * (box.top + box.height / 2);
    this.paint();
  }

  /** The box of the places with a margin; a single place gets a few degrees around it. */
  frame() {
    const [left, top] = [least(this.places, "px"), least(this.places, "py")];
    const [right, bottom] = [-least(this.places, "px", -1), -least(this.places, "py", -1)];
    const width = Math.max((right - left) * (1 + 2 * FRAME), 3);
    const height = Math.max((bottom - top) * (1 + 2 * FRAME), 3);
    return { left: (left + right - width) / 2, top: (top + bottom - height) / 2, width, height };
  }

  zoom(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    this.scale *= factor;
    this.x = x + (this.x - x) * factor;
    this.y = y + (this.y - y) * factor;
    this.paint();
  }

  paint() {
    if (this.canvas.parentElement.hidden || !this.matches) return;
    if (this.stale) this.count();
    if (!this.fitted) return this.fit();
    this.pending ??= requestAnimationFrame(() => { this.pending = null; this.draw(); });
  }

  draw() {
    const { context } = freshCanvas(this.canvas);
    const colours = themeColours();
    const at = ({ px, py }) => [px * this.scale + this.x, py * this.scale + this.y];
    this.lines = this.scale < DETAILED ? this.far : this.near;
    this.drawLines(context, "coast", colours.coast, 1);
    this.drawLines(context, "border", colours.border, 1);
    context.setLineDash(DISPUTED_DASH);
    this.drawLines(context, "disputed", colours.disputed, 1.3);
    context.setLineDash([]);
    for (const place of [...this.places].reverse()) this.drawPlace(context, place, at(place), colours);
    const labels = this.places.map((place) => {
      const [x, y] = at(place);
      return { text: `${nodeLabel(place.node)} (${place.amount})`, x, y: y + radius(place) + 3, size: 12 };
    });
    drawLabels(context, labels, colours, MAP_LABELS);
  }

  drawLines(context, kind, colour, width) {
    context.beginPath();
    for (const line of this.lines[kind] ?? []) {
      for (let i = 0; i < line.length; i += 2) {
        const [x, y] = [line[i] * this.scale + this.x, line[i + 1] * this.scale + this.y];
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
    }
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  drawPlace(context, place, [x, y], colours) {
    const chosen = this.focus?.nodes.includes(place.index);
    context.beginPath();
    context.arc(x, y, radius(place), 0, 2 * Math.PI);
    context.fillStyle = this.actions.colour(place.node);
    context.globalAlpha = 0.75;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = chosen ? colours.accent : colours.ground;
    context.lineWidth = chosen ? 3 : 1;
    context.stroke();
  }

  nearest(x, y) {
    const hit = this.places.map((place) => ({ place, away: Math.hypot(place.px * this.scale + this.x - x, place.py * this.scale + this.y - y) - radius(place) }));
    const [best] = hit.sort((a, b) => a.away - b.away);
    return best && best.away < 10 ? best.place.index : null;
  }
}

function radius(place) {
  return 3.5 + 1.7 * Math.sqrt(Math.min(place.amount, 60));
}

/** Mercator, in degrees at the equator; north is up. */
function project(lon, lat) {
  const clipped = Math.max(-84, Math.min(84, lat ?? 0));
  return { px: lon ?? 0, py: -(180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (clipped * Math.PI) / 360)) };
}

/** x, y, dx, dy, ... in hundredths of a degree as projected points. */
function absolute(line) {
  let [x, y] = [0, 0];
  const points = new Float32Array(line.length);
  for (let i = 0; i < line.length; i += 2) {
    [x, y] = [x + line[i], y + line[i + 1]];
    const { px, py } = project(x / UNITS_A_DEGREE, y / UNITS_A_DEGREE);
    points[i] = px;
    points[i + 1] = py;
  }
  return points;
}
