"""Holding paper, PDFs and backups against the ledger."""
