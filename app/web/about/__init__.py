"""What the site says about its own world."""
