// The state of the page in the fragment of its address: what is shared opens as it was left.
// Names and not numbers, so that an address outlives a rebuild.

/** The state as a fragment; nothing that is as at the start is written. */
function writeAddress(app) {
  const { filters, view, selection, focus } = app;
  const state = new URLSearchParams();
  const put = (key, value) => { if (value) state.append(key, value); };
  put("view", app.shown === "graph" ? "" : app.shown);
  put("list", app.table.unit === "claims" ? "claims" : "");
  put("q", filters.query);
  put("plain", filters.plain ? "1" : "");
  for (const facet of filters.facets) for (const value of facet.chosen) put(facet.key, nameOf(view, facet.key, value));
  put("from", filters.from === null ? "" : dayName(filters.from));
  put("to", filters.to === null ? "" : dayName(filters.to));
  put("confidence", filters.confidence ? String(filters.confidence) : "");
  put("near", filters.near ? `${filters.near.km} ${view.nodes[filters.near.node].id}` : "");
  put("entity", selection && !selection.facts && selection.claim === undefined && selection.nodes.length ? view.nodes[selection.nodes[0]].id : "");
  put("fact", selection?.facts ? factName(view, selection.facts[0]) : "");
  put("focus", focus ? `${focus.hops} ${view.nodes[focus.root].id}` : "");
  put("document", app.shown === "documents" ? view.reports[app.documents.report]?.uri : "");
  const fragment = state.toString();
  if (fragment !== location.hash.slice(1)) history.replaceState(null, "", `#${fragment}`);
}

/** Take the state from the fragment; what it names and the page does not have is left out. */
function readAddress(app) {
  const state = new URLSearchParams(location.hash.slice(1));
  const { filters, view } = app;
  const nodeCalled = (id) => { const found = view.nodes.findIndex((node) => node.id === id); return found < 0 ? null : found; };
  filters.query = state.get("q") ?? "";
  filters.plain = state.has("plain");
  for (const facet of filters.facets) {
    const wanted = new Set(state.getAll(facet.key));
    for (const [value] of facet.all) if (wanted.has(nameOf(view, facet.key, value))) facet.chosen.add(value);
  }
  const day = (key) => { const number = dayNumber(state.get(key)); return Number.isInteger(number) ? number : null; };
  Object.assign(filters, { from: day("from"), to: day("to"), confidence: Math.min(Math.max(Number(state.get("confidence")) || 0, 0), 1) });
  const [km, place] = split(state.get("near"));
  const near = nodeCalled(place);
  if (near !== null && view.nodes[near].lat !== null && DISTANCES.includes(Number(km))) filters.near = { node: near, km: Number(km) };
  const [hops, root] = split(state.get("focus"));
  const centre = nodeCalled(root);
  if (centre !== null && [1, 2, 3].includes(Number(hops))) app.focus = { root: centre, hops: Number(hops), expanded: new Set() };
  const entity = nodeCalled(state.get("entity"));
  const fact = state.has("fact") ? view.facts.findIndex((each, index) => factName(view, index) === state.get("fact")) : -1;
  if (entity !== null) app.selection = { nodes: [entity], pair: false, facts: null };
  else if (fact >= 0) app.selection = factSelection(view, [fact]);
  if (state.get("list") === "claims") app.table.unit = "claims";
  const report = view.reports.findIndex((each) => each.uri === state.get("document"));
  if (report >= 0) app.documents.report = report;
  return app.views.includes(state.get("view")) ? state.get("view") : "graph";
}

function split(text) {
  const [first, ...rest] = (text ?? "").split(" ");
  return [first, rest.join(" ")];
}

function factName(view, index) {
  const { subject, predicate, object } = view.facts[index];
  return `${view.nodes[subject].id} ${predicate} ${view.nodes[object].id}`;
}

/** Facts that share subject and object, as a selection. */
function factSelection(view, facts) {
  const { subject, object } = view.facts[facts[0]];
  return { nodes: [subject, object], pair: true, facts };
}

/** The name of a facet's value: sources and documents are numbers inside, and names outside. */
function nameOf(view, key, value) {
  if (key === "source") return view.sources[value].label;
  return key === "report" ? view.reports[value].uri : value;
}
