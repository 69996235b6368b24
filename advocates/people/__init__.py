"""People, their accounts and roles, how they sign in, and the agencies that send them."""
