// Which lines are drawn: all facts from one entity to another are one line. The same choice as in
// layout.py: grow from the best supported line to its best neighbours, until the limits are reached.

const MANY_LEAVES = 8;

class Lines {
  constructor(view) {
    this.view = view;
    const order = Object.keys(STATUSES);
    const standing = (fact) => order.indexOf(view.facts[fact].status);
    const support = (fact) => view.facts[fact].support.length;
    const pairs = new Map();
    view.facts.forEach((fact, index) => {
      const key = fact.subject * view.nodes.length + fact.object;
      if (!pairs.has(key)) pairs.set(key, { from: fact.subject, to: fact.object, facts: [] });
      pairs.get(key).facts.push(index);
    });
    this.all = [...pairs.values()];
    for (const line of this.all) {
      if (line.facts.length > 1) line.facts.sort((a, b) => standing(a) - standing(b) || support(b) - support(a) || a - b);
      line.merit = standing(line.facts[0]) * 1e6 - line.facts.reduce((sum, fact) => sum + support(fact), 0);
      line.answered = line.from !== line.to && pairs.has(line.to * view.nodes.length + line.from);
    }
    this.all.sort((a, b) => a.merit - b.merit || a.from - b.from || a.to - b.to);
    this.touching = view.nodes.map(() => []);
    this.all.forEach((line, rank) => {
      line.id = rank;
      for (const end of unique([line.from, line.to])) this.touching[end].push(rank);
    });
  }

  /** Lines that carry a fact of `matches`, those at `first` (entities) before the others. */
  choose(matches, limits, first = []) {
    const drawn = [];
    const ends = new Set();
    const offer = (rank) => {
      const line = this.all[rank];
      const facts = line.facts.filter((fact) => matches.has(fact));
      if (facts.length === 0) return false;
      const fresh = unique([line.from, line.to]).filter((end) => !ends.has(end));
      if (ends.size + fresh.length > limits.nodes) return false;
      for (const end of fresh) ends.add(end);
      drawn.push({ ...line, facts });
      return true;
    };
    const seen = new Set();
    const grow = (start) => {
      const frontier = new Heap();
      const opened = new Set();
      const open = (node) => {
        if (opened.has(node)) return;
        opened.add(node);
        for (const rank of this.touching[node]) if (!seen.has(rank)) frontier.push(rank);
      };
      start.forEach((rank) => frontier.push(rank));
      while (frontier.size > 0 && drawn.length < limits.lines) {
        const rank = frontier.pop();
        if (seen.has(rank)) continue;
        seen.add(rank);
        if (!offer(rank)) continue;
        open(this.all[rank].from);
        open(this.all[rank].to);
      }
    };
    for (const node of first) {
      for (const rank of this.touching[node]) if (!seen.has(rank) && drawn.length < limits.lines) { seen.add(rank); offer(rank); }
    }
    for (let rank = 0; rank < this.all.length && drawn.length < limits.lines && ends.size < limits.nodes; rank += 1) if (!seen.has(rank)) grow([rank]);
    if (ends.size >= limits.nodes) this.fill(offer, seen, drawn, ends, limits);
    return { lines: drawn, ends };
  }

  /** No entity fits any more; lines between those that are drawn still do. */
  fill(offer, seen, drawn, ends, limits) {
    const inside = [...ends].flatMap((end) => this.touching[end]).filter((rank) => ends.has(this.all[rank].from) && ends.has(this.all[rank].to));
    for (const rank of unique(inside).sort((a, b) => a - b)) if (!seen.has(rank) && drawn.length < limits.lines) { seen.add(rank); offer(rank); }
  }
}

/** A binary heap of numbers, the least on top. */
class Heap {
  constructor() {
    this.items = [];
  }

  get size() {
    return this.items.length;
  }

  push(item) {
    const { items } = this;
    let place = items.push(item) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (items[parent] <= items[place]) break;
      [items[parent], items[place]] = [items[place], items[parent]];
      place = parent;
    }
  }

  pop() {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (items.length > 0) {
      items[0] = last;
      for (let place = 0; ;) {
        let child = 2 * place + 1;
        if (child + 1 < items.length && items[child + 1] < items[child]) child += 1;
        if (child >= items.length || items[place] <= items[child]) break;
        [items[place], items[child]] = [items[child], items[place]];
        place = child;
      }
    }
    return top;
  }
}

/**
 * Many leaves of one kind at one entity as one bundle: {key, hub, lines, leaves}. A leaf has one line
 * only; leaves are of one kind if type, relation, status and direction agree. `keep` are entities
 * that must stay by themselves, `opened` the keys of bundles that the reader has opened.
 */
function bundles(view, lines, keep, opened) {
  const degree = count(lines.map((line) => unique([line.from, line.to])));
  const kinds = new Map();
  for (const line of lines) {
    const leaf = [line.to, line.from].find((end) => degree.get(end) === 1 && !keep.has(end));
    if (leaf === undefined || line.from === line.to) continue;
    const outward = leaf === line.to;
    const hub = outward ? line.from : line.to;
    const { relation, status } = view.facts[line.facts[0]];
    const key = [view.nodes[hub].id, view.nodes[leaf].type, relation, status, outward].join("|");
    if (!kinds.has(key)) kinds.set(key, { key, hub, outward, type: view.nodes[leaf].type, lines: [], leaves: [] });
    kinds.get(key).lines.push(line);
    kinds.get(key).leaves.push(leaf);
  }
  return [...kinds.values()].filter((bundle) => bundle.leaves.length > MANY_LEAVES && !opened.has(bundle.key));
}
