"""Issuing beside other work: stopped in time or too late, and told though its page was left."""
