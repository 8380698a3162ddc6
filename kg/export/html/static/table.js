// The table: the text alternative to the canvas, with the same search and filters.

const ROWS_AT_ONCE = 200;
const COLUMNS = [
  ["Subject", (view, fact) => view.nodes[fact.subject].label],
  ["Relation", (view, fact) => fact.relation],
  ["Object", (view, fact) => view.nodes[fact.object].label],
  ["Status", (view, fact) => STATUSES[fact.status][0]],
  ["According to", (view, fact) => fact.sources.map((source) => brief(view.sources[source].label)).join("; ")],
  ["Reported", (view, fact) => unique([fact.first_reported, fact.last_reported].filter(Boolean)).join(" to ")],
  ["Claims", (view, fact) => fact.support.length + fact.opposition.length],
];

class Table {
  constructor(view, actions) {
    Object.assign(this, { view, actions, column: null, descending: false, stale: true });
    this.matches = new Set();
    byId("more-rows").addEventListener("click", () => this.addRows());
  }

  show(matches) {
    this.matches = matches;
    this.stale = true;
  }

  /** Build the rows; put off until somebody looks. */
  render() {
    if (!this.stale) return;
    this.stale = false;
    this.order = this.sorted();
    byId("columns").replaceChildren(...COLUMNS.map(([name], index) => this.header(name, index)));
    byId("rows").replaceChildren();
    this.addRows();
  }

  sorted() {
    const facts = [...this.matches];
    if (this.column === null) return facts;
    const [, value] = COLUMNS[this.column];
    const keys = new Map(facts.map((index) => [index, value(this.view, this.view.facts[index])]));
    const collator = new Intl.Collator("en", { numeric: true });
    const sign = this.descending ? -1 : 1;
    return facts.sort((a, b) => sign * collator.compare(keys.get(a), keys.get(b)) || a - b);
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
    rows.append(...next.map((index) => this.row(index)));
    const left = this.order.length - rows.childElementCount;
    byId("more-rows").hidden = left === 0;
    byId("more-rows").textContent = `Show ${Math.min(left, ROWS_AT_ONCE)} more of ${left.toLocaleString("en")}`;
  }

  row(index) {
    const fact = this.view.facts[index];
    const [, relation, , status, sources, , evidence] = COLUMNS.map(([, value]) => value(this.view, fact));
    return el(
      "tr",
      { class: fact.status },
      el("td", {}, this.actions.entity(fact.subject)),
      el("td", {}, button(relation, () => this.actions.facts([index]), { class: "relation", "aria-label": `${headline(this.view, fact)}: show the evidence` })),
      el("td", {}, this.actions.entity(fact.object)),
      el("td", {}, el("span", { class: `pill ${fact.status}` }, status)),
      el("td", { dir: "auto" }, sources),
      el("td", {}, days(fact.first_reported, fact.last_reported)),
      el("td", { class: "number" }, String(evidence)),
    );
  }
}
