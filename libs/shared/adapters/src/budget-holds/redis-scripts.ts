/**
 * Redis runs a script alone, from start to end: each is one atomic act. All keys carry one hash tag (KEYS[1]), so they share a slot.
 *
 *   <tag>:account:<id>   hash   kind, limitUsd, limitPico, spentUsd, spentPico, heldUsd, heldPico   (no limit: never configured)
 *   <tag>:hold:<id>      hash   owner, usd, pico (what is left), accounts (JSON), context, started (JSON), expires
 *   <tag>:expiry         sorted set of hold ids by expiry, in ms of the server's clock
 *   <tag>:settled:<key>  marks a settled key
 */
const shared = `
local tag = KEYS[1]
local PICO = 1000000000000
local function accountKey(id) return tag .. ':account:' .. id end
local function holdKey(id) return tag .. ':hold:' .. id end
local function text(n) return string.format('%.0f', n) end
local function num(s) return tonumber(s or '0') end
local function add(aUsd, aPico, bUsd, bPico)
  local usd, pico = aUsd + bUsd, aPico + bPico
  if pico >= PICO then return usd + 1, pico - PICO end
  return usd, pico
end
local function less(aUsd, aPico, bUsd, bPico) return aUsd < bUsd or (aUsd == bUsd and aPico < bPico) end
-- a - b, and zero where b is more
local function minus(aUsd, aPico, bUsd, bPico)
  if less(aUsd, aPico, bUsd, bPico) then return 0, 0 end
  local usd, pico = aUsd - bUsd, aPico - bPico
  if pico < 0 then return usd - 1, pico + PICO end
  return usd, pico
end
local function nowMs()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
-- Sets the amount aside in all accounts, or in none: then answers why.
local function reserve(accounts, usd, pico)
  local held = {}
  for i, id in ipairs(accounts) do
    local a = redis.call('HMGET', accountKey(id), 'kind', 'limitUsd', 'limitPico', 'spentUsd', 'spentPico', 'heldUsd', 'heldPico')
    if not a[2] then return { 'unknown-account', id } end
    local heldUsd, heldPico = add(num(a[6]), num(a[7]), usd, pico)
    local totalUsd, totalPico = add(num(a[4]), num(a[5]), heldUsd, heldPico)
    if a[1] == 'hard' and (usd > 0 or pico > 0) and less(num(a[2]), num(a[3]), totalUsd, totalPico) then
      return { 'exceeded', id, a[2], a[3], a[4], a[5], a[6], a[7] }
    end
    held[i] = { heldUsd, heldPico }
  end
  for i, id in ipairs(accounts) do redis.call('HSET', accountKey(id), 'heldUsd', text(held[i][1]), 'heldPico', text(held[i][2])) end
end
-- Adds to spent and takes from held.
local function charge(accounts, usd, pico, freedUsd, freedPico)
  for _, id in ipairs(accounts) do
    local a = redis.call('HMGET', accountKey(id), 'spentUsd', 'spentPico', 'heldUsd', 'heldPico')
    local spentUsd, spentPico = add(num(a[1]), num(a[2]), usd, pico)
    local heldUsd, heldPico = minus(num(a[3]), num(a[4]), freedUsd, freedPico)
    redis.call('HSET', accountKey(id), 'spentUsd', text(spentUsd), 'spentPico', text(spentPico), 'heldUsd', text(heldUsd), 'heldPico', text(heldPico))
  end
end
local function expireNotBefore(id, ttlMs)
  local before, expires = num(redis.call('HGET', holdKey(id), 'expires')), nowMs() + ttlMs
  if expires <= before then return end
  redis.call('HSET', holdKey(id), 'expires', text(expires))
  redis.call('ZADD', tag .. ':expiry', text(expires), id)
end
local function forgetHold(id)
  redis.call('DEL', holdKey(id))
  redis.call('ZREM', tag .. ':expiry', id)
end
`;

/** ARGV: id, kind, limitUsd, limitPico, spentUsd, spentPico, reseed. An account that only settlements made keeps the larger spend. */
const configure = `
local key = accountKey(ARGV[1])
local a = redis.call('HMGET', key, 'limitUsd', 'spentUsd', 'spentPico')
local given = not a[1] and not less(tonumber(ARGV[5]), tonumber(ARGV[6]), num(a[2]), num(a[3]))
if ARGV[7] == '1' or given then redis.call('HSET', key, 'spentUsd', ARGV[5], 'spentPico', ARGV[6]) end
redis.call('HSET', key, 'kind', ARGV[2], 'limitUsd', ARGV[3], 'limitPico', ARGV[4])
`;

