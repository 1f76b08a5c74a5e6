"""Commands on the text of an annex: read, bring in, hold against the next year's, learn of it."""
