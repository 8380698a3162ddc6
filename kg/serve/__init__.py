"""The graph over HTTP: SPARQL endpoint, pages and JSON, read-only and for this machine.

Queries run in worker processes with a deadline and a memory limit, so that no query of anybody
stops the others. Nothing here writes to the output, and nothing reaches for the network.

`kg.serve.service` is the way in. It is not loaded here, because a worker must be up in no time.
"""
