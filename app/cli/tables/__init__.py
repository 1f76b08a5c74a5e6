"""Commands on tables: what comes in from Excel and CSV, and what goes out to them."""
