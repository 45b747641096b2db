"""From a score sheet to a star, and why."""
