// What the page carries packed: base 85 of gzip in inert elements, records as columns.

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";

function base85(text) {
  const value = new Uint8Array(128);
  for (let i = 0; i < DIGITS.length; i += 1) value[DIGITS.charCodeAt(i)] = i;
  const missing = (5 - (text.length % 5)) % 5;
  const bytes = new Uint8Array(((text.length + missing) / 5) * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0, at = 0; i < text.length; i += 5, at += 4) {
    let word = 0;
    for (let j = i; j < i + 5; j += 1) word = word * 85 + (j < text.length ? value[text.charCodeAt(j)] : 84);
    view.setUint32(at, word);
  }
  return bytes.subarray(0, bytes.length - missing);
}

/** The content of a packed element as a response; the element is emptied, it will not be read twice. */
function islandOf(id) {
  const element = byId(id);
  const stream = new Blob([base85(element.textContent)]).stream().pipeThrough(new DecompressionStream("gzip"));
  element.textContent = "";
  return new Response(stream);
}

/** Run a packed script. The policy of the page lets it only if its hash is the one that is named. */
async function runIsland(id) {
  document.head.append(el("script", {}, await islandOf(id).text()));
}

async function readIsland() {
  const { view, drawing } = await islandOf("island").json();
  return { view: unpack(view, 1)[0], drawing };
}

/** The `count` values of a column; `columns.py` says what the forms are. */
function unpack(column, count) {
  const [[form, body]] = Object.entries(column);
  const unpackers = {
    n: () => body,
    v: () => body,
    d: () => sums(body),
    t: () => body[1].map((place) => body[0][place]),
    o: () => spread(sums(body[0]), body[1], count),
    l: () => lists(unpack(body[0], count), body[1]),
    r: () => records(body, count),
  };
  return unpackers[form]();
}

function sums(differences) {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}

function spread(places, column, count) {
  const values = new Array(count).fill(null);
  unpack(column, places.length).forEach((value, index) => { values[places[index]] = value; });
  return values;
}

function lists(lengths, column) {
  const items = unpack(column, lengths.reduce((sum, length) => sum + length, 0));
  let end = 0;
  return lengths.map((length) => items.slice(end, (end += length)));
}

function records(fields, count) {
  const names = Object.keys(fields);
  const columns = names.map((name) => unpack(fields[name], count));
  return Array.from({ length: count }, (_, index) => {
    const record = {};
    for (let i = 0; i < names.length; i += 1) record[names[i]] = columns[i][index];
    return record;
  });
}
