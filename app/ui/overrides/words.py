"""The one name under which a contract's own numbers are set."""

TITLE = "この契約で定める"
