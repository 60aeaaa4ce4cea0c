SELECT id, target FROM sys_invocation_status WHERE target LIKE 'All/%' AND status != 'completed'

SELECT COUNT(1) AS inv_count
FROM sys_invocation_status
WHERE pinned_deployment_id = 'dp_1' AND status != 'completed'

SELECT target_service_name as service, target_handler_name as handler, COUNT(1) AS inv_count
FROM sys_invocation_status
WHERE pinned_deployment_id = 'dp_1' AND status != 'completed'
GROUP BY pinned_deployment_id, target_service_name, target_handler_name

SELECT target_service_name, target_handler_name, 'pending' as status, COUNT(1) as num_invocations,
  MIN(created_at) as oldest_at, FIRST_VALUE(id ORDER BY created_at ASC) as oldest_invocation
FROM sys_invocation_status
WHERE status == 'inboxed' AND target_service_name IN ('Counter','All')
GROUP BY target_service_name, target_handler_name

SELECT target_service_name, target_handler_name, status, COUNT(1) as num_invocations,
  MIN(created_at) as oldest_at, FIRST_VALUE(id ORDER BY created_at ASC) as oldest_invocation
FROM sys_invocation
WHERE target_service_name IN ('All')
GROUP BY target_service_name, target_handler_name, status
ORDER BY target_handler_name

SELECT service_name, service_key, COUNT(1) as num_pending
FROM sys_inbox
WHERE service_name IN ('Counter')
GROUP BY service_name, service_key
ORDER BY num_pending DESC

SELECT target_service_name as service_name, target_service_key as service_key, status as invocation_status,
  first_value(id) as invocation_holding_lock, first_value(target_handler_name) as invocation_method_holding_lock,
  first_value(created_at) as invocation_created_at, first_value(modified_at) as modified_at,
  first_value(pinned_deployment_id) as pinned_deployment_id, first_value(last_failure) as last_failure_message,
  first_value(next_retry_at) as next_retry_at, 0 as num_pending, sum(retry_count) as num_retries
FROM sys_invocation
WHERE status != 'pending' AND target_service_name IN ('Counter','All')
GROUP BY target_service_name, target_service_key, status

SELECT COUNT(1) FROM (SELECT * FROM sys_invocation inv LIMIT 50000)

SELECT COUNT(1) FROM (SELECT * FROM sys_invocation inv LIMIT 50000)
WHERE inv.target_service_name IN ('Counter') AND status IN ('running','pending')

SELECT COUNT(1) FROM (SELECT * FROM sys_invocation inv LIMIT 50000)
WHERE (inv.pinned_deployment_id IS NOT NULL AND inv.pinned_deployment_id NOT IN (select id from sys_deployment))
  AND status != 'completed'

SELECT COUNT(*) FROM information_schema.columns
WHERE table_name = 'sys_invocation' AND column_name IN ('idempotency_key')

WITH invocations as (SELECT inv.id, inv.target, idempotency_key, inv.status, inv.created_at,
    inv.pinned_deployment_id, inv.retry_count as num_retries
  FROM sys_invocation inv
  WHERE inv.target_service_name IN ('All')
  ORDER BY inv.created_at DESC, inv.id
  LIMIT 3)
SELECT inv.*, dp.id IS NOT NULL as pinned_deployment_exists
FROM sys_deployment dp
RIGHT JOIN invocations inv ON dp.id = inv.pinned_deployment_id
ORDER BY inv.created_at DESC, inv.id

SELECT id FROM sys_invocation inv
WHERE (inv.pinned_deployment_id IN ('dp_1') OR inv.last_attempt_deployment_id IN ('dp_1'))
  AND status = 'completed' AND inv.completion_result = 'failure'
ORDER BY inv.created_at ASC, inv.id
LIMIT 100

SELECT inv.id, inv.target, inv.target_service_ty, inv.idempotency_key, inv.status, inv.created_at,
  inv.modified_at as state_modified_at, inv.pinned_deployment_id, inv.retry_count as num_retries,
  inv.last_failure_related_entry_index as last_failure_entry_index, inv.trace_id,
  dp.id IS NOT NULL as pinned_deployment_exists
FROM sys_invocation inv
LEFT JOIN sys_deployment dp ON dp.id = inv.pinned_deployment_id
WHERE inv.target_service_name IN (select name from sys_service where ty = 'virtual_object')
  AND inv.id in ('inv_1','inv_2')
ORDER BY inv.created_at DESC, inv.id

SELECT sj.index, sj.entry_type, sj.completed, sj.invoked_id, sj.invoked_target, sj.sleep_wakeup_at, sj.name,
  sj.promise_name, sj.version, sj.entry_json, sj.appended_at
FROM sys_journal sj
WHERE sj.id = 'inv_1'
ORDER BY index DESC
LIMIT 100

SELECT service_name, service_key, key, value FROM state WHERE service_name = 'Counter' AND service_key = 'c1'

select key, value from state where service_name = 'Counter' and service_key = 'c1' ;

SELECT pattern, concurrency, description, disabled, version, last_modified FROM sys_rules ORDER BY pattern

SELECT sum(key_length + value_length) AS total_state_size FROM state

SELECT COUNT(*) AS num_keys, COALESCE(SUM(value_length), 0) AS total_size
FROM state WHERE service_name = 'Counter' AND service_key = 'c1'

SELECT to_unixtime(date_bin(INTERVAL '60 seconds', completed_at, TIMESTAMP '1970-01-01T00:00:00')) AS bucket,
  count(*) FILTER (WHERE completion_result = 'success') AS succeeded,
  count(*) FILTER (WHERE completion_result = 'failure') AS failed
FROM sys_invocation_status
WHERE status = 'completed' AND completed_at >= '2026-01-01T00:00:00.000Z' AND completed_at < '2026-01-02T00:00:00.000Z'
GROUP BY bucket

SELECT CASE WHEN completion_result = 'success' THEN 'succeeded' ELSE 'failed' END AS status, COUNT(1) AS count
FROM (SELECT completion_result FROM sys_invocation_status WHERE status = 'completed' LIMIT 1000) completed_invocations
GROUP BY CASE WHEN completion_result = 'success' THEN 'succeeded' ELSE 'failed' END

SELECT SUM(CASE WHEN status = 'inboxed' THEN 1 ELSE 0 END) AS inboxed
FROM sys_invocation_status
WHERE status IN ('inboxed', 'scheduled', 'invoked')

SELECT COUNT(1) AS running FROM sys_invocation_state WHERE in_flight

SELECT COUNT(*) AS position FROM sys_inbox WHERE service_key = 'c1' AND service_name = 'Counter' AND sequence_number < 7

SELECT i.id, j.entry_json
FROM sys_invocation i
LEFT JOIN sys_journal j ON i.id = j.id AND j.entry_type = 'Command: Output'
WHERE i.target_service_name = 'All'

SELECT event_json FROM sys_journal_events WHERE id = 'inv_1' AND event_type = 'TransientError' ORDER BY appended_at

select * from sys_invocation where to_timestamp(modified_at) <= now() - interval '1' hour

select * from sys_invocation JOIN state on sys_invocation.target_service_name = state.service_name
  and sys_invocation.target_service_key = state.service_key

SELECT "status" FROM sys_invocation WHERE "target_handler_name" LIKE '%ok%' AND target_service_key IS NULL
