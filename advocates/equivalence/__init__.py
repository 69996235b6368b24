"""What was earned in one curriculum version as it counts in another, and who went on there by it."""
