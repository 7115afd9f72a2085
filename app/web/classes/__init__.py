"""Classes, for those who teach."""
