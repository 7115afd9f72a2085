"""The payer's edits, one module a topic. Their order stands in `app/payer/pipeline.py`."""
