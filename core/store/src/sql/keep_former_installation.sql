INSERT INTO former_installation (installation)
SELECT installation FROM session WHERE installation <> ?1
ON CONFLICT (installation) DO NOTHING
