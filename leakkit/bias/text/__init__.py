"""Bias in text: words near groups, embeddings, who is mentioned, labels and answers."""
