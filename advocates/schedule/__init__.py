"""When it is taught: training sessions, their agendas, and what of a curriculum version they cover."""
