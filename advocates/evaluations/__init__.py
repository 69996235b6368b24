"""What people say of the training: asked, never forced, and anonymous."""
