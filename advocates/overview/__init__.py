"""The first screen of each role, and the page of one enrollment: screens that span features."""
