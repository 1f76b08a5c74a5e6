"""What the client has to allow besides taking out: bringing in, copying, delegating."""
