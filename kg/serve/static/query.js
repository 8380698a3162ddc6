"use strict";

// Only text is ever put into the page: names and sentences come from anybody's reports.

const form = document.getElementById("form");
const query = document.getElementById("query");
const example = document.getElementById("example");
const status = document.getElementById("status");
const answer = document.getElementById("answer");
const MOST_ROWS = 1000;
const PREFIXES = [
  ["kgr:", "https://w3id.org/claimgraph/id/"],
  ["kg:", "https://w3id.org/claimgraph/ont#"],
  ["rdf:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"],
  ["rdfs:", "http://www.w3.org/2000/01/rdf-schema#"],
];

function element(name, text) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  return made;
}

function short(iri) {
  for (const [prefix, namespace] of PREFIXES) {
    if (iri.startsWith(namespace)) return prefix + iri.slice(namespace.length);
  }
  return iri;
}

function cell(term) {
  const made = element("td");
  if (!term) return made;
  made.dir = "auto";
  if (term.type !== "uri") {
    made.textContent = term.value;
    return made;
  }
  const name = short(term.value);
  if (!/^kgr:doc_[0-9a-f]{16}$/.test(name)) {
    made.textContent = name;
    return made;
  }
  const link = element("a", name);
  link.href = "/doc/" + name.slice("kgr:".length);
  made.append(link);
  return made;
}

function table({ head, results }) {
  const made = element("table");
  const columns = element("tr");
  for (const name of head.vars) {
    const title = element("th", name);
    title.scope = "col";
    columns.append(title);
  }
  made.append(element("thead"), element("tbody"));
  made.tHead.append(columns);
  for (const row of results.bindings.slice(0, MOST_ROWS)) {
    const line = element("tr");
    line.append(...head.vars.map((name) => cell(row[name])));
    made.tBodies[0].append(line);
  }
  return made;
}

function show(type, text) {
  if (!type.startsWith("application/sparql-results+json")) {
    answer.replaceChildren(element("pre", text));
    return "Done.";
  }
  const result = JSON.parse(text);
  if ("boolean" in result) {
    answer.replaceChildren(element("p", result.boolean ? "Yes." : "No."));
    return "Done.";
  }
  const rows = result.results.bindings.length;
  answer.replaceChildren(table(result));
  return rows > MOST_ROWS ? `${rows} rows, of which ${MOST_ROWS} are shown.` : `${rows} rows.`;
}

async function run() {
  status.textContent = "Running …";
  answer.replaceChildren();
  try {
    const response = await fetch("/sparql", {
      method: "POST",
      headers: {
        "Content-Type": "application/sparql-query",
        Accept: "application/sparql-results+json, text/turtle",
      },
      body: query.value,
    });
    const text = await response.text();
    const type = response.headers.get("Content-Type") || "";
    status.textContent = response.ok ? show(type, text) : text;
  } catch (error) {
    status.textContent = `The server cannot be reached: ${error.message}`;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
});
example.addEventListener("change", () => {
  if (example.value) query.value = example.value;
});
