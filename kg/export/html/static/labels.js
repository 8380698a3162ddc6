// Which names and relations are written on the canvas: the most important first, none over another.

const NAME_WIDTH = 0.56; // of a letter, in parts of its height
const LINE_HEIGHT = 1.35;
const NAME_PIXELS = [12, 15];
const RELATION_PIXELS = 10.5;
const MOST_NAMES = 220;
const MOST_RELATIONS = 140;
const LETTERS_A_BOX = 6;

/** The part of the screen that is written on: boxes {x, y, width, height} around their centres. */
class Room {
  constructor() {
    this.taken = [];
  }

  /** Take all of the boxes if they are free; says whether they were. */
  take(boxes) {
    const free = boxes.every((box) => this.taken.every((other) =>
      Math.abs(box.x - other.x) >= (box.width + other.width) / 2 || Math.abs(box.y - other.y) >= (box.height + other.height) / 2));
    if (free) this.taken.push(...boxes);
    return free;
  }

  /** Take them whether they are free or not. */
  cover(boxes) {
    this.taken.push(...boxes);
  }
}

/**
 * Where the names of `nodes` ({id, x, y, size, text}, the most important first, in pixels) stand:
 * a map from id to `below` or `above`. Those without a place are not in it.
 */
function placeNames(room, nodes, pixels) {
  room.cover(nodes.map(({ x, y, size }) => ({ x, y, width: 2 * size, height: 2 * size })));
  const places = new Map();
  for (const { id, x, y, size, text } of nodes) {
    if (places.size === MOST_NAMES) break;
    const height = pixels * LINE_HEIGHT;
    const box = { x, width: (text.length * NAME_WIDTH + 0.8) * pixels, height };
    const away = size + height / 2 + 1;
    const place = room.take([{ ...box, y: y + away }]) ? "below" : room.take([{ ...box, y: y - away }]) ? "above" : null;
    if (place) places.set(id, place);
  }
  return places;
}

/** The ids of the `lines` ({id, from, to, text}; ends as above) along which their words fit. */
function placeRelations(room, lines) {
  const written = new Set();
  for (const { id, from, to, text } of lines) {
    if (written.size === MOST_RELATIONS) break;
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(dx, dy);
    const width = text.length * RELATION_PIXELS * NAME_WIDTH;
    if (length - from.size - to.size < width + RELATION_PIXELS) continue;
    const parts = Math.ceil(text.length / LETTERS_A_BOX);
    const boxes = Array.from({ length: parts }, (_, part) => {
      const along = (((part + 0.5) / parts - 0.5) * width) / length;
      return { x: (from.x + to.x) / 2 + dx * along, y: (from.y + to.y) / 2 + dy * along, width: RELATION_PIXELS * 1.6, height: RELATION_PIXELS * 1.2 };
    });
    if (room.take(boxes)) written.add(id);
  }
  return written;
}
