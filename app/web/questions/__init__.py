"""Questions: practice by domain, each answer explained."""
