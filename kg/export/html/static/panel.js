// The panel: every fact with its evidence, in the words of the report.

const FACTS_AT_ONCE = 40;
// A "sentence" without an end is shown from a little before its first mark to a little after its last.
const LONGEST_QUOTE = 1200;
const QUOTE_MARGIN = 300;
const ALIASES = 20;
const NAMED = 8;
const BUSIEST = 12;
const TOLD_WITH = 12;
// An entity with more facts than this is told by relation as well.
const SORTED_FROM = 4;
// Marks of the words of a claim itself, by their role, with their class; others are of what takes part.
const TRIGGERS = { trigger: "trigger", "open claim": "open" };
const EXCLUSIVE = new Set(["controls"]);

class Panel {
  constructor(view, container, actions) {
    Object.assign(this, { view, container, actions });
  }

  /** Without a selection: where to begin. `named` are entities whose names are searched for. */
  showStart(matches, named) {
    const list = (title, entries) => entries.length > 0 && [
      el("h3", {}, title),
      el("ul", { class: "start" }, entries.map(([node, amount]) => el("li", {}, this.entity(node), el("span", { class: "count" }, plural(amount, "fact"))))),
    ];
    this.replace(
      el("h2", {}, "Facts and evidence"),
      el("p", { class: "soft" }, "Select an entity or a line to read who says so, in which words."),
      list("Called so", named.slice(0, NAMED).map((node) => [node, this.view.nodes[node].facts.length])),
      list("Most connected here", this.busiest(matches)),
    );
  }

  /** The entities in most of the facts, each with how many. */
  busiest(matches) {
    const amounts = new Uint32Array(this.view.nodes.length);
    for (const index of matches) {
      const { subject, object } = this.view.facts[index];
      amounts[subject] += 1;
      if (object !== subject) amounts[object] += 1;
    }
    const found = [];
    for (let best = 0; found.length < BUSIEST && best >= 0;) {
      best = amounts.reduce((most, amount, node) => (amount > (amounts[most] ?? 0) ? node : most), -1);
      if (best >= 0) found.push([best, amounts[best]]);
      amounts[best] = 0;
    }
    return found;
  }

  showNode(index, matches) {
    const node = this.view.nodes[index];
    const facts = node.facts.filter((fact) => matches.has(fact));
    const hidden = node.facts.length - facts.length;
    const sayings = this.sayings(node);
    this.replace(
      this.back(),
      el("h2", { dir: "auto" }, brief(node.label)),
      this.tools(index, node),
      el("p", { class: "soft" }, `${capital(node.type)}${node.anonymous ? ", not named in the report" : ""} · ${plural(facts.length, "fact")}${hidden ? ` (${hidden} more filtered out)` : ""}`),
      node.aliases.length > 0 && el("p", { class: "aliases", dir: "auto" }, el("span", { class: "soft" }, "Also: "), node.aliases.slice(0, ALIASES).map(brief).join(", "), node.aliases.length > ALIASES && " …"),
      node.links.length > 0 && el("p", { class: "links" }, node.links.map((item) => link(item.url, item.label))),
      this.byRelation(index, facts),
      sayings.length > 0 && el("h3", {}, `Source of ${plural(sayings.length, "claim")} about others`),
      sayings,
    );
  }

  /** The facts of an entity; if they are many, with a choice of what it did and what was done to it. */
  byRelation(index, facts) {
    const sorts = new Map();
    for (const number of facts) {
      const { subject, relation, mutual } = this.view.facts[number];
      const sort = mutual ? relation : subject === index ? `${relation} →` : `← ${relation}`;
      sorts.set(sort, [...(sorts.get(sort) ?? []), number]);
    }
    if (facts.length < SORTED_FROM || sorts.size < 2) return this.cards(facts);
    let cards = this.cards(facts);
    const choices = [["All", facts], ...[...sorts].sort((a, b) => b[1].length - a[1].length)].map(([sort, chosen]) =>
      button(`${sort} ${chosen.length}`, (event) => {
        for (const each of choices) each.setAttribute("aria-pressed", String(each === event.currentTarget));
        const next = this.cards(chosen);
        cards.replaceWith(next);
        cards = next;
      }, { "aria-pressed": String(sort === "All") }));
    return [el("div", { class: "tools sorts", role: "group", "aria-label": "Which facts" }, choices), cards];
  }

