"""Moving people to another cohort, and transferring them to another version of a curriculum or another curriculum."""
