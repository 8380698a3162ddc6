// The timeline: claims by the day they speak of, or else were reported on, with playback.

const BUCKETS = 60;
const PLAY_STEP = 700;
const PLAY_PARTS = 24;
const LISTED_DAYS = 300;

class Timeline {
  constructor(view, filters, actions) {
    Object.assign(this, { view, filters, actions, timer: null });
    byId("play").addEventListener("click", () => (this.timer ? this.stop() : this.play()));
    byId("play-all").addEventListener("click", () => { this.stop(); this.range(null, null); });
    byId("strip").hidden = filters.span === null;
    this.span = filters.span && this.usual();
  }

  /** The time in which nearly all claims lie: a mention of the Middle Ages must not squeeze the rest. */
  usual() {
    const starts = this.view.evidence.map((claim) => claim.from).filter((day) => day !== null).sort((a, b) => a - b);
    const at = (share) => starts[Math.round((starts.length - 1) * share)];
    const [least, most] = this.filters.span;
    return most - least > 3 * (at(0.98) - at(0.02)) + 30 ? [at(0.02), at(0.98)] : [least, most];
  }

  range(from, to) {
    Object.assign(this.filters, { from, to });
    this.actions.changed();
  }

  /** Move a window over the whole time, a part a step. */
  play() {
    const [least, most] = this.span;
    const step = Math.max(1, Math.ceil((most - least + 1) / PLAY_PARTS));
    let start = this.filters.from !== null && this.filters.to !== null && this.filters.to < most ? this.filters.to + 1 : least;
    const next = () => {
      if (start > most) return this.stop();
      this.range(start, Math.min(start + step - 1, most));
      start += step;
    };
    this.timer = setInterval(next, PLAY_STEP);
    byId("play").textContent = "❚❚ Pause";
    next();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    byId("play").textContent = "▶ Play";
  }

  /** The bars below every view: how many claims fall on which part of the time. */
  strip(matches) {
    if (!this.filters.span) return;
    const [least, most] = this.span;
    const width = Math.max(1, Math.ceil((most - least + 1) / BUCKETS));
    const amount = Math.ceil((most - least + 1) / width);
    const [all, now] = [new Array(amount).fill(0), new Array(amount).fill(0)];
    this.view.evidence.forEach((claim, index) => {
      if (claim.from === null) return;
      const bucket = Math.min(Math.max(Math.floor((claim.from - least) / width), 0), amount - 1);
      all[bucket] += 1;
      if (matches.claims.has(index)) now[bucket] += 1;
    });
    const highest = Math.max(...all);
    const bars = all.flatMap((total, bucket) => [
      this.bar(bucket, total, highest, "all"),
      this.bar(bucket, now[bucket], highest, "now"),
      this.hit(bucket, ...this.part(bucket, width, amount), now[bucket]),
    ]);
    byId("bars").replaceChildren(svg("svg", { viewBox: `0 0 ${amount} 1`, preserveAspectRatio: "none", "aria-hidden": "true" }, bars));
    const { from, to } = this.filters;
    byId("range").textContent = `${dayName(from ?? least)} to ${dayName(to ?? most)}`;
    byId("play-all").hidden = from === null && to === null;
  }

  /** The days of a bar; those of the outermost reach to the ends of the time. */
  part(bucket, width, amount) {
    const from = bucket === 0 ? this.filters.span[0] : this.span[0] + bucket * width;
    return [from, bucket === amount - 1 ? this.filters.span[1] : this.span[0] + (bucket + 1) * width - 1];
  }

  bar(bucket, amount, highest, kind) {
    const height = amount === 0 ? 0 : Math.max(Math.sqrt(amount / highest), 0.08);
    return svg("rect", { class: kind, x: bucket + 0.08, width: 0.84, y: 1 - height, height });
  }

  hit(bucket, from, to, amount) {
    const title = svg("title", {}, `${dayName(from)} to ${dayName(to)}: ${plural(amount, "claim")}`);
    return svg("rect", { class: "hit", x: bucket, width: 1, y: 0, height: 1, on: { click: () => this.range(from, to) } }, title);
  }

  /** The list by day. */
  render(matches) {
    const byDay = new Map();
    for (const index of matches.claims) {
      const { from } = this.view.evidence[index];
      if (!byDay.has(from)) byDay.set(from, []);
      byDay.get(from).push(index);
    }
    const days = [...byDay.keys()].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
    const left = days.length - LISTED_DAYS;
    byId("days").replaceChildren(
      ...days.slice(0, LISTED_DAYS).map((day) => this.day(day, byDay.get(day))),
      ...(left > 0 ? [el("li", { class: "soft" }, `${left.toLocaleString("en")} more days: narrow the time`)] : []),
    );
  }

  day(day, claims) {
    return el("li", {}, el("h2", {}, day === null ? "No date" : dayName(day)), el("ol", {}, claims.map((index) => this.entry(index))));
  }

  entry(index) {
    const claim = this.view.evidence[index];
    const fact = claim.facts.length ? this.view.facts[claim.facts[0]] : null;
    const name = fact ? headline(this.view, fact) : claimTitle(this.view, claim);
    const until = claim.to !== null && claim.to !== claim.from ? ` until ${dayName(claim.to)}` : "";
    const stated = claim.when ? "" : " (reported)";
    return el(
      "li",
      {},
      lineIcon(fact?.status ?? claim.stance),
      button(name, () => this.actions.claim(index), { class: "entity" }),
      el("span", { class: "soft", dir: "auto" }, ` ${brief(claim.speaker)}${until}${stated}`),
    );
  }
}
