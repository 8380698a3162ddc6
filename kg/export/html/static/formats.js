// The selection as text: CSV, JSON, GEXF, Turtle. A selection is {facts, claims}, arrays of indices.

/** A CSV cell; what a spreadsheet would take for a formula gets a quote before it. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A row a claim of the selected facts, then the claims on which no fact rests. */
function asCsv(view, { facts, claims }) {
  const chosen = new Set(claims);
  const header = ["subject", "relation", "object", "status", "stance", "according_to", "firmness", "factuality", "when", "from", "to", "quantity", "sentence", "document", "published", "uri", "confidence", "claim"];
  const rows = facts.flatMap((index) => {
    const fact = view.facts[index];
    const ends = [view.nodes[fact.subject].label, fact.relation, view.nodes[fact.object].label, fact.status];
    return fact.claims.filter((claim) => chosen.has(claim)).map((claim) => [...ends, fact.support.includes(claim) ? "for" : "against", ...claimCells(view, claim)]);
  });
  const loose = claims.filter((claim) => view.evidence[claim].facts.length === 0).map((claim) => ["", view.evidence[claim].event, "", "", "", ...claimCells(view, claim)]);
  return [header, ...rows, ...loose].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function claimCells(view, index) {
  const claim = view.evidence[index];
  const report = view.reports[claim.report];
  const [from, to] = [claim.from, claim.to].map((day) => (day === null ? "" : dayName(day)));
  const amounts = claim.amounts.map((amount) => `${amount.written} (${amount.comparator})`).join("; ");
  return [claim.speaker, firmness(claim), claim.factuality, claim.when?.written, from, to, amounts, view.passages[claim.passage].text, report.title, report.date, report.uri, claim.confidence, claim.claim];
}

function asJson(view, { facts, claims }) {
  const claim = (index) => {
    const { claim: id, event, speaker, factuality, modality, tense, when: time, amounts, confidence, rule, passage, report } = view.evidence[index];
    const { title, uri, publisher, date } = view.reports[report];
    return { id, event, speaker, factuality, modality, tense, time, amounts, confidence, rule, sentence: view.passages[passage].text, document: { title, uri, publisher, published: date } };
  };
  const entity = (index) => {
    const { id, label, type, aliases, lat, lon } = view.nodes[index];
    return { id, label, type, aliases, lat, lon };
  };
  const records = facts.map((index) => {
    const { subject, predicate, object, status, support, opposition } = view.facts[index];
    return { subject: entity(subject), predicate, object: entity(object), status, support: support.map(claim), opposition: opposition.map(claim) };
  });
  const loose = claims.filter((index) => view.evidence[index].facts.length === 0).map(claim);
  return `${JSON.stringify({ title: view.title, facts: records, claims_without_fact: loose }, null, 1)}\n`;
}

/** XML text; characters that XML 1.0 cannot hold are replaced. */
function xml(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"']/g, (character) => entities[character]);
}

/** GEXF 1.3, which Gephi and Gephi Lite open. */
function asGexf(view, { facts }) {
  const nodes = unique(facts.flatMap((index) => [view.facts[index].subject, view.facts[index].object])).sort((a, b) => a - b);
  const value = (name, text) => `<attvalue for="${name}" value="${xml(text)}"/>`;
  const node = (index) => {
    const { id, label, type } = view.nodes[index];
    return `<node id="${xml(id)}" label="${xml(label)}"><attvalues>${value("type", type)}</attvalues></node>`;
  };
  const edge = (index) => {
    const { subject, object, relation, status, mutual, support, reported } = view.facts[index];
    const ends = `source="${xml(view.nodes[subject].id)}" target="${xml(view.nodes[object].id)}"`;
    return `<edge id="${index}" ${ends} label="${xml(relation)}"${mutual ? ' type="undirected"' : ""}><attvalues>${value("status", status)}${value("support", support.length)}${value("reported", reported.join(" to "))}</attvalues></edge>`;
  };
  const attribute = (name, type) => `<attribute id="${name}" title="${name}" type="${type}"/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
    `<meta><description>${xml(view.title)}</description></meta>`,
    '<graph defaultedgetype="directed">',
    `<attributes class="node">${attribute("type", "string")}</attributes>`,
    `<attributes class="edge">${attribute("status", "string")}${attribute("support", "integer")}${attribute("reported", "string")}</attributes>`,
    "<nodes>", ...nodes.map(node), "</nodes>",
    "<edges>", ...facts.map(edge), "</edges>",
    "</graph>", "</gexf>", "",
  ].join("\n");
}

function literal(text) {
  const escapes = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" };
  return `"${String(text).replace(/[\\"\n\r]/g, (character) => escapes[character])}"`;
}

/** Turtle in the terms and by the names of graph.ttl: a plain triple only for an asserted fact, a relation for each. */
function asTurtle(view, { facts }, { kg, kgr }) {
  const iri = (local) => `<${kgr}${local.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (character) => encodeURIComponent(character))}>`;
  const lines = [
    `@prefix kg: <${kg}> .`,
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
    "",
  ];
  for (const index of unique(facts.flatMap((fact) => [view.facts[fact].subject, view.facts[fact].object])).sort((a, b) => a - b)) {
    lines.push(`${iri(view.nodes[index].id)} rdfs:label ${literal(view.nodes[index].label)} .`);
  }
  for (const index of facts) {
    const { subject, predicate, object, status, support, opposition } = view.facts[index];
    const ends = [view.nodes[subject].id, view.nodes[object].id];
    const [from, to] = ends.map(iri);
    if (status === "asserted") lines.push(`${from} kg:${predicate} ${to} .`);
    const claims = (name, list) => (list.length ? ` ; kg:${name} ${list.map((claim) => iri(view.evidence[claim].claim)).join(", ")}` : "");
    const name = iri(`rel_${sha256(`${ends[0]} ${predicate} ${ends[1]}`).slice(0, 16)}`);
    lines.push(`${name} a kg:Relation, rdf:Statement ; rdf:subject ${from} ; rdf:predicate kg:${predicate} ; rdf:object ${to} ; kg:status ${literal(status)}${claims("supportedBy", support)}${claims("opposedBy", opposition)} .`);
  }
  return `${lines.join("\n")}\n`;
}
