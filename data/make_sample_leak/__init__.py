"""Make the invented leak `data/sample_leak` and the truth about it, from a seed.

Run from the top of the repository:

    python -m data.make_sample_leak --seed 20260 --out data/sample_leak

Nothing here is imported by leakkit. Only numpy, pandas and pyarrow are needed: safetensors, GGUF,
ONNX, torch zips, pickles, event files and archives are written byte by byte.
"""