  /** What can be done with an entity on the canvas and the map. */
  tools(index, node) {
    const { hops, pinned } = this.actions.state(index);
    const steps = [1, 2, 3].map((step) => button(String(step), () => this.actions.focus(index, step), { "aria-pressed": String(hops === step), "aria-label": `Only what lies within ${plural(step, "step")}` }));
    return el(
      "div",
      { class: "tools", role: "group", "aria-label": "This entity" },
      node.facts.length > 0 && el("span", { class: "soft" }, "Steps"),
      node.facts.length > 0 && steps,
      hops && button("All", () => this.actions.focus(null)),
      node.facts.length > 0 && button("Expand", () => this.actions.expand(index)),
      node.facts.length > 0 && button(pinned ? "Unpin" : "Pin", () => this.actions.pin(index), { "aria-pressed": String(pinned) }),
      node.lat !== null && button("Nearby", () => this.actions.near(index), { "aria-label": "Only what happened within 50 kilometres" }),
    );
  }

  showClaim(index) {
    const item = this.view.evidence[index];
    this.replace(
      this.back(),
      el("h2", {}, capital(item.event)),
      el("p", { class: "soft" }, item.facts.length ? `Supports or opposes ${plural(item.facts.length, "fact")}` : "A claim on which no fact rests"),
      item.facts.length ? this.cards(item.facts) : el("article", { class: "card said" }, this.evidence(index)),
    );
  }

  showSentence(passage, claims, open) {
    const { status, reason, mentions } = this.view.passages[passage];
    const named = unique(mentions.map((mention) => mention.node).filter((node) => node !== null));
    this.replace(
      this.back(),
      el("h2", {}, "Sentence"),
      el("p", {}, AUDIT[status] ?? "Not audited", reason && `: ${reason}`),
      named.length > 0 && el("p", { class: "named" }, named.map((node) => this.entity(node))),
      claims.map((index) => el("article", { class: "card said" }, el("h3", {}, capital(this.view.evidence[index].event)), this.evidence(index))),
      open.length > 0 && el("h3", {}, "Open claims: no event type covers them, and no fact rests on them"),
      open.map((index) => this.openClaim(this.view.open_claims[index])),
      claims.length + open.length === 0 && el("p", { class: "soft" }, "No claim was read from it."),
    );
  }

  showFacts(indices) {
    const [first] = indices.map((index) => this.view.facts[index]);
    this.replace(
      this.back(),
      el("h2", { dir: "auto" }, `${brief(this.view.nodes[first.subject].label)} → ${brief(this.view.nodes[first.object].label)}`),
      el("p", { class: "soft" }, plural(indices.length, "fact")),
      this.cards(indices),
      this.beside(indices),
    );
  }

  /** Facts that a reader should weigh with these: between the same two, against them, told with them. */
  beside(indices) {
    const shown = new Set(indices);
    const { subject, object } = this.view.facts[indices[0]];
    const other = unique([...this.view.nodes[subject].facts, ...this.view.nodes[object].facts]).filter((index) => !shown.has(index));
    const between = other.filter((index) => this.view.facts[index].subject === object && this.view.facts[index].object === subject);
    const rivals = other.filter((index) => indices.some((mine) => this.rival(this.view.facts[mine], this.view.facts[index])));
    const told = this.toldWith(indices).filter((index) => !between.includes(index) && !rivals.includes(index));
    const cards = [["In the other direction", between], ["In conflict with it", rivals]].map(([title, facts]) =>
      facts.length > 0 && [el("h3", {}, title), this.cards(facts)]);
    const links = told.slice(0, TOLD_WITH).map((index) => el("li", {}, button(headline(this.view, this.view.facts[index]), () => this.actions.facts([index]), { class: "entity" })));
    return [...cards, links.length > 0 && [el("h3", {}, "From the same sentences"), el("ul", { class: "start" }, links)]];
  }

  /** Other facts that rest on a sentence on which these rest. */
  toldWith(indices) {
    const passages = new Set(indices.flatMap((index) => this.view.facts[index].claims).map((claim) => this.view.evidence[claim].passage));
    const claims = this.view.evidence.filter((claim) => passages.has(claim.passage));
    return unique(claims.flatMap((claim) => claim.facts)).filter((index) => !indices.includes(index));
  }

  /** Two facts that cannot both hold: a place that two parties are said to control. */
  rival(one, other) {
    return EXCLUSIVE.has(one.predicate) && other.predicate === one.predicate && other.object === one.object && other.subject !== one.subject;
  }

  replace(...children) {
    this.container.replaceChildren(...children.flat(3).filter(Boolean));
    this.container.scrollTop = 0;
  }

  back() {
    return button("Close", () => this.actions.close(), { class: "quiet back" });
  }

  entity(index) {
    const node = this.view.nodes[index];
    return button([this.actions.icon("type", node.type), el("span", { dir: "auto" }, brief(node.label))], () => this.actions.node(index), { class: "entity" });
  }

  cards(indices) {
    const list = el("div", { class: "cards" });
    const add = (start) => {
      const end = start + FACTS_AT_ONCE;
      list.append(...indices.slice(start, end).map((index) => this.card(this.view.facts[index])));
      if (end < indices.length) {
        const more = button(`Show ${Math.min(FACTS_AT_ONCE, indices.length - end)} more`, () => { more.remove(); add(end); });
        list.append(more);
      }
    };
    add(0);
    return list;
  }

