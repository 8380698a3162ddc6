"""The steps of `scripts/compile_gazetteer.py`."""
