"""特記事項: the annexes that there are, and the editor of the user's own."""
