INSERT INTO session (id, installation, person, server_url, server_public_key, epoch, token, device_key_handle)
VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (id) DO UPDATE SET
  installation = excluded.installation,
  person = excluded.person,
  server_url = excluded.server_url,
  server_public_key = excluded.server_public_key,
  epoch = excluded.epoch,
  token = excluded.token,
  device_key_handle = excluded.device_key_handle