/** ARGV: id, owner, usd, pico, accounts, context, ttlMs */
const hold = `
local key = holdKey(ARGV[1])
if redis.call('EXISTS', key) == 1 then return { 'ok' } end
local refusal = reserve(cjson.decode(ARGV[5]), tonumber(ARGV[3]), tonumber(ARGV[4]))
if refusal then return refusal end
local expires = text(nowMs() + tonumber(ARGV[7]))
redis.call('HSET', key, 'owner', ARGV[2], 'usd', ARGV[3], 'pico', ARGV[4], 'accounts', ARGV[5], 'context', ARGV[6], 'started', '[]', 'expires', expires)
redis.call('ZADD', tag .. ':expiry', expires, ARGV[1])
return { 'ok' }
`;

/** ARGV: id, attempt, ttlMs or nothing */
const start = `
local key = holdKey(ARGV[1])
local json = redis.call('HGET', key, 'started')
if not json then return 0 end
local started = cjson.decode(json)
for _, attempt in ipairs(started) do if attempt == tonumber(ARGV[2]) then json = nil end end
if json then
  started[#started + 1] = tonumber(ARGV[2])
  redis.call('HSET', key, 'started', cjson.encode(started))
end
if ARGV[3] then expireNotBefore(ARGV[1], tonumber(ARGV[3])) end
return 1
`;

/** ARGV: id, usd, pico, ttlMs */
const extend = `
local key = holdKey(ARGV[1])
local h = redis.call('HMGET', key, 'usd', 'pico', 'accounts')
if not h[1] then return { 'unknown-hold' } end
local refusal = reserve(cjson.decode(h[3]), tonumber(ARGV[2]), tonumber(ARGV[3]))
if refusal then return refusal end
local usd, pico = add(num(h[1]), num(h[2]), tonumber(ARGV[2]), tonumber(ARGV[3]))
redis.call('HSET', key, 'usd', text(usd), 'pico', text(pico))
expireNotBefore(ARGV[1], tonumber(ARGV[4]))
return { 'ok' }
`;

/** ARGV: id, usd, pico, final, key, accounts, ttlMs of the key */
const settle = `
if not redis.call('SET', tag .. ':settled:' .. ARGV[5], '1', 'NX', 'PX', ARGV[7]) then return 'duplicate' end
local usd, pico = tonumber(ARGV[2]), tonumber(ARGV[3])
local h = redis.call('HMGET', holdKey(ARGV[1]), 'usd', 'pico', 'accounts')
if not h[1] then
  charge(cjson.decode(ARGV[6]), usd, pico, 0, 0)
  return 'without-hold'
end
local accounts = cjson.decode(h[3])
local leftUsd, leftPico = num(h[1]), num(h[2])
if ARGV[4] == '1' then
  charge(accounts, usd, pico, leftUsd, leftPico)
  forgetHold(ARGV[1])
else
  local restUsd, restPico = minus(leftUsd, leftPico, usd, pico)
  charge(accounts, usd, pico, minus(leftUsd, leftPico, restUsd, restPico))
  redis.call('HSET', holdKey(ARGV[1]), 'usd', text(restUsd), 'pico', text(restPico))
end
return 'settled'
`;

/** ARGV: id */
const release = `
local h = redis.call('HMGET', holdKey(ARGV[1]), 'usd', 'pico', 'accounts', 'started')
if not h[1] then return 'unknown' end
if h[4] ~= '[]' then return 'started' end
charge(cjson.decode(h[3]), 0, 0, num(h[1]), num(h[2]))
forgetHold(ARGV[1])
return 'released'
`;

/** ARGV: limit. Answers id, owner, usd, pico, accounts, context, started, expires of each. */
const expired = `
local found = {}
for i, id in ipairs(redis.call('ZRANGEBYSCORE', tag .. ':expiry', '-inf', text(nowMs()), 'LIMIT', 0, ARGV[1])) do
  local h = redis.call('HMGET', holdKey(id), 'owner', 'usd', 'pico', 'accounts', 'context', 'started', 'expires')
  found[i] = { id, h[1], h[2], h[3], h[4], h[5], h[6], h[7] }
end
return found
`;

/** ARGV: id */
const forget = `
local a = redis.call('HMGET', accountKey(ARGV[1]), 'heldUsd', 'heldPico')
if num(a[1]) == 0 and num(a[2]) == 0 then redis.call('DEL', accountKey(ARGV[1])) end
`;

const scripts = { configure, hold, start, extend, settle, release, expired, forget };

export type HoldScript = keyof typeof scripts;

/** Script names carry a version, so that processes of two releases can share a Redis. */
export const holdScripts = Object.entries(scripts).map(([name, body]) => ({ command: commandName(name as HoldScript), lua: shared + body }));

export function commandName(script: HoldScript): string {
  return `budgetHolds1_${script}`;
}
