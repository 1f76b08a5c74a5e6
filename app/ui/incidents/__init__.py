"""事故対応: the desk of one accident."""
