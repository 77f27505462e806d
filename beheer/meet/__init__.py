"""`regie meet`: metingen, elk als verhouding tot een basis uit dezelfde run."""
