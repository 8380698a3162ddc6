// The reports as they were read: each sentence with what became of it, its mentions and its claims.

const AUDIT = { extracted: "Read in full", partly: "Read in part", not: "Not read" };
const LISTED_REPORTS = 400;

/** The indices of claims by the passage in which they stand. */
function byPassage(claims) {
  const found = new Map();
  claims.forEach(({ passage }, index) => {
    if (!found.has(passage)) found.set(passage, []);
    found.get(passage).push(index);
  });
  return found;
}

class Documents {
  constructor(view, actions) {
    this.order = view.reports.map((report, index) => index).sort((a, b) => (view.reports[b].day ?? 0) - (view.reports[a].day ?? 0) || a - b);
    Object.assign(this, { view, actions, report: this.order[0], query: "", stale: true });
    this.passages = view.reports.map(() => []);
    view.passages.forEach((passage, index) => this.passages[passage.report].push(index));
    this.claims = byPassage(view.evidence);
    this.openClaims = byPassage(view.open_claims);
    byId("report-query").addEventListener("input", (event) => { this.query = fold(event.target.value); this.list(); });
    byId("report-key").replaceChildren(
      ...Object.entries(AUDIT).map(([status, name]) => el("li", { class: `audit ${status}` }, name)),
      el("li", {}, el("mark", { class: "argument" }, "an entity")),
      el("li", {}, el("mark", { class: "trigger" }, "a claim")),
      el("li", {}, el("mark", { class: "open" }, "an open claim"), " (no event type covers it)"),
    );
    byId("part").hidden = view.whole;
  }

  open(report) {
    this.report = report;
    this.stale = true;
    this.render();
    byId("text").scrollTop = 0;
    this.actions.changed();
  }

  render() {
    if (!this.stale) return;
    this.stale = false;
    this.list();
    this.text();
  }

  list() {
    const found = this.order.filter((index) => fold(reportName(this.view.reports[index])).includes(this.query));
    const left = found.length - LISTED_REPORTS;
    byId("report-list").replaceChildren(
      ...found.slice(0, LISTED_REPORTS).map((index) => this.entry(index)),
      ...(left > 0 ? [el("li", { class: "soft" }, `${left.toLocaleString("en")} more: narrow the search`)] : []),
    );
  }

  entry(index) {
    const report = this.view.reports[index];
    const { extracted, partly, unread } = report;
    const bar = [["extracted", extracted], ["partly", partly], ["not", unread]].map(([status, amount]) => svg("rect", { class: status, width: amount, height: 1, x: { extracted: 0, partly: extracted, not: extracted + partly }[status] }));
    return el(
      "li",
      {},
      button([el("span", { class: "name", dir: "auto" }, reportName(report)), outlet(report)], () => this.open(index), { "aria-pressed": String(index === this.report), class: "report" }),
      svg("svg", { class: "audit-bar", viewBox: `0 0 ${Math.max(extracted + partly + unread, 1)} 1`, preserveAspectRatio: "none", role: "img", "aria-label": `${extracted} sentences read in full, ${partly} in part, ${unread} not` }, bar),
    );
  }

  text() {
    const report = this.view.reports[this.report];
    if (!report) return byId("text").replaceChildren();
    const paragraphs = [];
    for (const index of this.passages[this.report]) {
      const passage = this.view.passages[index];
      if (passage.opens || paragraphs.length === 0) paragraphs.push(el(passage.kind === "body" ? "p" : "h3", { class: passage.kind, dir: "auto" }));
      paragraphs.at(-1).append(this.sentence(index, passage), " ");
    }
    byId("text").replaceChildren(el("h2", { dir: "auto" }, reportName(report)), el("p", {}, link(report.uri, report.uri), " ", outlet(report)), ...paragraphs);
  }

  /** A sentence that opens its claims; mentions and triggers are marked in it. */
  sentence(index, passage) {
    const [claims, open] = [this.claims.get(index) ?? [], this.openClaims.get(index) ?? []];
    const triggers = (items) => items.flatMap((item) => item.marks.filter((mark) => mark.role === "trigger"));
    const worded = triggers(open.map((claim) => this.view.open_claims[claim])).map((mark) => ({ ...mark, role: "open claim" }));
    const mentions = passage.mentions.map(({ start, length, node }) => ({ start, length, role: node === null ? "name" : this.view.nodes[node].label }));
    const show = () => {
      this.chosen?.removeAttribute("aria-current");
      this.chosen = span;
      span.setAttribute("aria-current", "true");
      this.actions.sentence(index, claims, open);
    };
    const said = `${AUDIT[passage.status] ?? "Not audited"}${passage.reason ? `: ${passage.reason}` : ""}`;
    const span = el(
      "span",
      {
        class: `audit ${passage.status ?? ""}`, role: "button", tabindex: 0, title: said,
        on: { click: show, keydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(); } } },
      },
      quote(passage.text, [...mentions, ...worded, ...triggers(claims.map((claim) => this.view.evidence[claim]))], [0, Array.from(passage.text).length]),
    );
    return span;
  }
}
