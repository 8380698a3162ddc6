// Ties search, filters and the views together.

const TYPING_PAUSE = 120;
const NEAR_KM = 50;
const NARROW = window.matchMedia("(max-width: 820px)");
const VIEW_KEYS = { g: "graph", t: "table", l: "timeline", m: "map", d: "documents" };

class App {
  constructor({ view, drawing }) {
    enrich(view);
    this.view = view;
    this.groups = drawing.options.groups;
    this.families = new Map(view.nodes.map((node) => [node.type, node.family]));
    this.views = ["graph", "table", "timeline", "map", "documents", ...(byId("ask-view") ? ["ask"] : [])];
    Object.assign(this, { shown: "graph", selection: null, focus: null });
    this.filters = new Filters(view);
    this.assemble(drawing);
    showAbout(view);
    this.listen();
    this.restore();
  }

  assemble(drawing) {
    const { view } = this;
    const node = (index) => (index === null ? this.select(null) : this.selectNode(index));
    const claim = (index) => this.select({ nodes: [], pair: false, facts: null, claim: index });
    const changed = () => this.update();
    this.overview = new Overview(view, byId("overview"), { node });
    this.graph = new Graph(view, drawing, byId("canvas"), this.overview);
    this.graph.onchange = () => this.refreshPanel();
    this.panel = new Panel(view, byId("panel"), {
      node,
      facts: (indices) => this.select(factSelection(view, indices)),
      icon: (key, value) => this.icon(key, value),
      close: () => this.select(null),
      state: (index) => ({ hops: this.focus?.root === index ? this.focus.hops : null, pinned: this.graph.pinned.has(index) }),
      focus: (index, hops) => this.focusOn(index, hops),
      expand: (index) => this.expand(index),
      pin: (index) => { this.graph.togglePin(index); this.refreshPanel(); },
      near: (index) => { this.filters.near = { node: index, km: NEAR_KM }; this.update(); },
    });
    this.table = new Table(view, { claim, entity: (index) => this.panel.entity(index), facts: (indices) => this.select(factSelection(view, indices)), changed: () => writeAddress(this) });
    this.documents = new Documents(view, { changed: () => writeAddress(this), sentence: (passage, claims, open) => this.select({ nodes: [], pair: false, facts: null, passage, claims, open }) });
    this.timeline = new Timeline(view, this.filters, { claim, changed });
    this.map = new PlaceMap(view, drawing.basemap, byId("map"), { node, colour: ({ family }) => this.groups[family].color.background });
    this.console = byId("ask-view") ? new Console() : null;
    this.saver = new Saver(view, this, drawing.namespaces);
  }

  icon(key, value) {
    if (key === "type") return shapeIcon(this.groups[this.families.get(value)]);
    return key === "status" ? lineIcon(value) : null;
  }

  /** Take everything from the address. */
  restore() {
    this.filters.clear();
    Object.assign(this, { selection: null, focus: null });
    const shown = readAddress(this);
    byId("query").value = this.filters.query;
    byId("plain").checked = this.filters.plain;
    this.update();
    this.showView(shown);
  }

  /** Apply search and filters everywhere. */
  update() {
    this.found = this.filters.apply();
    showFacets(this.filters, byId("facets"), (key, value) => this.icon(key, value), () => this.update());
    byId("clear").hidden = !this.filters.active;
    this.narrow();
  }

  /** What is found, or what of it lies around the entity in focus. */
  narrow() {
    const { facts, claims } = this.found;
    this.matches = this.found;
    if (this.focus) {
      const inside = neighbourhood(this.view, facts, this.focus);
      this.matches = { facts: inside, claims: new Set([...claims].filter((claim) => this.view.evidence[claim].facts.some((fact) => inside.has(fact)))) };
    }
    this.table.show(this.matches);
    this.timeline.strip(this.matches);
    byId("empty").hidden = this.matches.facts.size > 0;
    this.draw(true);
  }

  draw(fit = false) {
    this.graph.show(this.matches.facts, this.selection?.nodes.length ? this.selection : null, fit, this.focus?.root ?? null);
    showLegend(this.view, this.graph);
    byId("status").textContent = statusLine(this.view, this.matches.facts.size, this.graph);
    this.map.show(this.matches, this.selection, fit);
    this.showFocus();
    this.renderView();
    this.refreshPanel();
    writeAddress(this);
  }

  showFocus() {
    byId("focus").hidden = this.focus === null;
    if (!this.focus) return;
    const { root, hops } = this.focus;
    byId("focus-name").textContent = `Within ${plural(hops, "step")} of ${brief(this.view.nodes[root].label)}`;
  }

  focusOn(root, hops) {
    this.focus = root === null ? null : { root, hops, expanded: new Set() };
    this.narrow();
  }

  /** Bring in the neighbours of an entity: beyond the focus, and before others on the canvas. */
  expand(index) {
    if (this.focus) this.focus.expanded.add(index);
    else this.focus = { root: index, hops: 1, expanded: new Set() };
    for (const { key, hub } of this.graph.bundles ?? []) if (hub === index) this.graph.opened.add(key);
    this.narrow();
  }

  /** Enter in the search opens the entity that it names best. */
  selectCalled() {
    const [best] = entitiesCalled(this.view, this.filters.query);
    if (best !== undefined) this.selectNode(best);
  }

  selectNode(index) {
    this.select({ nodes: [index], pair: false, facts: null });
  }

