// The table: the text alternative to the canvas, with the same search and filters. It lists facts,
// or the claims behind them together with those on which no fact rests.

const ROWS_AT_ONCE = 200;

const COLUMNS = {
  facts: [
    ["Subject", (view, fact) => view.nodes[fact.subject].label],
    ["Relation", (view, fact) => fact.relation],
    ["Object", (view, fact) => view.nodes[fact.object].label],
    ["Status", (view, fact) => STATUSES[fact.status][0]],
    ["According to", (view, fact) => fact.sources.map((source) => brief(view.sources[source].label)).join("; ")],
    ["Reported", (view, fact) => fact.reported.join(" to ")],
    ["Claims", (view, fact) => fact.claims.length],
  ],
  claims: [
    ["Claim", (view, claim) => claimTitle(view, claim)],
    ["Sentence", (view, claim) => view.passages[claim.passage].text],
    ["According to", (view, claim) => brief(claim.speaker)],
    ["Firmness", (view, claim) => firmness(claim)],
    ["When", (view, claim) => whenOf(claim).join(" to ")],
    ["Document", (view, claim) => reportName(view.reports[claim.report])],
  ],
};

class Table {
  constructor(view, actions) {
    Object.assign(this, { view, actions, unit: "facts", column: null, descending: false, stale: true });
    this.matches = { facts: new Set(), claims: new Set() };
    byId("more-rows").addEventListener("click", () => this.addRows());
    for (const unit of Object.keys(COLUMNS)) byId(`list-${unit}`).addEventListener("click", () => this.list(unit));
  }

  show(matches) {
    this.matches = matches;
    this.stale = true;
    for (const unit of Object.keys(COLUMNS)) byId(`list-${unit}`).textContent = plural(matches[unit].size, unit.slice(0, -1));
  }

  list(unit) {
    if (unit !== this.unit) Object.assign(this, { unit, column: null, descending: false });
    this.stale = true;
    this.render();
    this.actions.changed();
  }

  /** Build the rows; put off until somebody looks. */
  render() {
    if (!this.stale) return;
    this.stale = false;
    this.order = this.sorted();
    for (const unit of Object.keys(COLUMNS)) byId(`list-${unit}`).setAttribute("aria-pressed", String(unit === this.unit));
    byId("columns").replaceChildren(...COLUMNS[this.unit].map(([name], index) => this.header(name, index)));
    byId("rows").replaceChildren();
    byId("rows").className = this.unit;
    this.addRows();
  }

  get records() {
    return this.unit === "facts" ? this.view.facts : this.view.evidence;
  }

  sorted() {
    const indices = [...this.matches[this.unit]];
    if (this.column === null) return indices;
    const [, value] = COLUMNS[this.unit][this.column];
    const keys = new Map(indices.map((index) => [index, value(this.view, this.records[index])]));
    const collator = new Intl.Collator("en", { numeric: true });
    const sign = this.descending ? -1 : 1;
    return indices.sort((a, b) => sign * collator.compare(keys.get(a), keys.get(b)) || a - b);
  }

  header(name, index) {
    const here = this.column === index;
    const sort = () => {
      this.descending = here && !this.descending;
      this.column = index;
      this.stale = true;
      this.render();
      byId(`column-${index}`).focus();
    };
    const arrow = here ? (this.descending ? " ↓" : " ↑") : "";
    return el(
      "th",
      { scope: "col", "aria-sort": here ? (this.descending ? "descending" : "ascending") : null },
      button(name + arrow, sort, { id: `column-${index}` }),
    );
  }

  addRows() {
    const rows = byId("rows");
    const next = this.order.slice(rows.childElementCount, rows.childElementCount + ROWS_AT_ONCE);
    rows.append(...next.map((index) => (this.unit === "facts" ? this.factRow(index) : this.claimRow(index))));
    const left = this.order.length - rows.childElementCount;
    byId("more-rows").hidden = left === 0;
    byId("more-rows").textContent = `Show ${Math.min(left, ROWS_AT_ONCE)} more of ${left.toLocaleString("en")}`;
  }

  cells(index) {
    return COLUMNS[this.unit].map(([, value]) => value(this.view, this.records[index]));
  }

  factRow(index) {
    const fact = this.view.facts[index];
    const [, relation, , status, sources, , evidence] = this.cells(index);
    return el(
      "tr",
      { class: fact.status },
      el("td", {}, this.actions.entity(fact.subject)),
      el("td", {}, button(relation, () => this.actions.facts([index]), { class: "relation", "aria-label": `${headline(this.view, fact)}: show the evidence` })),
      el("td", {}, this.actions.entity(fact.object)),
      el("td", {}, el("span", { class: `pill ${fact.status}` }, status)),
      el("td", { dir: "auto" }, sources),
      el("td", {}, days(...fact.reported)),
      el("td", { class: "number" }, String(evidence)),
    );
  }

  claimRow(index) {
    const claim = this.view.evidence[index];
    const [event, text, speaker, firm, , report] = this.cells(index);
    return el(
      "tr",
      {},
      el("td", {}, button(event, () => this.actions.claim(index), { class: "relation" }), el("div", { class: "soft" }, claim.event)),
      el("td", { class: "sentence", dir: "auto" }, quote(text, claim.marks)),
      el("td", { dir: "auto" }, speaker),
      el("td", {}, firm),
      el("td", {}, days(...whenOf(claim))),
      el("td", { dir: "auto" }, report),
    );
  }
}

/** The days of a claim: when it happened, or else when it was reported. */
function whenOf(claim) {
  return claim.from === null ? [] : unique([claim.from, claim.to]).map(dayName);
}
