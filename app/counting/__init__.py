"""Days, periods and closed days: every deadline with its arithmetic. Pure."""
