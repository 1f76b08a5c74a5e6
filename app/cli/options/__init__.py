"""What commands take, where the list of commands leaves it to them."""
