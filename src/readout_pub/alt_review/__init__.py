"""Alternative texts of whole archives: finds all photos in context, and lets people review their texts."""
