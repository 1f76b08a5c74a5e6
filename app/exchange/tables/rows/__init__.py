"""The rows below a head: which of them are records, and what each says."""
