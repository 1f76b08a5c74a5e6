"""What stands where in a document, for readers that cannot see the page: structure elements and their marks."""
