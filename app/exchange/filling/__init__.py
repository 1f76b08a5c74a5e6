"""The client's own form: a Word or Excel file with facts put where people pointed. Names only, no code."""
