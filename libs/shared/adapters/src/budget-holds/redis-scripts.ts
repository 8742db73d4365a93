/**
 * Redis runs a script alone, from start to end: each is one atomic act. All keys carry one hash tag (KEYS[1]), so they share a slot.
 * The scripts of a request's path take many requests at once, one after the other in their order: an account that many of them concern is
 * read once and written once.
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
local time = redis.call('TIME')
local nowMs = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local accounts = {}
local function account(id)
  local a = accounts[id]
  if a then return a end
  local h = redis.call('HMGET', accountKey(id), 'kind', 'limitUsd', 'limitPico', 'spentUsd', 'spentPico', 'heldUsd', 'heldPico')
  a = { kind = h[1], limitUsd = h[2], limitPico = h[3], spentUsd = num(h[4]), spentPico = num(h[5]), heldUsd = num(h[6]), heldPico = num(h[7]) }
  accounts[id] = a
  return a
end
local function storeAccounts()
  for id, a in pairs(accounts) do
    if a.changed then redis.call('HSET', accountKey(id), 'spentUsd', text(a.spentUsd), 'spentPico', text(a.spentPico), 'heldUsd', text(a.heldUsd), 'heldPico', text(a.heldPico)) end
  end
end
-- Account ids from JSON; most requests of a batch concern the same ones.
local lists = {}
local function idsOf(json)
  lists[json] = lists[json] or cjson.decode(json)
  return lists[json]
end
-- Calls act with each request's size values; the answers, in their order.
local function each(size, act)
  local answers = {}
  for first = 1, #ARGV, size do answers[#answers + 1] = act(unpack(ARGV, first, first + size - 1)) end
  storeAccounts()
  return answers
end
-- Sets the amount aside in all accounts, or in none: then answers why.
local function reserve(ids, usd, pico)
  for _, id in ipairs(ids) do
    local a = account(id)
    if not a.limitUsd then return { 'unknown-account', id } end
    local heldUsd, heldPico = add(a.heldUsd, a.heldPico, usd, pico)
    local totalUsd, totalPico = add(a.spentUsd, a.spentPico, heldUsd, heldPico)
    if a.kind == 'hard' and (usd > 0 or pico > 0) and less(num(a.limitUsd), num(a.limitPico), totalUsd, totalPico) then
      return { 'exceeded', id, a.limitUsd, a.limitPico, text(a.spentUsd), text(a.spentPico), text(a.heldUsd), text(a.heldPico) }
    end
  end
  for _, id in ipairs(ids) do
    local a = account(id)
    a.heldUsd, a.heldPico = add(a.heldUsd, a.heldPico, usd, pico)
    a.changed = true
  end
end
-- Adds to spent and takes from held.
local function charge(ids, usd, pico, freedUsd, freedPico)
  for _, id in ipairs(ids) do
    local a = account(id)
    a.spentUsd, a.spentPico = add(a.spentUsd, a.spentPico, usd, pico)
    a.heldUsd, a.heldPico = minus(a.heldUsd, a.heldPico, freedUsd, freedPico)
    a.changed = true
  end
end
-- Moves the expiry of a hold to at least ttlMs from now.
local function expireNotBefore(id, expires, ttlMs)
  if nowMs + ttlMs <= num(expires) then return end
  redis.call('HSET', holdKey(id), 'expires', text(nowMs + ttlMs))
  redis.call('ZADD', tag .. ':expiry', text(nowMs + ttlMs), id)
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

/** Of each: id, owner, usd, pico, accounts, context, ttlMs */
const hold = `
return each(7, function(id, owner, usd, pico, accounts, context, ttlMs)
  local key = holdKey(id)
  if redis.call('EXISTS', key) == 1 then return { 'ok' } end
  local refusal = reserve(idsOf(accounts), tonumber(usd), tonumber(pico))
  if refusal then return refusal end
  local expires = text(nowMs + tonumber(ttlMs))
  redis.call('HSET', key, 'owner', owner, 'usd', usd, 'pico', pico, 'accounts', accounts, 'context', context, 'started', '[]', 'expires', expires)
  redis.call('ZADD', tag .. ':expiry', expires, id)
  return { 'ok' }
end)
`;

/** Of each: id, attempt, ttlMs or '' */
const start = `
return each(3, function(id, attempt, ttlMs)
  local h = redis.call('HMGET', holdKey(id), 'started', 'expires')
  if not h[1] then return 0 end
  local started = cjson.decode(h[1])
  local known = false
  for _, number in ipairs(started) do known = known or number == tonumber(attempt) end
  if not known then
    started[#started + 1] = tonumber(attempt)
    redis.call('HSET', holdKey(id), 'started', cjson.encode(started))
  end
  if ttlMs ~= '' then expireNotBefore(id, h[2], tonumber(ttlMs)) end
  return 1
end)
`;

/** Of each: id, usd, pico, ttlMs */
const extend = `
return each(4, function(id, moreUsd, morePico, ttlMs)
  local h = redis.call('HMGET', holdKey(id), 'usd', 'pico', 'accounts', 'expires')
  if not h[1] then return { 'unknown-hold' } end
  local refusal = reserve(idsOf(h[3]), tonumber(moreUsd), tonumber(morePico))
  if refusal then return refusal end
  local usd, pico = add(num(h[1]), num(h[2]), tonumber(moreUsd), tonumber(morePico))
  redis.call('HSET', holdKey(id), 'usd', text(usd), 'pico', text(pico))
  expireNotBefore(id, h[4], tonumber(ttlMs))
  return { 'ok' }
end)
`;

/** Of each: id, usd, pico, final, key, accounts, ttlMs of the key */
const settle = `
return each(7, function(id, actualUsd, actualPico, final, key, accounts, keyTtlMs)
  if not redis.call('SET', tag .. ':settled:' .. key, '1', 'NX', 'PX', keyTtlMs) then return 'duplicate' end
  local usd, pico = tonumber(actualUsd), tonumber(actualPico)
  local h = redis.call('HMGET', holdKey(id), 'usd', 'pico', 'accounts')
  if not h[1] then
    charge(idsOf(accounts), usd, pico, 0, 0)
    return 'without-hold'
  end
  local held = idsOf(h[3])
  local leftUsd, leftPico = num(h[1]), num(h[2])
  if final == '1' then
    charge(held, usd, pico, leftUsd, leftPico)
    forgetHold(id)
  else
    local restUsd, restPico = minus(leftUsd, leftPico, usd, pico)
    charge(held, usd, pico, minus(leftUsd, leftPico, restUsd, restPico))
    redis.call('HSET', holdKey(id), 'usd', text(restUsd), 'pico', text(restPico))
  end
  return 'settled'
end)
`;

/** Of each: id */
const release = `
return each(1, function(id)
  local h = redis.call('HMGET', holdKey(id), 'usd', 'pico', 'accounts', 'started')
  if not h[1] then return 'unknown' end
  if h[4] ~= '[]' then return 'started' end
  charge(idsOf(h[3]), 0, 0, num(h[1]), num(h[2]))
  forgetHold(id)
  return 'released'
end)
`;

/** ARGV: limit. Answers id, owner, usd, pico, accounts, context, started, expires of each. */
const expired = `
local found = {}
for i, id in ipairs(redis.call('ZRANGEBYSCORE', tag .. ':expiry', '-inf', text(nowMs), 'LIMIT', 0, ARGV[1])) do
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
  return `budgetHolds2_${script}`;
}
