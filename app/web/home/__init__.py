"""Home: what is due, how it is going, what next."""
