"""Commands on the text of an annex: read, brought in, held against the next year's, and what is learnt of it."""
