"""Writes the vendored browser code: `python scripts/vendor_browser.py`. Needs npm and the network.

d3-force (ISC) lays the graph out anew in the page; Oxigraph (MIT or Apache-2.0) answers SPARQL in
it.
"""

from __future__ import annotations

import gzip
import re

from browser.npm import Package
from browser.vendor import write

# In the order in which they need each other.
D3 = [
    Package(
        "d3-dispatch",
        "3.0.2",
        "sha512-sAzH4Y4nsLo8eSqw5jKiZt+LU2wZmL/qS+OkxQGjhwazB/D7TY34R/QK1eshfGr7cZEKymKZ/Haem7m+lu98Sg==",
    ),
    Package(
        "d3-quadtree",
        "3.0.2",
        "sha512-9Lu9mqJKRbIk0d6mKDjpvPURaPdwHVK5CYbcdd0/4vBgz4ldz/7TIOse3kNERsByGNfld58KEco507AztJWyTQ==",
    ),
    Package(
        "d3-timer",
        "3.0.2",
        "sha512-1Il1aliroVSErrv5aulRBxAY+7+DnaoLIWGd1C6SsBTWDeobWiP/V69vwb8vT6abR1kKwaNe1196pmaQ1fK90A==",
    ),
    Package(
        "d3-force",
        "3.0.1",
        "sha512-kAaaHLFebBYwgi5cYBXAI8vKrQFMCD2MEswj2QuPKKbdU1wYLc8WXtS7O8F/b6POCIe3gJjY6hkDstHi1yMETQ==",
    ),
]
OXIGRAPH = Package(
    "oxigraph",
    "0.5.11",
    "sha512-zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N+RgwTL8qKXpLng==",
)
_LICENCE = "// oxigraph 0.5.11, https://github.com/oxigraph/oxigraph, MIT or Apache-2.0\n"


def main() -> None:
    scripts = [package.files(f"dist/{package.name}.min.js")[0] for package in D3]
    [licence] = D3[-1].files("LICENSE")
    glue, wasm = OXIGRAPH.files("web.js", "web_bg.wasm")
    write("d3-force.js", b"/*\n%s\n*/\n%s" % (licence.strip(), b"".join(scripts)))
    write("oxigraph.js", _classic(glue.decode("utf-8")).encode("utf-8"))
    write("oxigraph.wasm.gz", gzip.compress(wasm, mtime=0))


def _classic(module: str) -> str:
    """An ES module as a plain script that leaves one global, `oxigraph`; it can fetch nothing."""
    module = re.sub(r"^export (?=class|function)", "", module, flags=re.MULTILINE)
    module, cut, _ = module.partition("async function __wbg_init(")
    if not cut or "import.meta" in module or re.search(r"^(im|ex)port", module, re.MULTILINE):
        raise ValueError("oxigraph's script is not built as it was")
    return (
        f"{_LICENCE}const oxigraph = (() => {{\n{module}\nreturn {{ initSync, Store }};\n}})();\n"
    )


if __name__ == "__main__":
    main()
