const lineAt = (text: string, index: number): number => {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
};

/** `config.json:12: hidden_size`, the way editors open it; without a line where the key stands at several places or none. */
export function placeOfJsonKey(fileName: string, text: string, key: string): string {
  const pattern = new RegExp(`"${escaped(key)}"\\s*:`, 'g');
  const first = pattern.exec(text);
  const line = first === null || pattern.exec(text) !== null ? null : lineAt(text, first.index);
  return `${fileName}${line === null ? '' : `:${line}`}: ${key}`;
}

/** The same for a top-level key of YAML; `firstLine` is the line of the file on which `text` begins. */
export function placeOfYamlKey(fileName: string, text: string, key: string, firstLine = 1): string {
  const found = new RegExp(`^["']?${escaped(key)}["']?\\s*:`, 'm').exec(text);
  return `${fileName}${found === null ? '' : `:${lineAt(text, found.index) + firstLine - 1}`}: ${key}`;
}

const escaped = (key: string): string => key.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
