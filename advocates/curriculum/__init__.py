"""What is taught: curricula, their versions and modules, and the rules of completion each version carries."""
