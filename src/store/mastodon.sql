SELECT json_build_object(
  'account', row_to_json(me),
  'followers', (SELECT json_agg(json_build_object('uri', f.uri, 'account', row_to_json(a)))
                  FROM follows f JOIN accounts a ON a.id = f.account_id
                 WHERE f.target_account_id = me.id AND a.domain IS NOT NULL),
  'requests', (SELECT json_agg(json_build_object('uri', f.uri, 'account', row_to_json(a)))
                 FROM follow_requests f JOIN accounts a ON a.id = f.account_id
                WHERE f.target_account_id = me.id AND a.domain IS NOT NULL),
  'following', (SELECT json_agg(json_build_object('uri', f.uri, 'account', row_to_json(a)))
                  FROM follows f JOIN accounts a ON a.id = f.target_account_id
                 WHERE f.account_id = me.id AND a.domain IS NOT NULL),
  'blocks', (SELECT json_agg(json_build_object('account', row_to_json(a)))
               FROM blocks b JOIN accounts a ON a.id = b.target_account_id
              WHERE b.account_id = me.id AND a.domain IS NOT NULL),
  'blocked_by', (SELECT json_agg(json_build_object('account', row_to_json(a)))
                   FROM blocks b JOIN accounts a ON a.id = b.account_id
                  WHERE b.target_account_id = me.id AND a.domain IS NOT NULL),
  'mutes', (SELECT json_agg(json_build_object('account', row_to_json(a)))
              FROM mutes m JOIN accounts a ON a.id = m.target_account_id
             WHERE m.account_id = me.id AND a.domain IS NOT NULL),
  'domain_blocks', (SELECT json_agg(domain) FROM (
                      SELECT domain FROM account_domain_blocks WHERE account_id = me.id
                       UNION SELECT domain FROM domain_blocks WHERE severity = 1) d),
  'statuses', (SELECT json_agg(json_build_object('status', row_to_json(s), 'in_reply_to', p.uri,
                                 'pinned', EXISTS (SELECT 1 FROM status_pins WHERE status_id = s.id)) ORDER BY s.id)
                 FROM statuses s LEFT JOIN statuses p ON p.id = s.in_reply_to_id
                WHERE s.account_id = me.id AND s.reblog_of_id IS NULL AND s.deleted_at IS NULL)
) FROM accounts me WHERE me.domain IS NULL AND me.username = 'NAME';
