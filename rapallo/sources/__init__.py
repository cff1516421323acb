"""Where rows of the record come from: one reader per source, the embedded starter record among them."""
