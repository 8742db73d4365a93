import type { QueueDefinition, QueueTable } from '@weighbridge/shared-contracts';

const suffixPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** `inference` and `local` -> `inference.local`. A RangeError tells of a suffix that is missing, not wanted, or has other signs than letters, digits, `.`, `_`, `-`. */
export function queueName(table: QueueTable, name: string, suffix: string | undefined): string {
  const definition = definitionOf(table, name);
  if (definition.suffixed !== true) {
    if (suffix !== undefined) throw new RangeError(`queue ${name} takes no suffix`);
    return name;
  }
  if (suffix === undefined || !suffixPattern.test(suffix)) throw new RangeError(`queue ${name} needs a suffix of letters, digits, ".", "_" or "-"`);
  return `${name}.${suffix}`;
}

export function definitionOf(table: QueueTable, name: string): QueueDefinition {
  const definition = table[name];
  if (!definition) throw new RangeError(`no queue is declared as ${name}`);
  return definition;
}