  card(fact) {
    const [name] = STATUSES[fact.status];
    return el(
      "article",
      { class: `card ${fact.status}` },
      el("h3", {}, this.entity(fact.subject), el("span", { class: "relation" }, ` ${fact.relation} `), this.entity(fact.object)),
      el("p", { class: "tally" }, el("span", { class: `pill ${fact.status}` }, name)," ", this.tally(fact)),
      fact.support.map((index) => this.evidence(index)),
      fact.opposition.length > 0 && el("p", { class: "against" }, "Against it"),
      fact.opposition.map((index) => this.evidence(index)),
    );
  }

  tally(fact) {
    const amounts = `${plural(fact.support.length + fact.opposition.length, "claim")} · ${plural(fact.reports.length, "document")}`;
    return fact.reported.length ? [amounts, " · ", days(...fact.reported)].flat() : [amounts];
  }

  /** What the entity said that is not evidence for a fact about itself. */
  sayings(node) {
    const shown = new Set(node.facts.flatMap((fact) => this.view.facts[fact].claims));
    return node.sayings
      .filter((index) => !shown.has(index))
      .map((index) => el("article", { class: "card said" }, el("h3", {}, capital(this.view.evidence[index].event)), this.evidence(index)));
  }

  openClaim(item) {
    return el(
      "article",
      { class: "card open" },
      el("blockquote", { dir: "auto" }, quote(this.view.passages[item.passage].text, item.marks)),
      el("dl", {}, row("Predicate", brief(item.predicate)), row("According to", brief(item.speaker)), row("Firmness", firmness(item)), row("Extraction", `claim ${item.claim}`)),
    );
  }

  evidence(index) {
    const item = this.view.evidence[index];
    const passage = this.view.passages[item.passage];
    const report = this.view.reports[passage.report];
    return el(
      "div",
      { class: "evidence" },
      el("blockquote", { dir: "auto" }, quote(passage.text, item.marks)),
      el(
        "dl",
        {},
        row("According to", [brief(item.speaker), item.against && el("span", { class: "soft" }, ", against the interest of its own side")]),
        row("Firmness", firmness(item)),
        item.when && row("When", when(item.when)),
        item.amounts.length > 0 && row("Quantity", item.amounts.map((amount) => `${amount.written} (${amount.comparator})`).join("; ")),
        row("Document", [link(report.uri, reportName(report)), " ", outlet(report)]),
        row("Extraction", `${capital(item.event)}, confidence ${item.confidence.toFixed(2)}${item.rule ? `, rule ${brief(item.rule)}` : ""}, claim ${item.claim}`),
      ),
    );
  }
}

function row(term, value) {
  return el("div", {}, el("dt", {}, term), el("dd", { dir: "auto" }, value));
}

function firmness(item) {
  const notes = [FACTUALITY[item.factuality] ?? item.factuality];
  if (item.modality !== "asserted") notes.push(item.modality);
  if (item.tense === "future") notes.push("not yet happened");
  return `${notes.join(", ")} (${item.factuality})`;
}

function when(time) {
  const fixed = days(time.first, time.last);
  return fixed.length ? [`${time.written} (`, ...fixed, `; precision: ${time.precision})`] : `${time.written} (no fixed date)`;
}

/** The passage with its marks; where marks overlap, the trigger wins, then the shorter one. */
function quote(text, marks, shown = null) {
  const characters = Array.from(text);
  const owner = new Array(characters.length).fill(null);
  const weight = (mark) => (TRIGGERS[mark.role] ? 0 : mark.length);
  for (const mark of [...marks].sort((a, b) => weight(b) - weight(a))) owner.fill(mark, mark.start, mark.start + mark.length);
  const [from, to] = shown ?? extract(characters.length, marks);
  const pieces = from > 0 ? ["… "] : [];
  for (let start = from, end = from; start < to; start = end) {
    while (end < to && owner[end] === owner[start]) end += 1;
    const words = characters.slice(start, end).join("");
    const mark = owner[start];
    pieces.push(mark ? el("mark", { class: TRIGGERS[mark.role] ?? "argument", title: mark.role }, words) : words);
  }
  return to < characters.length ? [...pieces, " …"] : pieces;
}

/** Which characters of a passage to show. */
function extract(length, marks) {
  if (length <= LONGEST_QUOTE || marks.length === 0) return [0, Math.min(length, LONGEST_QUOTE)];
  const first = Math.max(0, Math.min(...marks.map((mark) => mark.start)) - QUOTE_MARGIN);
  return [first, Math.min(length, Math.max(...marks.map((mark) => mark.start + mark.length)) + QUOTE_MARGIN, first + LONGEST_QUOTE)];
}
