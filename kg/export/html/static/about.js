// The words around the graph: status line, legend and what the reader should know.

function statusLine(view, matching, graph) {
  const all = view.facts.length;
  const drawn = graph.drawnFacts;
  const scope = matching === all ? plural(all, "fact") : `${matching.toLocaleString("en")} of ${plural(all, "fact")} match`;
  const rest = matching - drawn;
  const left = rest > 0 ? `, ${rest.toLocaleString("en")} not drawn: narrow the filters, draw all or open the table` : "";
  return `${scope} · ${drawn.toLocaleString("en")} drawn between ${plural(graph.ends.size, "entity", "entities")}${left}`;
}

/** What the lines and shapes on the canvas mean, and how many of each are drawn. */
function showLegend(view, graph) {
  const statuses = count(graph.lines.map((line) => line.facts.map((fact) => view.facts[fact].status)));
  const families = count([...graph.ends].map((node) => [view.nodes[node].family]));
  const entry = (icon, name, amount) => el("li", {}, icon, name, el("span", { class: "count" }, amount.toLocaleString("en")));
  byId("legend-lines").replaceChildren(...Object.keys(STATUSES).map((status) => entry(lineIcon(status), STATUSES[status][0], statuses.get(status) ?? 0)));
  byId("legend-types").replaceChildren(
    ...Object.entries(graph.groups).filter(([name]) => families.has(name)).map(([name, group]) => entry(shapeIcon(group), capital(name), families.get(name))),
  );
}

const KEYS = [
  ["/", "search"], ["1 2 3", "only what lies within that many steps of the selected entity"], ["0", "everything again"],
  ["e", "expand the selected entity"], ["p", "pin or unpin it"], ["g t l m d", "graph, table, timeline, map, documents"],
  ["Esc", "clear the search or close the selection"], ["arrows + −", "move and zoom the canvas in focus"],
];

function showAbout(view) {
  const tally = Object.keys(STATUSES).map((status) => {
    const [name, meaning] = STATUSES[status];
    const amount = view.facts.filter((fact) => fact.status === status).length;
    return el("li", {}, lineIcon(status), el("span", {}, el("b", {}, `${name} (${amount.toLocaleString("en")})`), ` ${meaning}`));
  });
  const sentences = view.reports.reduce((sum, { extracted, partly, unread }) => [sum[0] + extracted, sum[1] + partly, sum[2] + unread], [0, 0, 0]);
  byId("about-body").replaceChildren(
    el("p", {}, `Read from ${plural(view.reports.length, "document")}: ${plural(view.facts.length, "fact")} between ${plural(view.nodes.length, "entity", "entities")}, resting on ${plural(view.evidence.length, "claim")} by ${plural(view.sources.length, "source")}.`),
    el("p", {}, `Of the sentences ${sentences[0].toLocaleString("en")} were read in full, ${sentences[1].toLocaleString("en")} in part and ${sentences[2].toLocaleString("en")} not; the documents view shows which and why.`),
    el("p", {}, "A line says what was reported, never that it is true. It was found by a program that reads sentence by sentence and can misread them: open the evidence before you rely on it."),
    el("h3", {}, "What the lines mean"),
    el("ul", { class: "meanings" }, tally),
    el("h3", {}, "Keys"),
    el("dl", { class: "keys" }, KEYS.map(([keys, meaning]) => el("div", {}, el("dt", {}, keys.split(" ").map((key) => el("kbd", {}, key))), el("dd", {}, meaning)))),
    el("h3", {}, "Map"),
    el("p", {}, "Lines: Natural Earth, public domain. Borders are drawn as they are held, dashed where they are disputed; no line is an endorsement. Positions of places: GeoNames (CC BY 4.0)."),
    el("h3", {}, "Extractor"),
    el("p", {}, [view.extractor, ...view.engines].join(", ")),
    el("h3", {}, "Licences of the parts"),
    el("pre", { tabindex: 0 }, byId("licences").textContent.trim()),
  );
}
