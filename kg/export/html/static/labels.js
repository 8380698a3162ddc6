// Which names and relations are written on the canvas: the most important first, none over another.

const NAME_WIDTH = 0.56; // of a letter, in parts of its height
const LINE_HEIGHT = 1.35;
const NAME_PIXELS = [12, 15];
const RELATION_PIXELS = 10.5;
const MOST_NAMES = 220;
const MOST_RELATIONS = 140;
const LETTERS_A_BOX = 6;
// So many are named even where their names hide the shapes of others.
const LANDMARKS = 30;

/** The part of the screen that is taken: boxes {x, y, width, height} around their centres. */
class Room {
  constructor(shapes) {
    this.shapes = shapes;
    this.words = [];
  }

  /** Take all of the boxes if nothing is there, or only shapes; says whether it was so. */
  take(boxes, overShapes = false) {
    const free = boxes.every((box) => isFree(box, this.words) && (overShapes || isFree(box, this.shapes)));
    if (free) this.words.push(...boxes);
    return free;
  }
}

function isFree(box, others) {
  return others.every((other) =>
    Math.abs(box.x - other.x) >= (box.width + other.width) / 2 || Math.abs(box.y - other.y) >= (box.height + other.height) / 2);
}

/**
 * Where the names of `nodes` ({id, x, y, size, text}, the most important first, in pixels) stand:
 * a map from id to `below` or `above`. Those without a place are not in it.
 */
function placeNames(room, nodes, pixels) {
  const places = new Map();
  nodes.forEach(({ id, x, y, size, text }, rank) => {
    if (places.size >= MOST_NAMES) return;
    const height = pixels * LINE_HEIGHT;
    const away = size + height / 2 + 1;
    const box = { x, width: (text.length * NAME_WIDTH + 0.8) * pixels, height };
    const tries = [["below", y + away, false], ["above", y - away, false]];
    if (rank < LANDMARKS) tries.push(["below", y + away, true], ["above", y - away, true]);
    const found = tries.find(([, middle, overShapes]) => room.take([{ ...box, y: middle }], overShapes));
    if (found) places.set(id, found[0]);
  });
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
