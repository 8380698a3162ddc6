// Search and facets: which facts are shown. Nothing chosen in a facet means everything in it.

const SHOWN_VALUES = 8;

function facetsOf(view) {
  const types = (fact) => unique([fact.subject, fact.object].map((end) => view.nodes[end].type));
  return [
    { key: "status", title: "Status", values: (fact) => [fact.status], name: (value) => STATUSES[value][0] },
    { key: "type", title: "Entity type", values: types, name: capital },
    { key: "relation", title: "Relation", values: (fact) => [fact.relation], name: capital },
    { key: "source", title: "According to", values: (fact) => fact.sources, name: (value) => brief(view.sources[value].label) },
    { key: "report", title: "Document", values: (fact) => fact.reports, name: (value) => reportName(view.reports[value]) },
  ];
}

class Filters {
  constructor(view) {
    this.view = view;
    this.query = "";
    this.plain = false;
    this.facets = facetsOf(view).map((facet) => ({
      ...facet,
      chosen: new Set(),
      open: false,
      of: view.facts.map(facet.values),
    }));
    for (const facet of this.facets) facet.all = [...count(facet.of).entries()].sort(byCountThen(facet.name));
  }

  get active() {
    return this.query !== "" || this.plain || this.facets.some((facet) => facet.chosen.size > 0);
  }

  clear() {
    this.query = "";
    this.plain = false;
    for (const facet of this.facets) facet.chosen.clear();
  }

  /**
   * The matching facts as a set of indices. Each facet's `counts` say how many facts a value would
   * give under all the other conditions, so a choice never hides its alternatives.
   */
  apply() {
    const found = search(this.view, this.query);
    const matches = new Set();
    for (const facet of this.facets) facet.counts = new Map();
    this.view.facts.forEach((fact, index) => {
      if ((this.plain && fact.status !== "asserted") || (found && !found(fact))) return;
      const failed = this.facets.filter(
        (facet) => facet.chosen.size > 0 && !facet.of[index].some((value) => facet.chosen.has(value)),
      );
      if (failed.length > 1) return;
      if (failed.length === 0) matches.add(index);
      for (const facet of failed.length ? failed : this.facets) {
        for (const value of facet.of[index]) facet.counts.set(value, (facet.counts.get(value) ?? 0) + 1);
      }
    });
    return matches;
  }
}

function count(lists) {
  const counts = new Map();
  for (const values of lists) for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function byCountThen(name) {
  return ([a, countA], [b, countB]) => countB - countA || name(a).localeCompare(name(b), "en");
}

/** A test for facts in which every word of the query occurs somewhere; null for an empty query. */
function search(view, query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const tests = words.map((word) => {
    const hits = Object.fromEntries(
      Object.entries(view.folded).map(([kind, texts]) => [kind, texts.map((text) => text.includes(word))]),
    );
    return (fact) =>
      hits.nodes[fact.subject] ||
      hits.nodes[fact.object] ||
      fact.relation.includes(word) ||
      fact.passages.some((passage) => hits.passages[passage]) ||
      fact.sources.some((source) => hits.sources[source]) ||
      fact.reports.some((report) => hits.reports[report]);
  });
  return (fact) => tests.every((test) => test(fact));
}

/** Draw the facets anew; `icon(key, value)` gives the sample of a line or a shape, `change` runs after a choice. */
function showFacets(filters, container, icon, change) {
  const focused = document.activeElement?.id;
  container.replaceChildren(...filters.facets.map((facet) => facetElement(facet, icon, change, () => showFacets(filters, container, icon, change))));
  if (focused) byId(focused)?.focus();
}

function facetElement(facet, icon, change, redraw) {
  const shown = facet.open ? facet.all : facet.all.filter(([value], rank) => rank < SHOWN_VALUES || facet.chosen.has(value));
  const hidden = facet.all.length - shown.length;
  const more = facet.all.length > SHOWN_VALUES && button(
    facet.open ? "Show fewer" : `Show ${hidden} more`,
    () => { facet.open = !facet.open; redraw(); },
    { class: "quiet", id: `more-${facet.key}` },
  );
  return el("fieldset", {}, el("legend", {}, facet.title), shown.map(([value]) => choice(facet, value, icon, change)), more);
}

function choice(facet, value, icon, change) {
  const amount = facet.counts.get(value) ?? 0;
  const checked = facet.chosen.has(value);
  const choose = () => {
    if (!facet.chosen.delete(value)) facet.chosen.add(value);
    change();
  };
  const box = el("input", { type: "checkbox", id: `${facet.key}-${facet.all.findIndex(([v]) => v === value)}`, on: { change: choose } });
  box.checked = checked;
  return el(
    "label",
    { class: amount === 0 && !checked ? "choice none" : "choice" },
    box,
    icon(facet.key, value),
    el("span", { class: "name", dir: "auto" }, facet.name(value)),
    el("span", { class: "count" }, amount.toLocaleString("en")),
  );
}
