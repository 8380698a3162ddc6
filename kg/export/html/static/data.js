// The data island, and what is worked out from it once.

const STATUSES = {
  asserted: ["Asserted", "Some report states it as having happened, and none contradicts it."],
  disputed: ["Disputed", "Reports or their sources contradict each other."],
  unasserted: ["Claimed only", "Planned, expected, alleged, hedged or hypothetical: not stated as having happened."],
  negated: ["Negated", "Reported not to be so, or denied."],
};

const FACTUALITY = {
  "CT+": "certain", "PR+": "probable", "PS+": "possible",
  "CT-": "certainly not", "PR-": "probably not", "PS-": "possibly not",
  CTu: "certain, but open whether so or not", Uu: "left open",
};

async function readIsland() {
  const island = atob(byId("island").textContent);
  const packed = new Uint8Array(island.length);
  for (let i = 0; i < island.length; i += 1) packed[i] = island.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** Lower case without accents, so that a search for "odesa" and "Odésa" finds the same. */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Give every fact its voices and reports, every node its sayings, and every text its folded form. */
function enrich(view) {
  for (const fact of view.facts) {
    const items = [...fact.support, ...fact.opposition].map((index) => view.evidence[index]);
    fact.passages = unique(items.map((item) => item.passage));
    fact.sources = unique(items.flatMap((item) => item.sources));
    fact.reports = unique(fact.passages.map((passage) => view.passages[passage].report));
  }
  for (const node of view.nodes) {
    node.facts = [];
    node.sayings = [];
  }
  view.facts.forEach((fact, index) => {
    for (const end of new Set([fact.subject, fact.object])) view.nodes[end].facts.push(index);
  });
  const order = Object.keys(STATUSES);
  const merit = (fact) => order.indexOf(view.facts[fact].status) * 1e6 - view.facts[fact].support.length;
  for (const node of view.nodes) node.facts.sort((a, b) => merit(a) - merit(b));
  for (const saying of view.sayings) view.nodes[saying.node].sayings.push(saying.evidence);
  view.folded = {
    nodes: view.nodes.map((node) => fold([node.label, node.type, ...node.aliases].join("\n"))),
    passages: view.passages.map((passage) => fold(passage.text)),
    sources: view.sources.map((source) => fold(source.label)),
    reports: view.reports.map((report) => fold(`${report.title}\n${report.publisher ?? ""}\n${report.uri}`)),
  };
}

function headline(view, fact) {
  return `${brief(view.nodes[fact.subject].label)} ${fact.relation} ${brief(view.nodes[fact.object].label)}`;
}

function reportName(report) {
  return brief(report.title || report.uri);
}

/** Publisher and day of a report. */
function outlet(report) {
  return el("span", { class: "soft" }, report.publisher, report.publisher && report.date ? ", " : null, days(report.date));
}
