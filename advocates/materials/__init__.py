"""Materials of modules: files and links, given to those who are enrolled, their trainers and administrators."""
