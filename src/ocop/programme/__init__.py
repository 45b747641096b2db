"""Local programmes: what a place has, what its programme promised, and how far it has come."""
