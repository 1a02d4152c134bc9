SELECT installation, person, server_url, server_public_key, epoch, token, device_key_handle
FROM session
WHERE id = 1
