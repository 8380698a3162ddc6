// Ties search, canvas, panel and table together.

const TYPING_PAUSE = 120;
const NARROW = window.matchMedia("(max-width: 820px)");

class App {
  constructor({ view, drawing, limits }) {
    enrich(view);
    this.view = view;
    this.groups = drawing.options.groups;
    this.families = new Map(view.nodes.map((node) => [node.type, node.family]));
    this.filters = new Filters(view);
    this.graph = new Graph(view, drawing, limits, byId("canvas"));
    const icon = (key, value) => this.icon(key, value);
    this.panel = new Panel(view, byId("panel"), { icon, node: (index) => this.selectNode(index), close: () => this.select(null) });
    this.table = new Table(view, { entity: (index) => this.panel.entity(index), facts: (indices) => this.selectFacts(indices) });
    this.selection = null;
    showLegend(this.groups, new Set(view.nodes.filter((node) => node.degree > 0).map((node) => node.family)));
    showAbout(view);
    this.listen();
    this.update();
  }

  icon(key, value) {
    if (key === "type") return shapeIcon(this.groups[this.families.get(value)]);
    return key === "status" ? lineIcon(value) : null;
  }

  /** Apply search and filters everywhere. */
  update() {
    this.matches = this.filters.apply();
    this.table.show(this.matches);
    if (!byId("table-view").hidden) this.table.render();
    showFacets(this.filters, byId("facets"), (key, value) => this.icon(key, value), () => this.update());
    byId("clear").hidden = !this.filters.active;
    byId("empty").hidden = this.matches.size > 0;
    this.draw();
    this.graph.fit();
  }

  draw() {
    this.graph.show(this.matches, this.selection);
    byId("status").textContent = statusLine(this.view, this.matches.size, this.graph);
    this.refreshPanel();
  }

  selectNode(index) {
    this.select({ nodes: [index], pair: false, facts: null });
  }

  /** Facts that share subject and object. */
  selectFacts(facts) {
    const { subject, object } = this.view.facts[facts[0]];
    this.select({ nodes: [subject, object], pair: true, facts });
  }

  select(selection) {
    this.selection = selection;
    this.draw();
    this.graph.reveal();
    if (selection && NARROW.matches) byId("panel").scrollIntoView();
  }

  refreshPanel() {
    if (!this.selection) this.panel.showStart(this.matches);
    else if (this.selection.facts) this.panel.showFacts(this.selection.facts);
    else this.panel.showNode(this.selection.nodes[0], this.matches);
    document.body.classList.toggle("selected", this.selection !== null);
  }

  showView(name) {
    for (const view of ["graph", "table"]) {
      byId(`${view}-view`).hidden = view !== name;
      byId(`show-${view}`).setAttribute("aria-pressed", String(view === name));
    }
    if (name === "table") this.table.render();
    else this.graph.network.redraw();
  }

  clear() {
    this.filters.clear();
    byId("query").value = "";
    byId("plain").checked = false;
    this.update();
  }

  listen() {
    this.graph.network.on("click", ({ nodes, edges }) => {
      if (nodes.length > 0) this.selectNode(nodes[0]);
      else if (edges.length > 0) this.selectFacts(this.graph.lines.find((line) => line.id === edges[0]).facts);
      else this.select(null);
    });
    let pause = 0;
    byId("query").addEventListener("input", (event) => {
      clearTimeout(pause);
      pause = setTimeout(() => { this.filters.query = event.target.value; this.update(); }, TYPING_PAUSE);
    });
    byId("plain").addEventListener("change", (event) => { this.filters.plain = event.target.checked; this.update(); });
    const clicks = {
      "show-graph": () => this.showView("graph"),
      "show-table": () => this.showView("table"),
      "show-about": () => byId("about").showModal(),
      "zoom-in": () => this.graph.zoom(1.25),
      "zoom-out": () => this.graph.zoom(0.8),
      fit: () => this.graph.fit(),
      clear: () => this.clear(),
    };
    for (const [id, listener] of Object.entries(clicks)) byId(id).addEventListener("click", listener);
    document.querySelector(".skip").addEventListener("click", () => this.showView("table"));
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("beforeprint", () => this.table.render());
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.graph.draw());
  }

  key(event) {
    const typing = event.target.matches("input[type=search]");
    if (event.key === "/" && !typing && !byId("about").open) {
      event.preventDefault();
      byId("query").focus();
    } else if (event.key === "Escape" && !byId("about").open) {
      if (typing && event.target.value) this.clear();
      else this.select(null);
      if (typing) event.target.blur();
    }
  }
}

function statusLine(view, matching, graph) {
  const all = view.facts.length;
  const drawn = graph.drawnFacts;
  const scope = matching === all ? plural(all, "fact") : `${matching.toLocaleString("en")} of ${plural(all, "fact")} match`;
  const rest = matching - drawn;
  const left = rest > 0 ? `, ${rest.toLocaleString("en")} not drawn: narrow the filters or open the table` : "";
  return `${scope} · ${drawn.toLocaleString("en")} drawn between ${plural(graph.ends.size, "entity", "entities")}${left}`;
}

function showLegend(groups, present) {
  byId("legend-lines").replaceChildren(...Object.keys(STATUSES).map((status) => el("li", {}, lineIcon(status), STATUSES[status][0])));
  byId("legend-types").replaceChildren(
    ...Object.entries(groups).filter(([name]) => present.has(name)).map(([name, group]) => el("li", {}, shapeIcon(group), capital(name))),
  );
}

function showAbout(view) {
  const tally = Object.keys(STATUSES).map((status) => {
    const [name, meaning] = STATUSES[status];
    const amount = view.facts.filter((fact) => fact.status === status).length;
    return el("li", {}, lineIcon(status), el("span", {}, el("b", {}, `${name} (${amount.toLocaleString("en")})`), ` ${meaning}`));
  });
  const reports = view.reports.map((report) =>
    el("li", {}, link(report.uri, reportName(report)), " ", outlet(report)));
  byId("about-body").replaceChildren(
    el("p", {}, `Read from ${plural(view.reports.length, "document")}: ${plural(view.facts.length, "fact")} between ${plural(view.nodes.length, "entity", "entities")}, resting on ${plural(view.evidence.length, "claim")} by ${plural(view.sources.length, "source")}.`),
    el("p", {}, "A line says what was reported, never that it is true. It was found by a program that reads sentence by sentence and can misread them: open the evidence before you rely on it."),
    el("h3", {}, "What the lines mean"),
    el("ul", { class: "meanings" }, tally),
    el("h3", {}, "Keys"),
    el("p", {}, el("kbd", {}, "/"), " search, ", el("kbd", {}, "Esc"), " clear the search or close the selection, ", el("kbd", {}, "Tab"), " move on; with the canvas in focus, arrow keys move it and ", el("kbd", {}, "+"), " ", el("kbd", {}, "−"), " zoom."),
    el("h3", {}, "Documents"),
    el("ul", { class: "documents" }, reports),
    el("h3", {}, "Extractor"),
    el("p", {}, [view.extractor, ...view.engines].join(", ")),
  );
}

if (NARROW.matches) byId("filters").open = false;
readIsland().then((data) => new App(data)).catch((error) => {
  byId("status").textContent = `The graph could not be opened: ${error.message}`;
  throw error;
});
