"""Training of the reply encoder: from labelled threads to a versioned model folder."""
