"""Checking oneself in: codes in the room and a tablet at the door, as evidence for the register."""
