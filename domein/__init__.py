"""Het domein: de wet, het proces en de samenwerking, zonder techniek eromheen."""
