"""一覧表: contracts against kinds of duty."""