  select(selection) {
    this.selection = selection;
    this.draw();
    this.graph.reveal();
    if (selection && NARROW.matches) byId("panel").scrollIntoView();
  }

  refreshPanel() {
    const { selection } = this;
    if (!selection) this.panel.showStart(this.matches.facts, entitiesCalled(this.view, this.filters.query));
    else if (selection.facts) this.panel.showFacts(selection.facts);
    else if (selection.claim !== undefined) this.panel.showClaim(selection.claim);
    else if (selection.passage !== undefined) this.panel.showSentence(selection.passage, selection.claims, selection.open);
    else this.panel.showNode(selection.nodes[0], this.matches.facts);
    document.body.classList.toggle("selected", selection !== null);
  }

  showView(name) {
    this.shown = name;
    for (const view of this.views) {
      byId(`${view}-view`).hidden = view !== name;
      byId(`show-${view}`).setAttribute("aria-pressed", String(view === name));
    }
    this.renderView();
    if (name === "graph") this.graph.fit();
    writeAddress(this);
  }

  renderView() {
    const render = {
      table: () => this.table.render(),
      timeline: () => this.timeline.render(this.matches),
      map: () => this.map.paint(),
      documents: () => this.documents.render(),
      ask: () => this.console.start().catch((error) => this.console.say(`The console could not start: ${error.message}`)),
    };
    render[this.shown]?.();
  }

  /** What is saved: all that matches, in order. */
  selected() {
    const sorted = (set) => [...set].sort((a, b) => a - b);
    return { facts: sorted(this.matches.facts), claims: sorted(this.matches.claims) };
  }

  picture() {
    return this.shown === "map" ? byId("map") : this.graph.canvas;
  }

  clear() {
    this.filters.clear();
    this.focus = null;
    byId("query").value = "";
    byId("plain").checked = false;
    this.update();
  }

  listen() {
    this.graph.network.on("click", ({ nodes, edges }) => this.clicked(nodes, edges));
    this.graph.network.on("doubleClick", ({ nodes: [node] }) => { if (typeof node === "number") this.expand(node); });
    let pause = 0;
    const search = () => { this.filters.query = byId("query").value; this.update(); };
    byId("query").addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, TYPING_PAUSE); });
    byId("query").addEventListener("keydown", ({ key }) => { if (key === "Enter") { clearTimeout(pause); search(); this.selectCalled(); } });
    byId("plain").addEventListener("change", (event) => { this.filters.plain = event.target.checked; this.update(); });
    for (const [id, listener] of Object.entries(this.clicks())) byId(id).addEventListener("click", listener);
    document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); this.showView("table"); byId("table-view").focus(); });
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("hashchange", () => this.restore());
    window.addEventListener("beforeprint", () => this.table.render());
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { this.graph.draw(); this.map.paint(); });
  }

  clicks() {
    return {
      ...Object.fromEntries(this.views.map((view) => [`show-${view}`, () => this.showView(view)])),
      "show-about": () => byId("about").showModal(),
      "zoom-in": () => this.graph.zoom(1.25),
      "zoom-out": () => this.graph.zoom(0.8),
      "map-in": () => this.map.zoom(1.4),
      "map-out": () => this.map.zoom(1 / 1.4),
      "map-fit": () => this.map.fit(),
      fit: () => this.graph.fit(),
      arrange: () => this.arrange(),
      fold: (event) => this.toggle(event, "folding"),
      everything: (event) => this.toggle(event, "everything"),
      "focus-end": () => this.focusOn(null),
      clear: () => this.clear(),
    };
  }

  toggle(event, name) {
    this.graph[name] = !this.graph[name];
    event.currentTarget.setAttribute("aria-pressed", String(this.graph[name]));
    this.draw(true);
  }

  async arrange() {
    byId("arrange").disabled = true;
    await this.graph.arrange();
    byId("arrange").disabled = false;
  }

  clicked([node], [edge]) {
    if (node !== undefined && this.graph.unfold(node)) return;
    if (typeof edge === "string") this.graph.unfold(edge);
    else if (node !== undefined) this.selectNode(node);
    else if (edge !== undefined) this.select(factSelection(this.view, this.graph.lines.find((line) => line.id === edge).facts));
    else this.select(null);
  }

  key(event) {
    if (byId("about").open || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape") return this.escape(event, typing);
    if (typing) return;
    const node = this.selection?.nodes.length === 1 ? this.selection.nodes[0] : null;
    if (event.key === "/") {
      event.preventDefault();
      byId("query").focus();
    } else if (VIEW_KEYS[event.key]) this.showView(VIEW_KEYS[event.key]);
    else if (event.key === "0") this.focusOn(null);
    else if (node !== null && ["1", "2", "3"].includes(event.key)) this.focusOn(node, Number(event.key));
    else if (node !== null && event.key === "e") this.expand(node);
    else if (node !== null && event.key === "p") this.panel.actions.pin(node);
  }

  escape(event, typing) {
    if (event.target.id === "query" && event.target.value) this.clear();
    else if (!typing) this.select(null);
    if (typing) event.target.blur();
  }
}

async function open() {
  await runIsland("engine");
  const app = new App(await readIsland());
  document.documentElement.dataset.ready = "true";
  performance.mark("ready");
  return app;
}

if (NARROW.matches) byId("filters").open = false;
open().catch((error) => {
  byId("status").textContent = `The graph could not be opened: ${error.message}`;
  throw error;
});
