"""What people and their systems type, understood. Pure: no tables."""
