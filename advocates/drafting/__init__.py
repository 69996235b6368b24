"""The editor of a curriculum's draft: its modules and their order, its rules, and a draft begun from nothing."""
