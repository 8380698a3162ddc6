// What is worked out once from the data of the island.

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

const STANCES = { asserted: "It happened", unasserted: "It may have, or will", negated: "It did not" };
const VOICES = { own: "The report itself", named: "A named source", unnamed: "An unnamed source" };
const DAY = 86_400_000;
const TITLE_PART = 44;

/** Lower case without accents, so that a search for "odesa" and "Odésa" finds the same. */
function fold(text) {
  const plain = /^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.toLowerCase();
}

/** An ISO day as a number of days, and back. */
function dayNumber(day) {
  return day ? Date.parse(day) / DAY : null;
}

function dayName(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** Give claims their report, days, voice and facts, facts their reports and days, nodes their facts. */
function enrich(view) {
  for (const report of view.reports) report.day = dayNumber(report.date);
  view.evidence.forEach((item) => enrichClaim(view, item));
  for (const node of view.nodes) {
    node.facts = [];
    node.sayings = [];
  }
  view.facts.forEach((fact, index) => enrichFact(view, fact, index));
  const order = Object.keys(STATUSES);
  const merit = (fact) => order.indexOf(view.facts[fact].status) * 1e6 - view.facts[fact].support.length;
  for (const node of view.nodes) if (node.facts.length > 1) node.facts.sort((a, b) => merit(a) - merit(b));
  for (const saying of view.sayings) view.nodes[saying.node].sayings.push(saying.evidence);
}

function enrichClaim(view, item) {
  item.report = view.passages[item.passage].report;
  const { day } = view.reports[item.report];
  item.from = dayNumber(item.when?.first) ?? day;
  item.to = dayNumber(item.when?.last) ?? item.from;
  const [first] = item.sources.map((source) => view.sources[source]);
  item.voice = !first || first.own ? "own" : item.sources.some((source) => view.sources[source].anonymous) ? "unnamed" : "named";
  item.stance = standingOf(item);
  item.facts = [];
}

function enrichFact(view, fact, index) {
  fact.claims = fact.opposition.length ? [...fact.support, ...fact.opposition] : fact.support;
  const items = fact.claims.map((claim) => view.evidence[claim]);
  for (const item of items) item.facts.push(index);
  fact.sources = items.length === 1 ? items[0].sources : unique(items.flatMap((item) => item.sources));
  fact.reports = unique(items.map((item) => item.report));
  const voices = fact.support.length ? fact.support : fact.opposition;
  const told = voices.map((claim) => view.reports[view.evidence[claim].report].day).filter((day) => day !== null);
  fact.reported = told.length ? unique([Math.min(...told), Math.max(...told)]).map(dayName) : [];
  view.nodes[fact.subject].facts.push(index);
  if (fact.object !== fact.subject) view.nodes[fact.object].facts.push(index);
}

/** The texts of the view in the form in which they are searched, made when first asked for. */
function foldedTexts(view) {
  view.folded ??= {
    nodes: view.nodes.map((node) => fold([node.label, node.type, ...node.aliases].join("\n"))),
    passages: view.passages.map((passage) => fold(passage.text)),
    sources: view.sources.map((source) => fold(source.label)),
    reports: view.reports.map((report) => fold(`${report.title}\n${report.publisher ?? ""}\n${report.uri}`)),
  };
  return view.folded;
}

/** A claim in the words of its sentence: from its first mark to its last, or what fits of that. */
function claimTitle(view, claim) {
  const trigger = claim.marks.find((mark) => mark.role === "trigger");
  if (!trigger) return claim.event;
  const characters = Array.from(view.passages[claim.passage].text);
  const between = (start, end) => characters.slice(start, end).join("");
  const before = between(Math.min(...claim.marks.map((mark) => mark.start)), trigger.start);
  const after = between(trigger.start, Math.max(...claim.marks.map((mark) => mark.start + mark.length)));
  const lead = before.length > TITLE_PART ? `… ${before.slice(-TITLE_PART).replace(/^\S*\s/, "")}` : before;
  return lead + (after.length > TITLE_PART ? `${after.slice(0, TITLE_PART).replace(/\s\S*$/, "")} …` : after);
}

/** The status that a claim by itself speaks for. */
function standingOf(claim) {
  if (claim.factuality.endsWith("-")) return "negated";
  const held = ["CT+", "PR+"].includes(claim.factuality) && ["asserted", "reported"].includes(claim.modality);
  return held && claim.tense !== "future" ? "asserted" : "unasserted";
}

function headline(view, fact) {
  return `${brief(view.nodes[fact.subject].label)} ${fact.relation} ${brief(view.nodes[fact.object].label)}`;
}

function reportName(report) {
  return brief(report.title || report.uri);
}

/** Publisher and day of a report. */
function outlet(report) {
  return el("span", { class: "soft" }, report.publisher && brief(report.publisher), report.publisher && report.date ? ", " : null, days(report.date));
}

/** Great-circle distance in kilometres on a sphere (haversine). */
function distance(a, b) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const half = (from, to) => Math.sin(radians(to - from) / 2) ** 2;
  const h = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
  return 12_742 * Math.asin(Math.min(1, Math.sqrt(h)));
}
