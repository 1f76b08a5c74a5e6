"""期限の通知: told beside the clock, out of counts that were kept when a ledger was open; none is opened."""
