"""The whole ledger as one file of open formats, sealed with a passphrase or not, and a ledger made of it."""
