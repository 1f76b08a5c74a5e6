"""The pages made by hand: what is due, contracts, documents and the way from a form to paper."""
