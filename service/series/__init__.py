"""Series and frames: one subject over periods, and over companies."""
