"""What stands where in a document, for those who cannot see the page: structure elements and their marks."""
