// The SPARQL console of pages that carry one: Oxigraph in the page, over the graph in the page.

const RESULT_ROWS = 500;

class Console {
  constructor() {
    this.store = null;
    byId("run").addEventListener("click", () => this.run());
    byId("sparql").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.run();
    });
  }

  /** Start the engine and load the graph, once, when the console is first opened. */
  async start() {
    this.started ??= this.load();
    await this.started;
  }

  async load() {
    const { prefixes, examples } = await islandOf("sparql-examples").json();
    this.prefixes = Object.entries(prefixes).map(([name, namespace]) => `PREFIX ${name}: <${namespace}>\n`).join("");
    const choose = byId("examples");
    choose.append(...examples.map(([name, question], index) => el("option", { value: index }, `${question} (${name})`)));
    choose.addEventListener("change", () => {
      if (choose.value !== "") byId("sparql").value = examples[choose.value][2].trim();
    });
    byId("sparql").value = examples[0]?.[2].trim() ?? "";
    this.say("Starting the engine …");
    await runIsland("sparql-glue");
    const program = await WebAssembly.compile(await islandOf("sparql-engine").arrayBuffer());
    oxigraph.initSync({ module: program });
    this.store = new oxigraph.Store();
    this.store.load(await islandOf("sparql-graph").text(), { format: "text/turtle" });
    this.say(`${this.store.size.toLocaleString("en")} triples loaded. Ctrl+Enter runs the query.`);
  }

  say(text) {
    byId("sparql-status").textContent = text;
  }

  async run() {
    await this.start();
    const begun = performance.now();
    try {
      const answer = this.store.query(this.prefixes + byId("sparql").value);
      this.show(answer, Math.round(performance.now() - begun));
    } catch (error) {
      byId("answer").replaceChildren();
      this.say(`The query failed: ${error.message ?? error}`);
    }
  }

  show(answer, milliseconds) {
    const rows = typeof answer === "boolean" ? [new Map([["answer", String(answer)]])] : [...answer].map(solution);
    const names = unique(rows.slice(0, RESULT_ROWS).flatMap((row) => [...row.keys()]));
    byId("answer").replaceChildren(
      el("thead", {}, el("tr", {}, names.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, rows.slice(0, RESULT_ROWS).map((row) => el("tr", {}, names.map((name) => el("td", { dir: "auto" }, row.get(name) ?? ""))))),
    );
    const more = rows.length > RESULT_ROWS ? `, the first ${RESULT_ROWS} shown` : "";
    this.say(`${plural(rows.length, "answer")} in ${milliseconds} ms${more}`);
  }
}

/** A row of SELECT, or a triple of CONSTRUCT, as names and texts. */
function solution(item) {
  const text = (term) => brief(term.value);
  if (item instanceof Map) return new Map([...item].map(([name, term]) => [name, text(term)]));
  return new Map(["subject", "predicate", "object"].map((name) => [name, text(item[name])]));
}
