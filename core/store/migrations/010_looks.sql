-- What a photo looks like, 64 bits: on the row of the copy it was taken of, where its bytes were here.
ALTER TABLE blob_use ADD COLUMN look INTEGER;
