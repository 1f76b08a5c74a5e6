"""Commands on what clients prescribe."""
