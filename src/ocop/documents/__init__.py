"""Tagged JSON documents, in and out, and the schemas that describe them."""
