type Fields = Readonly<Record<string, unknown>>;

const known = new Set('model messages max_tokens system stop_sequences stream temperature top_p top_k tools tool_choice metadata thinking output_config service_tier cache_control'.split(' '));
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** What the Messages API would answer 400 to, in words like its own; null when it would take the body. */
export function requestFault(body: Fields): string | null {
  for (const field of Object.keys(body)) if (!known.has(field)) return `${field}: Extra inputs are not permitted`;
  if (typeof body['model'] !== 'string') return 'model: Field required';
  if (!Number.isInteger(body['max_tokens']) || (body['max_tokens'] as number) < 1) return 'max_tokens: Input should be greater than or equal to 1';
  if (!Array.isArray(body['messages']) || body['messages'].length === 0) return 'messages: at least one message is required';
  const temperature = body['temperature'];
  if (temperature !== undefined && (typeof temperature !== 'number' || temperature < 0 || temperature > 1)) return 'temperature: range: 0..1';
  for (const stop of Array.isArray(body['stop_sequences']) ? body['stop_sequences'] : []) if (typeof stop !== 'string' || stop.trim() === '') return 'stop_sequences: each stop sequence must contain non-whitespace';
  if (body['tool_choice'] !== undefined && !Array.isArray(body['tools'])) return 'tool_choice: may only be specified while providing tools';
  for (const tool of list(body['tools'])) {
    if (typeof tool['name'] !== 'string' || !/^[\w-]{1,128}$/.test(tool['name'])) return "tools.0.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'";
    if (!isObject(tool['input_schema']) || tool['input_schema']['type'] !== 'object') return 'tools.0.input_schema.type: Field required';
  }
  return emptyText(list(body['system']), 'system') ?? turnFault(list(body['messages']));
}

const emptyText = (blocks: readonly Fields[], where: string): string | null =>
  blocks.some((block) => block['type'] === 'text' && (typeof block['text'] !== 'string' || block['text'] === '')) ? `${where}: text content blocks must be non-empty` : null;

function turnFault(turns: readonly Fields[]): string | null {
  let asked: readonly unknown[] = [];
  for (const [index, turn] of turns.entries()) {
    const { role } = turn;
    if (role !== 'user' && role !== 'assistant') return `messages.${index}.role: Input should be 'user' or 'assistant'`;
    const blocks = typeof turn['content'] === 'string' ? [{ type: 'text', text: turn['content'] }] : list(turn['content']);
    if (blocks.length === 0) return `messages.${index}: all messages must have non-empty content`;
    const empty = emptyText(blocks, `messages.${index}`);
    if (empty !== null) return empty;
    const results = blocks.filter((block) => block.type === 'tool_result').map((block) => (block as Fields)['tool_use_id']);
    const missing = asked.filter((id) => !results.includes(id));
    if (missing.length > 0) return `messages.${index - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing.join(', ')}`;
    if (results.some((id) => !asked.includes(id))) return `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks`;
    asked = blocks.filter((block) => block.type === 'tool_use').map((block) => (block as Fields)['id']);
  }
  const last = turns.at(-1);
  const text = last?.['role'] === 'assistant' ? list(last['content']).at(-1)?.['text'] : undefined;
  return typeof text === 'string' && text !== text.trimEnd() ? 'messages: final assistant content cannot end with trailing whitespace' : null;
}
