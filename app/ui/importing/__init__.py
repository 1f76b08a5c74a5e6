"""取込み: a table becomes records, shown row by row before anything is written; and lists go out."""
