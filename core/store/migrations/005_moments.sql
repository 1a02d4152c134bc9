-- When a photo was kept, opaque here: what its record will say. On the row of its original alone.
ALTER TABLE blob_use ADD COLUMN moment BLOB;
