"""Questions of a curriculum's tests, by module, in versions that never change."""
