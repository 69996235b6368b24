"""What it costs, side by side with a bare floor and as it grows."""
