"""What the data says about groups: tables, words, embeddings, outputs."""
