"""特記事項の読取り: a city's text comes in, each paragraph is looked at, and an own annex is made of it."""
