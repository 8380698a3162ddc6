"""The scorers, one module a family of metrics; each knows spans, sets and labels, but no suite."""
