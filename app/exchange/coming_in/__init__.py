"""Records as objects come in: a plan, which writes nothing, then all of it or none of it."""
