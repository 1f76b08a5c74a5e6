"""Files in and out: imports, documents, sheets, calendars."""
