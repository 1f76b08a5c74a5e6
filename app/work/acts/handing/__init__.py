"""Things that go from hand to hand between the client and the vendor, many at once as one hand-over."""
