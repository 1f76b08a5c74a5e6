"""The editor of any record, made from its declaration."""
