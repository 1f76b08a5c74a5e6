"""The course of one contract: what comes before its start, and what its year holds."""
