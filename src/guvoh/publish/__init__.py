"""Publications: made of what the release gate lets out, and of nothing else."""
