// Saving what is shown to a file.

const PICTURE_MARGIN = 60;

class Saver {
  constructor(view, app, namespaces) {
    const text = (make, type) => () => new Blob([make()], { type: `${type};charset=utf-8` });
    this.makers = {
      csv: text(() => `\ufeff${asCsv(view, app.selected())}`, "text/csv"),
      json: text(() => asJson(view, app.selected()), "application/json"),
      gexf: text(() => asGexf(view, app.selected()), "application/gexf+xml"),
      ttl: text(() => asTurtle(view, app.selected(), namespaces), "text/turtle"),
      svg: text(() => drawnSvg(app.graph), "image/svg+xml"),
      png: () => drawnPng(app.picture()),
    };
    for (const kind of Object.keys(this.makers)) byId(`save-${kind}`).addEventListener("click", () => this.save(kind));
  }

  async save(kind) {
    const address = URL.createObjectURL(await this.makers[kind]());
    const anchor = el("a", { href: address, download: `claimgraph.${kind}` });
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    byId("save").open = false;
  }
}

/** The canvas on the colour of the page; a canvas by itself is transparent. */
function drawnPng(canvas) {
  const copy = el("canvas", { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d");
  context.fillStyle = themeColours().ground;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve) => { copy.toBlob(resolve, "image/png"); });
}

/** All that is drawn as a picture that can be enlarged, whatever part of it the canvas shows. */
function drawnSvg(graph) {
  const colours = themeColours();
  const nodes = [...graph.ends].map((index) => ({ index, node: graph.view.nodes[index], ...graph.at(index) }));
  const place = new Map(nodes.map((each) => [each.index, each]));
  const [left, top] = [least(nodes, "x") - PICTURE_MARGIN, least(nodes, "y") - PICTURE_MARGIN];
  const [width, height] = [-least(nodes, "x", -1) + PICTURE_MARGIN - left, -least(nodes, "y", -1) + PICTURE_MARGIN - top];
  const size = nodes.length ? [left, top, width, height] : [0, 0, 1, 1];
  const picture = svg(
    "svg",
    { xmlns: SVG, viewBox: size.map(Math.round).join(" "), width: Math.round(size[2]), height: Math.round(size[3]), "font-family": FONT },
    svg("rect", { x: size[0], y: size[1], width: size[2], height: size[3], fill: colours.ground }),
    graph.lines.map((line) => svgLine(graph, line, place.get(line.from), place.get(line.to), colours)),
    nodes.map((each) => svgNode(graph, each, colours)),
  );
  return new XMLSerializer().serializeToString(picture);
}

function svgLine(graph, line, from, to, colours) {
  const [fact] = line.facts.map((index) => graph.view.facts[index]);
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const end = Math.max(length - nodeSize(to.node) - 4, 0) / length;
  const [x, y] = [from.x + dx * end, from.y + dy * end];
  const [ux, uy] = [(dx / length) * 8, (dy / length) * 8];
  const head = HEADS[fact.status] === "bar"
    ? `M${x - uy} ${y + ux}L${x + uy} ${y - ux}`
    : `M${x - ux - uy / 2} ${y - uy + ux / 2}L${x} ${y}L${x - ux + uy / 2} ${y - uy - ux / 2}`;
  const stroke = { stroke: colours[fact.status], fill: "none", "stroke-width": 1.5 };
  return svg(
    "g",
    {},
    svg("path", { d: `M${from.x} ${from.y}L${x} ${y}`, "stroke-dasharray": (DASHES[fact.status] || []).join(" ") || null, ...stroke }),
    !fact.mutual && svg("path", { d: head, ...stroke }),
    svg("text", { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, "font-size": 11, "text-anchor": "middle", fill: colours.soft }, line.facts.length > 1 ? `${fact.relation} +${line.facts.length - 1}` : fact.relation),
  );
}

function svgNode(graph, { node, x, y }, colours) {
  const size = nodeSize(node);
  const transform = `translate(${x - size} ${y - size}) scale(${size / 8})`;
  return svg(
    "g",
    {},
    shapeOf(graph.groups[node.family], { transform }),
    svg("text", { x, y: y + size + 15, "font-size": 14, "text-anchor": "middle", fill: colours.ink }, brief(node.label)),
  );
}
