"""Speed drills: short charts against the clock."""
