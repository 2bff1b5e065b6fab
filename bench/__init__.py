"""What the house promises to be quick, measured as ratios in one run."""
