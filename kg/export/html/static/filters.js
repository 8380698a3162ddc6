// Which facts and which claims are shown. Nothing chosen in a facet means everything in it.
//
// A fact matches if it meets the conditions on facts and one of its claims meets all conditions on
// claims at once: "the institute" and "in August" must be the same claim.

const FACT_FACETS = ["status", "type", "relation"];

function facetsOf(view) {
  const types = (fact) => unique([view.nodes[fact.subject].type, view.nodes[fact.object].type]);
  return [
    { key: "status", title: "Status", values: (fact) => [fact.status], name: (value) => STATUSES[value][0] },
    { key: "type", title: "Entity type", values: types, name: capital },
    { key: "relation", title: "Relation", values: (fact) => [fact.relation], name: capital },
    { key: "stance", title: "The claim says", values: (claim) => [claim.stance], name: (value) => STANCES[value] },
    { key: "voice", title: "Rests on", values: (claim) => [claim.voice], name: (value) => VOICES[value] },
    { key: "source", title: "According to", values: (claim) => claim.sources, name: (value) => brief(view.sources[value].label) },
    { key: "report", title: "Document", values: (claim) => [claim.report], name: (value) => reportName(view.reports[value]) },
  ];
}

class Filters {
  constructor(view) {
    this.view = view;
    this.facets = facetsOf(view).map((facet, index) => {
      const ofFacts = FACT_FACETS.includes(facet.key);
      const of = (ofFacts ? view.facts : view.evidence).map(facet.values);
      return { ...facet, ofFacts, of, bit: 1 << index, chosen: new Set(), open: false };
    });
    for (const facet of this.facets) facet.all = [...count(facet.of).entries()].sort(byCountThen(facet.name));
    const dated = view.evidence.filter((claim) => claim.from !== null);
    this.span = dated.length ? [least(dated, "from"), -least(dated, "to", -1)] : null;
    this.clear();
  }

  get active() {
    return this.query !== "" || this.plain || this.narrow;
  }

  get narrow() {
    return this.from !== null || this.to !== null || this.confidence > 0 || this.near !== null || this.facets.some((facet) => facet.chosen.size > 0);
  }

  clear() {
    Object.assign(this, { query: "", plain: false, from: null, to: null, confidence: 0, near: null });
    for (const facet of this.facets) facet.chosen.clear();
  }

  facet(key) {
    return this.facets.find((facet) => facet.key === key);
  }

  /**
   * The indices of the matching `facts` and `claims` as sets. Each facet's `counts` say how many
   * facts or claims a value would give under all the other conditions, so that a choice never hides
   * its alternatives.
   */
  apply() {
    const found = search(this.view, this.query);
    const claims = this.claimMasks();
    const facts = this.factMasks(found);
    const open = this.openClaims(facts, found);
    const supported = this.view.facts.map((fact) => fact.claims.some((claim) => claims[claim] === 0));
    for (const facet of this.facets) {
      facet.counts = new Map();
      const add = (index) => { for (const value of facet.of[index]) facet.counts.set(value, (facet.counts.get(value) ?? 0) + 1); };
      const masks = facet.ofFacts ? facts : claims;
      const allowed = facet.ofFacts ? supported : open;
      for (let index = 0; index < masks.length; index += 1) if (allowed[index] && (masks[index] & ~facet.bit) === 0) add(index);
    }
    const chosen = (masks, allowed) => placesOf(masks, (mask, index) => allowed[index] && mask === 0);
    return { facts: chosen(facts, supported), claims: chosen(claims, open) };
  }

  /** For every claim the bits of the conditions that it fails. */
  claimMasks() {
    const places = this.near && this.nearby();
    const facets = this.facets.filter((facet) => !facet.ofFacts && facet.chosen.size > 0);
    return this.view.evidence.map((claim, index) => {
      const ok =
        (this.from === null || (claim.to !== null && claim.to >= this.from)) &&
        (this.to === null || (claim.from !== null && claim.from <= this.to)) &&
        claim.confidence >= this.confidence &&
        (!places || claim.places.some((place) => places.has(place)));
      return failures(facets, index, ok);
    });
  }

