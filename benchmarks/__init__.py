"""Where the speed and quality figures in the README come from: `python -m benchmarks.run`."""
