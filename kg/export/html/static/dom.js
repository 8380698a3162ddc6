// Elements are only ever made here, and text only ever becomes a text node: nothing that a report
// says can turn into markup.

const LONGEST_NAME = 160;
const SVG = "http://www.w3.org/2000/svg";

function byId(id) {
  return document.getElementById(id);
}

/** An element with attributes, `on` listeners and children (nodes or text; null is left out). */
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

function button(label, listener, attributes = {}) {
  return el("button", { type: "button", ...attributes, on: { click: listener } }, label);
}

/** A link for http and https, with its host in sight; plain text for every other address. */
function link(address, label) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return el("span", { dir: "auto" }, label);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return el("span", { dir: "auto" }, label);
  }
  const attributes = { href: url.href, target: "_blank", rel: "noopener noreferrer", dir: "auto" };
  return el("a", attributes, label, el("span", { class: "host" }, ` ${url.host}`));
}

function plural(count, noun, nouns = `${noun}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : nouns}`;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One or two ISO days that do not break at their hyphens. */
function days(first, last) {
  return unique([first, last].filter(Boolean)).flatMap((day, index) => [index ? " " : null, el("span", { class: "day" }, index ? `to ${day}` : day)]);
}

function unique(values) {
  return [...new Set(values)];
}

/** A name cut to what a list can show; some names are a hoax of ten thousand letters. */
function brief(text) {
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
}