  factMasks(found) {
    const facets = this.facets.filter((facet) => facet.ofFacts && facet.chosen.size > 0);
    return this.view.facts.map((fact, index) =>
      failures(facets, index, (!this.plain || fact.status === "asserted") && (!found || found.fact(fact))));
  }

  /** Whether the facts of a claim allow it; a claim without a fact is judged by its own words. */
  openClaims(facts, found) {
    const free = !this.plain && !this.facets.some((facet) => facet.ofFacts && facet.chosen.size > 0);
    return this.view.evidence.map((claim) =>
      claim.facts.length ? claim.facts.some((fact) => facts[fact] === 0) : free && (!found || found.claim(claim)));
  }

  nearby() {
    const { node, km } = this.near;
    const centre = this.view.nodes[node];
    const inside = (other) => other.lat !== null && distance(centre, other) <= km;
    return placesOf(this.view.nodes, inside);
  }
}

const OTHER_CONDITION = 1 << 20;

function failures(facets, index, ok) {
  let mask = ok ? 0 : OTHER_CONDITION;
  for (const facet of facets) if (!facet.of[index].some((value) => facet.chosen.has(value))) mask |= facet.bit;
  return mask;
}

/** The set of the indices at which a test holds. */
function placesOf(items, test) {
  const places = new Set();
  items.forEach((item, index) => { if (test(item, index)) places.add(index); });
  return places;
}

function least(items, key, sign = 1) {
  return items.reduce((best, item) => Math.min(best, sign * item[key]), Infinity);
}

function count(lists) {
  const counts = new Map();
  for (const values of lists) for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function byCountThen(name) {
  return ([a, countA], [b, countB]) => countB - countA || name(a).localeCompare(name(b), "en");
}

/** The entities whose own names hold every word of the query, the most connected first. */
function entitiesCalled(view, query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const names = foldedTexts(view).nodes;
  return [...placesOf(names, (name) => words.every((word) => name.includes(word)))].sort((a, b) => view.nodes[b].facts.length - view.nodes[a].facts.length || a - b);
}

/** Tests for facts and claims in which every word of the query occurs somewhere; null for an empty query. */
function search(view, query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const hits = words.map((word) => [word, Object.fromEntries(
    Object.entries(foldedTexts(view)).map(([kind, texts]) => [kind, texts.map((text) => text.includes(word))]),
  )]);
  const said = (claim, word, hit) =>
    hit.passages[claim.passage] || claim.sources.some((source) => hit.sources[source]) || hit.reports[claim.report];
  return {
    fact: (fact) => hits.every(([word, hit]) =>
      hit.nodes[fact.subject] || hit.nodes[fact.object] || fact.relation.includes(word) ||
      fact.claims.some((claim) => said(view.evidence[claim], word, hit))),
    claim: (claim) => hits.every(([word, hit]) =>
      claim.event.includes(word) || said(claim, word, hit) || claim.places.some((place) => hit.nodes[place])),
  };
}

/** The facts of `matches` of which both ends lie within `hops` steps of `root`, or at an expanded entity. */
function neighbourhood(view, matches, { root, hops, expanded }) {
  let reached = new Set([root]);
  const grow = (from) => {
    const next = new Set(reached);
    for (const node of from) for (const fact of view.nodes[node].facts) if (matches.has(fact)) next.add(view.facts[fact].subject).add(view.facts[fact].object);
    return next;
  };
  for (let step = 0; step < hops; step += 1) reached = grow(reached);
  reached = grow([...expanded].filter((node) => reached.has(node)));
  return new Set([...matches].filter((fact) => reached.has(view.facts[fact].subject) && reached.has(view.facts[fact].object)));
}
