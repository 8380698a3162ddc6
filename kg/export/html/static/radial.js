// The neighbourhood of one entity, in rings around it: one ring a step.

const RING = 150;
const ROOM_ON_RING = 105;
const WIDER = 1.45;
const SPREADING = 60;

/** Places of the ends of `lines` around `root`; `at(node)` gives where a node lay, so that sides are kept. */
function rings(lines, root, at) {
  const near = new Map();
  const join = (one, other) => near.set(one, [...(near.get(one) ?? []), other]);
  for (const { from, to } of lines) {
    join(from, to);
    join(to, from);
  }
  const centre = at(root);
  const places = new Map([[root, centre]]);
  const angles = new Map();
  let ring = [root];
  for (let radius = 0; ring.length > 0;) {
    const inner = new Set(ring);
    const next = unique(ring.flatMap((node) => near.get(node) ?? [])).filter((node) => !places.has(node));
    const wanted = (node) => (inner.has(root) ? direction([at(node)], centre) : direction(near.get(node).filter((each) => inner.has(each)).map((each) => places.get(each)), centre));
    for (const node of next) angles.set(node, wanted(node));
    next.sort((a, b) => angles.get(a) - angles.get(b) || a - b);
    radius = Math.max(radius + RING, (next.length * ROOM_ON_RING) / (2 * Math.PI));
    const spread = inner.has(root) ? evenly(next.length, angles.get(next[0])) : apart(next.map((node) => angles.get(node)), ROOM_ON_RING / radius);
    next.forEach((node, place) => {
      places.set(node, { x: centre.x + WIDER * radius * Math.cos(spread[place]), y: centre.y + radius * Math.sin(spread[place]) });
    });
    ring = next;
  }
  return places;
}

/** The angle at which points lie as seen from the centre. */
function direction(points, centre) {
  const [x, y] = points.reduce(([dx, dy], point) => [dx + point.x - centre.x, dy + point.y - centre.y], [0, 0]);
  return Math.atan2(y, x);
}

function evenly(amount, start) {
  return Array.from({ length: amount }, (_, place) => start + (2 * Math.PI * place) / amount);
}

/** Ascending angles moved until each is at least `gap` from the next, all around. */
function apart(angles, gap) {
  const moved = [...angles];
  for (let round = 0; round < SPREADING; round += 1) {
    moved.forEach((angle, place) => {
      const next = (place + 1) % moved.length;
      const turn = next === 0 ? 2 * Math.PI : 0;
      const lack = gap - (moved[next] + turn - moved[place]);
      if (lack <= 0 || moved.length < 2) return;
      moved[place] -= lack / 2;
      moved[next] += lack / 2;
    });
  }
  return moved;
}
