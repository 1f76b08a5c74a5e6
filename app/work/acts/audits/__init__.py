"""Audits by the client: announced, held, what was handed over, findings and what came of them."""
