// "Re-arrange": d3-force lays the drawn entities out anew, in a worker so that the page stays alive.

const TICKS = 300;

/** What the worker runs after d3-force, whose source stands before it. */
function arrangeInWorker() {
  self.onmessage = ({ data: { nodes, links, ticks } }) => {
    const simulation = self.d3.forceSimulation(nodes)
      .force("link", self.d3.forceLink(links).id((node) => node.id).distance(130).strength(0.4))
      .force("charge", self.d3.forceManyBody().strength(-700).distanceMax(900))
      .force("room", self.d3.forceCollide((node) => node.room).strength(0.9))
      .force("x", self.d3.forceX().strength(0.045))
      .force("y", self.d3.forceY().strength(0.07))
      .stop();
    simulation.tick(ticks);
    self.postMessage(nodes.map(({ id, x, y }) => [id, Math.round(x), Math.round(y)]));
  };
}

class Arranger {
  /** New places of `nodes` ({id, x, y, room, pinned}) joined by `links` ({source, target}). */
  async arrange(nodes, links) {
    this.source ??= await islandOf("forces").text();
    const code = `${this.source}\n(${arrangeInWorker})();`;
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const worker = new Worker(address);
    const bodies = nodes.map(({ id, x, y, room, pinned }) => ({ id, x, y, room, ...(pinned ? { fx: x, fy: y } : {}) }));
    try {
      return await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message || "the layout could not be made"));
        worker.postMessage({ nodes: bodies, links, ticks: TICKS });
      });
    } finally {
      worker.terminate();
      URL.revokeObjectURL(address);
    }
  }
}
