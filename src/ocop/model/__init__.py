"""The nouns of the programme: stars, levels, groups of products."""
